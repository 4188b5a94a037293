//! `/provider/calendar/sources`: calendars kept elsewhere whose busy time is taken here.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{
    Badge, Breadcrumbs, Button, ButtonKind, Card, EmptyState, Glyph, Icon, Link, LinkButton, Notice, Scene, Tone,
};
use axum::http::StatusCode;
use domain::calendars::{
    Health, LONGEST_NAME, MOST_SOURCES, Source, Sources, add_source, reason_in_words, remove_source, sources,
};
use domain::kernel::{Error, FieldErrors, MemberId, ProviderId, Zone};
use jiff::Timestamp;
use leptos::prelude::*;

const PATH: &str = "/provider/calendar/sources";

fn business(page: &PageRequest) -> Result<ProviderId, Failure> {
    page.actor().signed_in()?;
    Ok(page.actor().provider().ok_or(Error::NotFound)?)
}

/// `GET /provider/calendar/sources`.
///
/// # Errors
/// Not signed in; not found for people who work nowhere.
pub async fn show(page: PageRequest) -> Answer {
    let provider = business(&page)?;
    answer(&page, provider, StatusCode::OK, &FormState::default()).await
}

/// `POST /provider/calendar/sources`: has a calendar read.
///
/// # Errors
/// Not signed in; not found for a calendar that is not the person's to keep.
pub async fn add(page: PageRequest, form: Form) -> Answer {
    let provider = business(&page)?;
    let known = sources(page.ctx(), page.actor(), provider).await?;
    // Who can only have their own is not asked whose.
    let only = if let [(only, _)] = known.members.as_slice() { Some(*only) } else { None };
    let member = form.parsed("member").map(MemberId).or(only);
    let typed = (form.text("name"), form.text("address"));
    match add_source(page.ctx(), page.actor(), member, typed).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=source-added"))),
        Err(Error::Conflict(words)) => {
            let state = form.state().complaining(FieldErrors::one("address", words));
            Ok(shown(&page, StatusCode::CONFLICT, &state, &known))
        }
        Err(error) => Ok(shown(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, &known)),
    }
}

/// `POST /provider/calendar/sources/remove`: has the calendar `source` read no more.
///
/// # Errors
/// Not signed in; no such source in a calendar of one's own.
pub async fn remove(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    let id = form.parsed("source").ok_or(Error::NotFound)?;
    remove_source(page.ctx(), page.actor(), id).await?;
    Ok(see_other(&format!("{PATH}?said=source-removed")))
}

async fn answer(page: &PageRequest, provider: ProviderId, status: StatusCode, state: &FormState) -> Answer {
    let known = sources(page.ctx(), page.actor(), provider).await?;
    Ok(shown(page, status, state, &known))
}

fn shown(page: &PageRequest, status: StatusCode, state: &FormState, known: &Sources) -> axum::response::Response {
    let now = page.ctx().clock.now();
    let several = known.members.len() > 1;
    let list = if known.sources.is_empty() {
        view! {
            <EmptyState scene=Scene::OneTime title="No other calendars yet"
                text="Does your day also live in Google, Apple or Outlook? Add its address below, and nobody books you while you are busy there.">
            </EmptyState>
        }
        .into_any()
    } else {
        let cards: Vec<_> = known.sources.iter().map(|source| card(source, several, &known.zone, now)).collect();
        view! { <ul class="stack">{cards}</ul> }.into_any()
    };
    let form = form(state, known);
    let trail = vec![Link::new("Calendar", "/provider/calendar")];
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Calendars elsewhere"/>
            <div>
                <h1>"Calendars elsewhere"</h1>
                <p class="lead">"Busy there, busy here. They are read every 15 minutes, 90 days ahead."</p>
            </div>
            {list}
            <Card title="Add a calendar">{form}</Card>
            <Notice tone=Tone::Plain title="Only busy times come over">
                <p>"No titles, no places, no people. Events that are shown as free or were cancelled do not count."</p>
            </Notice>
            <div><LinkButton href="/account/calendar" kind=ButtonKind::Quiet>"Show your visits in another calendar"</LinkButton></div>
        </div>
    };
    let head = Head { title: "Calendars elsewhere".to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, Frame::Provider, body)
}

