//! The page: the week, the dates that differ, and what holds for the whole business.

use super::super::places;
use super::super::words::Clocks;
use super::week::{DAYS, MAIN, Row, Typed, code, name, told};
use super::{Desk, PATH, dates, travel};
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Checkbox, Choice, ErrorSummary, Field, FieldKind, RadioGroup, Select, TextArea};
use crate::ui::{AskFirst, Button, ButtonKind, ButtonSize, Card, Glyph, Icon, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use domain::availability::{AwayNote, Dated, Keeping, Kept, holidays};
use domain::catalog::At;
use leptos::prelude::*;

/// Holidays named as an example.
const NEXT_HOLIDAYS: usize = 6;

/// The forms of the page as they were sent; by default as things are saved.
#[derive(Default)]
pub(super) struct Forms {
    pub week: Option<Typed>,
    /// Somebody else saved the week meanwhile.
    pub stale: bool,
    pub dates: FormState,
    pub away: FormState,
    pub holidays: FormState,
    pub travel: FormState,
    /// Complaints that belong to no field.
    pub other: FormState,
}

impl Forms {
    /// One part of the page as it was sent.
    pub fn part(part: &str, state: FormState) -> Self {
        match part {
            "dates" => Self { dates: state, ..Self::default() },
            "away" => Self { away: state, ..Self::default() },
            "holidays" => Self { holidays: state, ..Self::default() },
            "travel" => Self { travel: state, ..Self::default() },
            _ => Self { other: FormState::default().complaining(state.complaints()), ..Self::default() },
        }
    }
}

pub(super) fn show(page: &PageRequest, status: StatusCode, desk: &Desk, forms: Forms) -> Answer {
    let kept = desk.kept()?;
    let clocks = desk.clocks(page);
    let typed = forms.week.unwrap_or_else(|| Typed::of_kept(kept));
    let Keeping { zone, members, .. } = &desk.keeping;
    let several = members.len() > 1;
    let lead = if several {
        format!("When people can book {}. All times are those of {}.", kept.name, zone.place())
    } else {
        format!("When people can book you. All times are those of {}.", zone.place())
    };
    let chips = several.then(|| people(desk));
    let idle = (!kept.active).then(|| {
        let words = format!("{} cannot be booked at present, whatever the hours say.", kept.name);
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }
    });
    let stale = forms.stale.then(|| saved_meanwhile(desk, kept));
    let business = desk.manages.then(|| {
        view! {
            {places_part(&desk.keeping)}
            {away_part(desk, &clocks, &forms.away)}
            {holidays_part(desk, &clocks, &forms.holidays)}
            {travel::part(&desk.keeping.travel, &forms.travel)}
        }
    });
    let body = view! {
        <div class="page stack">
            <header class="stack">
                <h1>"Availability"</h1>
                <p class="lead">{lead}</p>
                {chips}
            </header>
            <ErrorSummary form=&forms.other/>
            {idle}
            {stale}
            {week_part(desk, &typed)}
            {dates_part(desk, kept, &clocks, &forms.dates)}
            {business}
        </div>
    };
    let head = Head { title: "Availability".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show_with(status, head, Frame::Provider, body))
}

/// Whose hours: one tap each.
fn people(desk: &Desk) -> AnyView {
    let chips = desk.keeping.members.iter().map(|kept| {
        let (href, here) = (format!("{PATH}?member={}", kept.id.0), kept.id == desk.member);
        view! { <li><a class="chip" class:chip-on=here href=href aria-current=here.then_some("true")>{kept.name.clone()}</a></li> }
    });
    let chips = chips.collect::<Vec<_>>();
    view! { <nav aria-label="Whose hours"><ul class="chips">{chips}</ul></nav> }.into_any()
}

fn saved_meanwhile(desk: &Desk, kept: &Kept) -> AnyView {
    let lines =
        told(kept, &named_places(&desk.keeping)).into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <Notice tone=Tone::Warning title="These hours were changed meanwhile" live=true>
            <p>"Nothing of yours is lost: it stands below, not saved yet. Saved now is:"</p>
            <ul class="hours-told">{lines}</ul>
            <p>"Saving below puts your hours in their place."</p>
        </Notice>
    }
    .into_any()
}

