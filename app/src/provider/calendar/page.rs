//! The page around the calendar.

use super::asked::{Shown, View};
use super::{PATH, agenda, block, days, month};
use crate::calendars::stale::warning;
use crate::forms::FormState;
use crate::layout::{Frame, Head, PageScript};
use crate::request::PageRequest;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{Button, ButtonKind, CalendarWeek, Glyph, Icon, LinkButton, Notice, Tab, Tabs, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::{Team, civil};
use domain::bookings::CalendarEntry;
use jiff::civil::Date;
use leptos::prelude::*;

/// Everything the page shows.
pub(super) struct Loaded {
    pub shown: Shown,
    pub team: Team,
    pub entries: Vec<CalendarEntry>,
    /// The viewer's device is in another zone.
    pub elsewhere: bool,
    /// Names of calendars elsewhere that are out of date, and whose they are.
    pub stale: Vec<(String, String)>,
}

/// The page, with the form to block time in `state`.
pub(super) fn show(page: &PageRequest, status: StatusCode, state: &FormState, loaded: &Loaded) -> Response {
    let title = title(&loaded.shown);
    let columns = matches!(loaded.shown.asked.view, View::Day | View::Week);
    let script = columns.then_some(PageScript::Calendar);
    let head = Head { title: format!("Calendar, {title}"), robots_noindex: true, script, ..Head::default() };
    page.show_with(status, head, Frame::Provider, body(loaded, title, state))
}

/// "Friday 20 November 2026" or "16–22 November 2026".
fn title(shown: &Shown) -> String {
    let first = shown.first;
    let last = shown.dates().last().copied().unwrap_or(first);
    let end = last.strftime("%-d %B %Y");
    if shown.asked.view == View::Day {
        first.strftime("%A %-d %B %Y").to_string()
    } else if shown.asked.view == View::Month {
        first.strftime("%B %Y").to_string()
    } else if first.year() != last.year() {
        format!("{} – {end}", first.strftime("%-d %B %Y"))
    } else if first.month() != last.month() {
        format!("{} – {end}", first.strftime("%-d %B"))
    } else {
        format!("{}–{end}", first.strftime("%-d"))
    }
}

fn body(loaded: &Loaded, title: String, state: &FormState) -> AnyView {
    let Loaded { shown, team, entries, elsewhere, stale } = loaded;
    let columns = days::columns(shown, team, entries);
    let people = columns.len();
    let label = match shown.asked.view {
        View::Day | View::Month => title.clone(),
        View::Week => format!("Week of {title}"),
        View::Agenda => format!("What comes {title}"),
    };
    let heading = label.clone();
    let shown_days = match shown.asked.view {
        View::Month => month::view(shown, columns, label),
        View::Agenda => agenda::view(shown, columns),
        View::Day | View::Week => {
            let (first, last) = days::hours(&columns);
            view! { <CalendarWeek label=label days=columns from_hour=first to_hour=last/> }.into_any()
        }
    };
    let zone = elsewhere
        .then(|| view! { <p class="muted text-sm">{format!("All times are those of {}.", team.zone.place())}</p> });
    let crowd = (shown.asked.view == View::Day && people == days::MOST_PEOPLE && team.members.len() > days::MOST_PEOPLE)
        .then(|| view! { <p class="muted text-sm">"More people than fit beside each other. Choose one above to see their day."</p> });
    view! {
        <div class="page-wide stack">
            <header class="cal-head">
                <h1>{title}</h1>
                <div class="row">{turning(shown)}{jump(shown)}</div>
            </header>
            <div class="cal-ways">
                <div class="row">
                    {views(shown)}
                    <LinkButton href="#block-time" kind=ButtonKind::Quiet icon=Icon::LOCK>"Block time"</LinkButton>
                    <LinkButton href=why(shown) kind=ButtonKind::Quiet icon=Icon::INFO>"Why not free?"</LinkButton>
                    <LinkButton href="/provider/calendar/sources" kind=ButtonKind::Quiet>"Other calendars"</LinkButton>
                </div>
                {members(shown, team)}
            </div>
            {warning(stale, team.members.len() > 1)}
            {zone}
            {changing(shown)}
            <div class:cal-people=shown.asked.view == View::Day>
                <h2 class="sr-only">{heading}</h2>
                {shown_days}
            </div>
            {crowd}
            {legend(entries.iter().any(|entry| entry.travel > 0))}
            {dragging(shown)}
            {block::section(shown, team, entries, state)}
        </div>
    }
    .into_any()
}

fn turning(shown: &Shown) -> AnyView {
    let (before, after) = match shown.asked.view {
        View::Day => ("Previous day", "Next day"),
        View::Week => ("Previous week", "Next week"),
        View::Month => ("Previous month", "Next month"),
        View::Agenda => ("Four weeks before", "Four weeks later"),
    };
    let turn = |pages: i32, icon: Icon, words: &'static str| {
        shown
            .turned(pages)
            .map(|href| view! { <a class="btn btn-secondary btn-icon" href=href><Glyph icon=icon label=words/></a> })
    };
    view! {
        <nav class="row" aria-label="Turn the pages">
            {turn(-1, Icon::CHEVRON_LEFT, before)}
            <LinkButton href=shown.today() kind=ButtonKind::Secondary>"Today"</LinkButton>
            {turn(1, Icon::CHEVRON_RIGHT, after)}
        </nav>
    }
    .into_any()
}

