//! `/admin/services`: what waits to be looked at, the longest first, and everything there is.

pub mod review;

use super::{enter, head};
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::provider::services::standing;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{
    Badge, Button, ButtonKind, EmptyState, LinkButton, Pager, Scene, Status as StatusMark, Tab, Table, Tabs, Tone,
};
use domain::catalog::Status;
use domain::catalog::listing::{AdminFilter, AdminRow, Chosen, admin_list, approve_all, named};
use domain::kernel::{Action, ServiceId, Zone};
use form_urlencoded::Serializer;
use jiff::Timestamp;
use leptos::prelude::*;

/// Where the list is.
const PATH: &str = "/admin/services";

/// `GET /admin/services?q=&state=&after=`; `state` is `all` or that of services, nothing for the queue.
///
/// # Errors
/// Not signed in; not found for those who may not see it.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReviewListings)? {
        return Ok(elsewhere);
    }
    let state = page.param("state").unwrap_or_default();
    let filter = AdminFilter {
        words: page.param("q").unwrap_or_default().trim().chars().take(80).collect(),
        status: Status::parse(&state),
        all: state == "all",
    };
    let found = admin_list(page.ctx(), page.actor(), &filter, page.param("after").as_deref()).await?;
    let here = address(&filter);
    let next = found.next.map(|cursor| format!("{here}&after={cursor}"));
    let previous = found.continued.then(|| here.clone());
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let list = match (found.items.is_empty(), queue(&filter)) {
        (true, _) => nothing(&filter).into_any(),
        (false, true) => waiting(&found.items, &zone, now).into_any(),
        (false, false) => everything(&found.items, &zone, now).into_any(),
    };
    let body = view! {
        <div class="page stack">
            <h1>"Services"</h1>
            <Tabs label="Which services" tabs=tabs(&filter)/>
            {search(&filter)}
            {list}
            <Pager previous=previous next=next/>
        </div>
    };
    Ok(page.show(head("Services"), Frame::Admin, body))
}

/// `POST /admin/services`: puts every service on show that was chosen (`which`: id and version of each).
///
/// # Errors
/// Not signed in; not found for those who may not.
pub async fn approve_many(page: PageRequest, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReviewListings)? {
        return Ok(elsewhere);
    }
    let chosen: Vec<Chosen> = form.all("which").into_iter().filter_map(parse).collect();
    let done = approve_all(page.ctx(), page.actor(), &chosen).await?;
    let said = match (chosen.len(), done) {
        (0, _) => "?said=none-chosen",
        (all, done) if done == all => "?said=listings-approved",
        _ => "?said=some-changed",
    };
    Ok(see_other(&format!("{PATH}{said}")))
}

/// What a reviewer saw, as a form sends it: `id.version`.
fn parse(which: &str) -> Option<Chosen> {
    let (service, version) = which.split_once('.')?;
    Some(Chosen { service: ServiceId(service.parse().ok()?), version: version.parse().ok()? })
}

const fn queue(filter: &AdminFilter) -> bool {
    filter.status.is_none() && !filter.all
}

fn address(filter: &AdminFilter) -> String {
    let mut query = Serializer::new(String::new());
    let state = if filter.all { "all" } else { filter.status.map(Status::name).unwrap_or_default() };
    query.append_pair("state", state);
    if !filter.words.is_empty() {
        query.append_pair("q", &filter.words);
    }
    format!("{PATH}?{}", query.finish())
}

fn tabs(filter: &AdminFilter) -> Vec<Tab> {
    let with = |status: Option<Status>, all: bool| AdminFilter { words: filter.words.clone(), status, all };
    let waiting = Tab::new("Waits for review", address(&with(None, false)), queue(filter));
    let all = Tab::new("All", address(&with(None, true)), filter.all);
    let one = |status: &Status| {
        Tab::new(standing(*status).1, address(&with(Some(*status), false)), filter.status == Some(*status))
    };
    // What waits for its first review stands in the queue.
    let states = Status::ALL.iter().filter(|status| **status != Status::Review).map(one);
    [waiting, all].into_iter().chain(states).collect()
}