fn member_field(desk: &Desk) -> impl IntoView + use<> {
    view! { <input type="hidden" name="member" value=desk.member.0.to_string()/> }
}

fn week_part(desk: &Desk, typed: &Typed) -> AnyView {
    let state = typed.state();
    let places = named_places(&desk.keeping);
    let days = typed.days.iter().enumerate().map(|(day, rows)| day_rows(day, rows, &state, &places));
    let days = days.collect::<Vec<_>>();
    let from = DAYS.iter().enumerate().map(|(day, name)| Choice::new((day + 1).to_string(), *name)).collect();
    let fresh = FormState::default();
    let to = DAYS.iter().enumerate();
    let to = to.map(|(day, name)| view! { <Checkbox form=&fresh name=format!("copy-to-{}", day + 1) label=*name/> });
    let to = to.collect::<Vec<_>>();
    let inner = view! {
        <form class="form hours" id="week" method="post" action=format!("{PATH}#week") novalidate=true>
            // Enter in a field saves; otherwise it would press the first of the buttons for rows.
            <button type="submit" name="act" value="save" class="sr-only" tabindex="-1" aria-hidden="true">"Save"</button>
            <ErrorSummary form=&state/>
            {member_field(desk)}
            <input type="hidden" name="seen" value=typed.seen.clone()/>
            <div class="hours-days">{days}</div>
            <details class="disclosure" id="copy-day">
                <summary>"Copy a day to others"<Glyph icon=Icon::CHEVRON_DOWN/></summary>
                <div class="disclosure-body stack">
                    <Select form=&fresh name="copy-from" label="Copy the hours of" options=from value="1"/>
                    <fieldset class="hours-copy">
                        <legend class="field-label">"To"</legend>
                        {to}
                    </fieldset>
                    <div><Button kind=ButtonKind::Secondary name="act" value="copy">"Copy"</Button></div>
                </div>
            </details>
            <div class="form-pair">
                <Field form=&state name="a-day" label="Most visits a day" kind=FieldKind::Digits optional=true
                    hint="All services together."/>
                <Field form=&state name="a-week" label="Most visits a week" kind=FieldKind::Digits optional=true
                    hint="Monday to Sunday."/>
            </div>
            <div><Button name="act" value="save">"Save weekly hours"</Button></div>
        </form>
    };
    view! { <Card title="Weekly hours">{inner}</Card> }.into_any()
}

fn day_rows(day: usize, rows: &[Row], state: &FormState, places: &[(String, String)]) -> AnyView {
    let weekday = DAYS.get(day).copied().unwrap_or_default();
    let here = format!("{PATH}#day-{}", day + 1);
    let views = rows.iter().enumerate().map(|(row, typed)| {
        let (kind, word) = if typed.is_break { ("break", "Break") } else { ("open", "Open") };
        let field = |which: &str| name(day, row, which);
        let label = |end: &str| format!("{weekday}, {} {end}", word.to_lowercase());
        let act = format!("remove-{}-{row}", day + 1);
        let remove = format!("Remove this row of {weekday}");
        // With one place nothing is asked; hours that name one keep saying so.
        let asked = !typed.is_break && (places.len() > 1 || !typed.at.is_empty());
        let place = asked.then(|| {
            let options = places.iter().map(|(code, name)| Choice::new(code.clone(), name.clone())).collect();
            let label = format!("{weekday}, where");
            view! {
                <div class="hours-where">
                    <Select form=state name=field("at") label=label options=options empty="Everywhere" hide_label=true/>
                </div>
            }
        });
        view! {
            <div class="hours-row" class:hours-break=typed.is_break>
                <input type="hidden" name=field("kind") value=kind/>
                <span class="hours-kind">{word}</span>
                <Field form=state name=field("from") label=label("from") kind=FieldKind::Time hide_label=true/>
                <span class="hours-to" aria-hidden="true">"–"</span>
                <Field form=state name=field("to") label=label("to") kind=FieldKind::Time hide_label=true/>
                <button type="submit" class="btn btn-quiet btn-icon" name="act" value=act formaction=here.clone()>
                    <Glyph icon=Icon::X label=remove/>
                </button>
                {place}
            </div>
        }
    });
    let views = views.collect::<Vec<_>>();
    let closed = rows.is_empty().then(|| view! { <p class="hours-closed">"Closed"</p> });
    let add = |kind: &str, words: &'static str| {
        let act = format!("{kind}-{}", day + 1);
        view! {
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small name="act" value=act formaction=here.clone() icon=Icon::PLUS>
                {words}<span class="sr-only">{format!(" on {weekday}")}</span>
            </Button>
        }
    };
    let pause = (!rows.is_empty()).then(|| add("break", "Break"));
    view! {
        <fieldset class="hours-day" id=format!("day-{}", day + 1)>
            <legend>{weekday}</legend>
            <div class="hours-rows">{closed}{views}</div>
            <div class="hours-add">{add("open", "Hours")}{pause}</div>
        </fieldset>
    }
    .into_any()
}