/// Where a time of what is shown is explained.
fn why(shown: &Shown) -> String {
    let whose = shown.asked.member.map(|member| format!("&member={}", member.0)).unwrap_or_default();
    format!("{PATH}/why?day={}{whose}", shown.day_of_interest())
}

fn views(shown: &Shown) -> AnyView {
    let tab = |view: View, words| Tab::new(words, shown.viewed(view), shown.asked.view == view);
    let tabs =
        vec![tab(View::Day, "Day"), tab(View::Week, "Week"), tab(View::Month, "Month"), tab(View::Agenda, "Agenda")];
    view! { <Tabs label="How much to show" tabs=tabs/> }.into_any()
}

/// Whose calendar: one tap each.
fn members(shown: &Shown, team: &Team) -> Option<impl IntoView + use<>> {
    (team.members.len() > 1).then(|| {
        let everyone = (shown.of(None), "Everyone".to_owned(), shown.asked.member.is_none());
        let each = team.members.iter().filter(|m| m.active).map(|m| (shown.of(Some(m.id)), m.name.clone(), shown.asked.member == Some(m.id)));
        let chips = std::iter::once(everyone).chain(each);
        let chips = chips.map(|(href, name, here)| view! { <li><a class="chip" class:chip-on=here href=href aria-current=here.then_some("true")>{name}</a></li> });
        let chips = chips.collect::<Vec<_>>();
        view! { <nav aria-label="Whose calendar"><ul class="chips">{chips}</ul></nav> }
    })
}

/// Any day, without turning page by page.
fn jump(shown: &Shown) -> AnyView {
    let date = FormState::with([("date", shown.first.to_string())]);
    let whose = shown.asked.member.map(|member| member.0.to_string());
    view! {
        <form class="cal-jump" method="get" action=PATH>
            <input type="hidden" name="view" value=shown.asked.view.name()/>
            {whose.map(|whose| view! { <input type="hidden" name="member" value=whose/> })}
            <Field form=&date name="date" label="Go to a day" kind=FieldKind::Date hide_label=true/>
            <Button kind=ButtonKind::Secondary>"Go"</Button>
        </form>
    }
    .into_any()
}

/// A word about the day on which clocks change.
fn changing(shown: &Shown) -> Option<impl IntoView + use<>> {
    let zone = &shown.clocks.zone;
    let length = |date: Date| {
        let midnight = civil::instant(zone, date, 0)?;
        Some(civil::instant(zone, date, civil::DAY)?.duration_since(midnight).as_mins())
    };
    let (date, minutes) =
        shown.dates().into_iter().find_map(|date| Some((date, length(date)?)).filter(|(_, m)| *m != 1440))?;
    let way = if minutes < 1440 { "forward" } else { "back" };
    let words = format!("Clocks go {way} on {}. Visits keep their real length.", shown.clocks.dated(date));
    Some(view! { <Notice tone=Tone::Info><p>{words}</p></Notice> })
}

/// A word for those who can drag: the script shows it where it works.
fn dragging(shown: &Shown) -> Option<impl IntoView + use<>> {
    let words = "Drag a visit or a block to another time, or drag over free time to block it. You are asked before anything \
         happens; Escape lets go.";
    matches!(shown.asked.view, View::Day | View::Week)
        .then(|| view! { <p class="cal-hint muted text-sm" data-hint hidden>{words}</p> })
}

/// What the colours mean; each event says it too. `ways`: some are drawn.
fn legend(ways: bool) -> AnyView {
    let signs = [
        ("primary", "Confirmed"),
        ("info", "Under way"),
        ("success", "Done"),
        ("warning", "Not agreed yet"),
        ("plain", "Blocked"),
    ];
    let signs = signs.map(|(tone, words)| {
        view! { <li class=format!("cal-event cal-{tone} cal-sign")><span class="cal-face" aria-hidden="true"></span>{words}</li> }
    });
    let way = ways.then(|| {
        view! { <li class="cal-sign"><span class="cal-way-sign" aria-hidden="true"></span>"The way"</li> }
    });
    view! { <ul class="cal-legend" aria-label="What the colours mean">{Vec::from(signs)}{way}</ul> }.into_any()
}