fn search(filter: &AdminFilter) -> impl IntoView + use<> {
    let form = FormState::with([("q", filter.words.as_str())]);
    let state = if filter.all { "all" } else { filter.status.map(Status::name).unwrap_or_default() };
    view! {
        <search>
            <form class="find-row" method="get" action=PATH>
                <input type="hidden" name="state" value=state/>
                <Field form=&form name="q" label="Title or business" kind=FieldKind::Search maxlength=80/>
                <Button kind=ButtonKind::Secondary>"Search"</Button>
            </form>
        </search>
    }
}

/// The queue, with boxes to put many on show at once.
fn waiting(rows: &[AdminRow], zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let lines = rows.iter().map(|row| queued(row, zone, now)).collect::<Vec<_>>();
    view! {
        <form class="stack" method="post" action=PATH>
            <Table caption="Services that wait to be looked at" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"Service"</th>
                    <th scope="col">"Waits for"</th>
                    <th scope="col">"Business"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"Choose"</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </Table>
            <div class="row">
                <Button kind=ButtonKind::Secondary>"Put the chosen ones on show"</Button>
                <p class="muted text-sm">"Open what you do not know yet: what changed stands there side by side."</p>
            </div>
        </form>
    }
}

fn queued(row: &AdminRow, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}", row.slug);
    let (age, since) = row
        .waiting
        .map_or_else(Default::default, |(_, since)| (age(since, now), words::moment_within(zone, since, now)));
    let (tone, what) = if row.published { (Tone::Info, "Changes") } else { (Tone::Accent, "New") };
    let which = format!("{}.{}", row.id.0, row.version);
    let label = format!("Choose {}", named(&row.title));
    view! {
        <tr>
            <td><a href=href>{named(&row.title).to_owned()}</a></td>
            <td class="whitespace-nowrap"><span title=since>{age}</span></td>
            <td class="whole">{row.provider.clone()}</td>
            <td><Badge tone=tone>{what}</Badge></td>
            <td><label class="tick"><input type="checkbox" class="tick-box" name="which" value=which/><span class="sr-only">{label}</span></label></td>
        </tr>
    }
}

/// How long something waits: "3 hours", "2 days".
pub(super) fn age(since: Timestamp, now: Timestamp) -> String {
    let hours = now.duration_since(since).as_hours();
    match hours {
        ..=0 => "less than an hour".to_owned(),
        1 => "an hour".to_owned(),
        2..=47 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}

fn everything(rows: &[AdminRow], zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let lines = rows.iter().map(|row| line(row, zone, now)).collect::<Vec<_>>();
    view! {
        <Table caption="Services" quiet=true stacked=true>
            <thead><tr>
                <th scope="col">"Service"</th>
                <th scope="col">"State"</th>
                <th scope="col">"Business"</th>
                <th scope="col">"Since"</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </Table>
    }
}

fn line(row: &AdminRow, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}", row.slug);
    let (tone, text) = standing(row.status);
    let waits =
        (row.waiting.is_some() && row.published).then(|| view! { <Badge tone=Tone::Warning>"Changes wait"</Badge> });
    view! {
        <tr>
            <td><a href=href>{named(&row.title).to_owned()}</a></td>
            <td><span class="row"><StatusMark tone=tone text=text/>{waits}</span></td>
            <td>{row.provider.clone()}</td>
            <td class="whitespace-nowrap">{words::dated(zone, row.created_at, now)}</td>
        </tr>
    }
}

fn nothing(filter: &AdminFilter) -> impl IntoView + use<> {
    let (title, text) = match (queue(filter), filter.words.is_empty()) {
        (true, true) => ("Nothing waits", "Every service that was handed in has been looked at."),
        (true, false) => ("Nothing that waits has these words", "Try a part of the title or of the business's name."),
        (false, _) => ("No service found", "Try a part of the title or of the business's name, or another state."),
    };
    view! {
        <EmptyState scene=Scene::Shelf title=title text=text>
            <LinkButton href=format!("{PATH}?state=all") kind=ButtonKind::Secondary>"Show all services"</LinkButton>
        </EmptyState>
    }
}