/// Places by their code in the form, the main one first.
fn named_places(keeping: &Keeping) -> Vec<(String, String)> {
    let main = (MAIN.to_owned(), format!("{} (main place)", keeping.city));
    let own = keeping.places.iter().map(|place| (code(At::Own(place.id)), place.name.clone()));
    std::iter::once(main).chain(own).collect()
}

/// The way to further places.
fn places_part(keeping: &Keeping) -> AnyView {
    let names: Vec<&str> = keeping.places.iter().map(|place| place.name.as_str()).collect();
    let words = match names.as_slice() {
        [] => format!(
            "Your people start from {}. With further places, hours can say at which one somebody is.",
            keeping.city
        ),
        names => format!("{}, {}. Each row of the weekly hours can name one.", keeping.city, names.join(", ")),
    };
    let inner = view! {
        <p>{words}</p>
        <div><LinkButton href=places::PATH kind=ButtonKind::Secondary>"Places"</LinkButton></div>
    };
    view! { <Card title="Places">{inner}</Card> }.into_any()
}

fn dates_part(desk: &Desk, kept: &Kept, clocks: &Clocks, state: &FormState) -> AnyView {
    let list = kept.dated.iter().map(|dated| date_row(desk, clocks, dated)).collect::<Vec<_>>();
    let list = (!list.is_empty()).then(|| view! { <ul class="hours-list">{list}</ul> });
    let kinds = vec![Choice::new("closed", "Away"), Choice::new("open", "Work other hours than usual")];
    let inner = view! {
        <div class="stack" id="dates">
            {list}
            <form class="form" method="post" action=format!("{PATH}/dates#dates") novalidate=true>
                <ErrorSummary form=state/>
                {member_field(desk)}
                <div class="form-pair">
                    <Field form=state name="dates-first" label="Day" kind=FieldKind::Date required=true/>
                    <Field form=state name="dates-last" label="Last day" kind=FieldKind::Date optional=true/>
                </div>
                <RadioGroup form=state name="dates-kind" label="On these days" options=kinds value="closed"/>
                <div class="form-pair">
                    <Field form=state name="dates-from" label="From" kind=FieldKind::Time optional=true/>
                    <Field form=state name="dates-to" label="To" kind=FieldKind::Time optional=true/>
                </div>
                <p class="muted text-sm">"Away without times is away all day."</p>
                <div><Button kind=ButtonKind::Secondary>"Add"</Button></div>
            </form>
        </div>
    };
    view! { <Card title="Dates that differ">{inner}</Card> }.into_any()
}