fn form(state: &FormState, known: &Sources) -> impl IntoView + use<> {
    let members: Vec<Choice> =
        known.members.iter().map(|(id, name)| Choice::new(id.0.to_string(), name.clone())).collect();
    let who = (members.len() > 1).then(|| {
        view! {
            <Select form=state name="member" label="Whose time" options=members value=String::new()
                empty="Choose somebody".to_owned() required=true/>
        }
    });
    view! {
        <form class="form" method="post" action=PATH novalidate=true>
            <ErrorSummary form=state/>
            {who}
            <Field form=state name="name" label="Name" required=true maxlength=LONGEST_NAME as u32 autocomplete="off"
                hint="One you know it by, such as “Private” or “Football”."/>
            <Field form=state name="address" label="Address" kind=FieldKind::Url required=true maxlength=2000 autocomplete="off"
                hint="In Google: the calendar's settings, “Secret address in iCal format”. In Outlook and Apple: share or \
                    publish the calendar and copy the link."/>
            <div><Button>"Add this calendar"</Button></div>
            <p class="muted text-sm">
                {format!("Up to {MOST_SOURCES} for each person. The address is kept encrypted and shown to nobody.")}
            </p>
        </form>
    }
}

fn card(source: &Source, several: bool, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let (tone, word) = match source.health(now) {
        Health::Waiting => (Tone::Plain, "Is being read"),
        Health::Fine => (Tone::Success, "Up to date"),
        Health::Failing => (Tone::Warning, "Cannot be read"),
        Health::Stale => (Tone::Danger, "Out of date"),
    };
    let name = source.name.clone();
    let whose = if several { format!("{} · {}", source.member_name, source.host) } else { source.host.clone() };
    let read = source.read_at.map(|at| {
        let stretches =
            if source.busy == 1 { "one busy time".to_owned() } else { format!("{} busy times", source.busy) };
        format!("Last read {}: {stretches}", words::moment_within(zone, at, now))
    });
    let failing = source.failing.as_ref().map(|(since, reason)| {
        let still = if source.read_at.is_some() { " What it told before still keeps your time." } else { "" };
        let told = format!("{}{still}", reason_in_words(reason));
        view! {
            <Notice tone=tone title=format!("Cannot be read since {}", words::moment_within(zone, *since, now))><p>{told}</p></Notice>
        }
    });
    let unread = (source.unread > 0).then(|| {
        let words = if source.unread == 1 {
            "One event in it could not be understood and keeps no time.".to_owned()
        } else {
            format!("{} events in it could not be understood and keep no time.", source.unread)
        };
        view! { <p class="muted text-sm">{words}" Block their time yourself, if it matters."</p> }
    });
    let (id, conflicts) = (source.id.to_string(), conflicts(source, zone, now));
    view! {
        <li>
            <Card dense=true>
                <div class="stack">
                    <div>
                        <h2 class="row text-lg"><span class="wrap-anywhere">{name.clone()}</span><Badge tone=tone>{word}</Badge></h2>
                        <p class="muted wrap-anywhere">{whose}</p>
                        {read.map(|read| view! { <p class="muted text-sm">{read}</p> })}
                    </div>
                    {failing}
                    {conflicts}
                    {unread}
                    <details class="disclosure">
                        <summary><span>"Remove this calendar"</span><Glyph icon=Icon::CHEVRON_DOWN/></summary>
                        <div class="disclosure-body">
                            <form class="row" method="post" action=format!("{PATH}/remove")>
                                <input type="hidden" name="source" value=id/>
                                <p class="muted text-sm">"Its busy times are free again at once."</p>
                                <Button kind=ButtonKind::Danger>"Remove it"<span class="sr-only">{format!(": {name}")}</span></Button>
                            </form>
                        </div>
                    </details>
                </div>
            </Card>
        </li>
    }
}

/// Bookings that lie in busy time: they stand, and somebody has to look at them.
fn conflicts(source: &Source, zone: &Zone, now: Timestamp) -> Option<impl IntoView + use<>> {
    let ahead = source.conflicts.iter().filter(|range| range.end > now);
    let lines: Vec<_> =
        ahead.map(|range| view! { <li>{words::span(zone, (range.start, range.end), now)}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warning title="Busy there, booked here">
                <p>"These bookings stand. Move one of the two."</p>
                <ul class="list-disc ps-5">{lines}</ul>
            </Notice>
        }
    })
}