/// "09:00–17:00" of minutes of the day.
fn span((from, to): (u16, u16)) -> String {
    format!("{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
}

fn date_row(desk: &Desk, clocks: &Clocks, dated: &Dated) -> AnyView {
    let date = clocks.dated(dated.said.date);
    let words = match (dated.said.open, dated.said.hours) {
        (true, Some(hours)) => format!("open {} instead", span(hours)),
        (false, Some(hours)) => format!("away {}", span(hours)),
        (_, None) => "away all day".to_owned(),
    };
    let asked = format!("{date}, {words}");
    let about = format!(": {asked}");
    let (member, id) = (member_field(desk), dated.id.to_string());
    view! {
        <li class="hours-said">
            <span><strong>{date}</strong>", "{words}</span>
            <AskFirst label="Take back" about=asked text="Your usual hours hold on this day again.">
                <form method="post" action=format!("{PATH}/dates/remove")>
                    {member}
                    <input type="hidden" name="date" value=id/>
                    <Button kind=ButtonKind::Danger size=ButtonSize::Small>"Take it back"<span class="sr-only">{about}</span></Button>
                </form>
            </AskFirst>
        </li>
    }
    .into_any()
}

fn away_part(desk: &Desk, clocks: &Clocks, state: &FormState) -> AnyView {
    let list = desk.keeping.away.iter().map(|away| away_row(clocks, away)).collect::<Vec<_>>();
    let list = (!list.is_empty()).then(|| view! { <ul class="hours-list">{list}</ul> });
    let inner = view! {
        <div class="stack" id="away">
            <p class="muted">"Nobody can be booked while the business is away. Customers who look for times read until when."</p>
            {list}
            <form class="form" method="post" action=format!("{PATH}/away#away") novalidate=true>
                <ErrorSummary form=state/>
                <div class="form-pair">
                    <Field form=state name="away-first" label="First day away" kind=FieldKind::Date required=true/>
                    <Field form=state name="away-back" label="Back on" kind=FieldKind::Date required=true/>
                </div>
                <TextArea form=state name="away-reason" label="A word for customers" optional=true rows=2
                    maxlength=dates::REASON as u32 hint="Everybody can read it."/>
                <div><Button kind=ButtonKind::Secondary>"Add"</Button></div>
            </form>
        </div>
    };
    view! { <Card title="The business is away">{inner}</Card> }.into_any()
}

fn away_row(clocks: &Clocks, away: &AwayNote) -> AnyView {
    let back = away.dates.last.tomorrow().unwrap_or(away.dates.last);
    let words = format!("{}, back on {}", clocks.dated(away.dates.first), clocks.dated(back));
    let reason = (!away.reason.is_empty())
        .then(|| view! { <span class="muted text-sm hours-reason">{away.reason.clone()}</span> });
    let (about, id) = (format!(": {words}"), away.id.to_string());
    view! {
        <li class="hours-said">
            <span>"Away from "{words.clone()}{reason}</span>
            <AskFirst label="Take back" about=words.clone() text="These days can be booked again.">
                <form method="post" action=format!("{PATH}/away/end")>
                    <input type="hidden" name="away" value=id/>
                    <Button kind=ButtonKind::Danger size=ButtonSize::Small>"Take it back"<span class="sr-only">{about}</span></Button>
                </form>
            </AskFirst>
        </li>
    }
    .into_any()
}

fn holidays_part(desk: &Desk, clocks: &Clocks, state: &FormState) -> AnyView {
    let Keeping { holidays: region, country, .. } = &desk.keeping;
    // The business's own country first, the others after it.
    let mut regions: Vec<&(&str, &str)> = holidays::regions().iter().collect();
    regions.sort_by_key(|(code, _)| !code.starts_with(country.as_str()));
    let options = regions.into_iter().map(|(code, name)| Choice::new(*code, *name)).collect();
    let today = clocks.today();
    let next = region.as_deref().map(holidays::of).unwrap_or_default();
    let next = next.into_iter().filter(|day| day.date >= today).take(NEXT_HOLIDAYS);
    let next = next
        .map(|day| view! { <li>{clocks.dated(day.date)}<span class="muted">{format!(" · {}", day.name)}</span></li> });
    let next = next.collect::<Vec<_>>();
    let next = (!next.is_empty())
        .then(|| view! { <p class="field-label">"The next ones"</p><ul class="hours-told">{next}</ul> });
    let seen = region.clone().unwrap_or_default();
    let inner = view! {
        <form class="form" id="holidays" method="post" action=format!("{PATH}/holidays#holidays") novalidate=true>
            <ErrorSummary form=state/>
            <input type="hidden" name="seen" value=seen.clone()/>
            <Select form=state name="holidays" label="Closed on the holidays of" options=options value=seen
                empty="None, we work on holidays"
                hint="Somebody who works on one of them says so under dates that differ."/>
            {next}
            <div class="row">
                <Button kind=ButtonKind::Secondary>"Save holidays"</Button>
                <LinkButton href="/provider/calendar" kind=ButtonKind::Quiet>"See the calendar"</LinkButton>
            </div>
        </form>
    };
    view! { <Card title="Public holidays">{inner}</Card> }.into_any()
}
