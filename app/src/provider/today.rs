//! `/provider`: how the business stands, the next visit, what waits for it, today and tomorrow. Three statements.

use super::words::{self, Clocks};
use super::work::{self, Acts, Work, WorkRow};
use super::{business, elsewhere, standing};
use crate::calendars::stale::warning;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{ButtonKind, Card, Glyph, Icon, IconSize, LinkButton, Rating, Stat, Status};
use domain::bookings::{self, Business, Portal, State, Task, Wait};
use domain::catalog::questions::in_one_line;
use domain::catalog::{self, COUNTS_FOR_DAYS, Unmet};
use domain::kernel::Zone;
use leptos::prelude::*;

/// What waits is all in the list of bookings; here are the most urgent.
const MOST_WAITING: usize = 6;

/// `GET /provider`.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let portal = bookings::portal(page.ctx(), page.actor(), provider).await?;
    let wanted = catalog::unmet_near(page.ctx(), page.actor(), provider).await?;
    let clocks = Clocks { zone: portal.business.zone.rules(), now: page.ctx().clock.now() };
    let elsewhere = page.zone().filter(|zone| **zone != portal.business.zone).is_some();
    let zone = elsewhere.then(|| portal.business.zone.clone());
    let head = Head { title: "Today".to_owned(), robots_noindex: true, ..Head::default() };
    let team = portal.business.members > 1 && page.actor().manages(provider);
    Ok(page.show(head, Frame::Provider, body(portal, &wanted, team, clocks, zone)))
}

/// `team`: the work of several people is shown, so each row says whose it is.
fn body(portal: Portal, wanted: &[Unmet], team: bool, clocks: Clocks, zone: Option<Zone>) -> AnyView {
    let heading = clocks.dated(portal.today);
    let name = portal.business.name.clone();
    let zone = zone.map(|zone| format!(" · times in {}", zone.place()));
    let stale = &portal.business.stale_calendars;
    // They wait for somebody like visits do, but are no bookings.
    let count = portal.waiting.len() + stale.len();
    let bookings = portal.waiting.len();
    let out_of_date = warning(stale, team);
    let urgent = portal.waiting.iter().take(MOST_WAITING);
    let urgent = urgent.map(|(wait, task)| waiting(*wait, task, team, &clocks)).collect::<Vec<_>>();
    let more = (bookings > MOST_WAITING)
        .then(|| view! { <p><a href="/provider/bookings">{format!("And {} more", bookings - MOST_WAITING)}</a></p> });
    view! {
        <div class="page stack">
            <header>
                <h1>{heading}</h1>
                <p class="muted">{name}{zone}</p>
            </header>
            {standing::notices(&portal.business, &clocks)}
            <div class="today">
                <div class="stack">
                    {portal.next.map(|task| next_visit(task, team, &clocks))}
                    <Card title="Waits for you" aside=move || (count > 0).then(|| view! { <span class="tab-count">{count}</span> })>
                        {if count == 0 {
                            view! { <p class="muted">"Nothing. Every request is answered and every visit is up to date."</p> }.into_any()
                        } else {
                            let list = (bookings > 0).then(|| view! { <ul class="works">{urgent}</ul> });
                            view! { {out_of_date}{list}{more} }.into_any()
                        }}
                    </Card>
                </div>
                <div class="stack">
                    {day("Today", "Nothing planned today.", &portal.of_today, team, &clocks)}
                    {day("Tomorrow", "Nothing planned tomorrow.", &portal.of_tomorrow, team, &clocks)}
                    {portal.business.facts.as_ref().and_then(standing::progress)}
                    {figures(&portal.business, &clocks)}
                    {unmet(wanted)}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// What people looked for and did not find: work that nobody offers yet.
fn unmet(wanted: &[Unmet]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = wanted
        .iter()
        .map(|one| {
            let place = if one.place.is_empty() { String::new() } else { format!(" near {}", one.place) };
            view! { <li>"“"{one.words.clone()}"”"{place}<span class="muted">{format!(" · {} people", one.people)}</span></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title="People looked for">
                <p class="muted">{format!("In the last {COUNTS_FOR_DAYS} days, near you or in your categories, and found nothing:")}</p>
                <ul class="mt-2">{rows}</ul>
            </Card>
        }
    })
}

/// The card one looks at while putting on the shoes.
fn next_visit(task: Task, team: bool, clocks: &Clocks) -> AnyView {
    let (tone, word) = words::state(task.state, task.kind);
    let under_way = task.state == State::Started;
    let label = if under_way { "Your visit now" } else { "Next visit" };
    let when = task.visit.map(|(from, to)| {
        let day = clocks.day(clocks.at(from).date());
        let soon = clocks.soon(from, to).filter(|_| !under_way).map(|soon| view! { <span class="next-soon">{soon}</span> });
        let span = clocks.span(from, to);
        view! { <p class="next-when"><span class="next-day">{day}</span>" "<time datetime=from.to_string()>{span}</time>" "{soon}</p> }
    });
    let route = work::route(&task);
    let address = route.clone().map(|(line, _)| {
        view! {
            <p class="next-line"><Glyph icon=Icon::MAP_PIN size=IconSize::Small/>{line}</p>
        }
    });
    let call = task.phone.map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <LinkButton href=format!("tel:{digits}") kind=ButtonKind::Secondary icon=Icon::PHONE>"Call"</LinkButton> }
    });
    let member = team.then(|| format!(" · with {}", task.member_name));
    let note = (!task.note.is_empty()).then(|| view! { <blockquote class="next-note">{task.note}</blockquote> });
    let asked = (!task.awaited.is_empty()).then(|| {
        let words = format!("Still to be answered by the customer: {}", in_one_line(&task.awaited));
        view! { <p class="next-line"><Glyph icon=Icon::CLOCK size=IconSize::Small/><span class="wrap-anywhere">{words}</span></p> }
    });
    let href = work::href(&task.reference);
    view! {
        <section class="card card-primary next" aria-labelledby="next-visit">
            <div class="card-head">
                <h2 class="next-label" id="next-visit">{label}</h2>
                <Status tone=tone text=word/>
            </div>
            {when}
            <p class="next-title">{task.title}</p>
            <p class="next-line"><Glyph icon=Icon::USER size=IconSize::Small/>{task.customer}{member}</p>
            {address}
            {asked}
            {note}
            <div class="row">
                <LinkButton href=href>"Open booking"</LinkButton>
                {route.map(|(_, map)| view! {
                    <LinkButton href=map kind=ButtonKind::Secondary icon=Icon::NAVIGATION>"Find the way"</LinkButton>
                })}
                {call}
            </div>
        </section>
    }
    .into_any()
}

fn waiting(wait: Wait, task: &Task, team: bool, clocks: &Clocks) -> AnyView {
    let until = task.clock_at.map(|at| clocks.moment(at));
    let clock = until.map(|until| match wait {
        Wait::Answer => format!("Answer by {until}, or the request ends"),
        Wait::Begin => format!("Start it by {until}, or it expires"),
        Wait::Answers => format!("It waits for the customer's answers, and expires {until} without them"),
        Wait::Finish => format!("Say it is done by {until}"),
        Wait::Person => work::unstaffed(&task.member_name, task.state, &until),
    });
    let work = Work { clock, total: Some(task.total), ..Work::of_task(task, team) };
    let (reference, title, awaited) = (task.reference.clone(), task.title.clone(), in_one_line(&task.awaited));
    view! {
        <WorkRow work=work clocks=clocks.clone() day=true>
            <Acts wait=wait reference=reference title=title awaited=awaited back="/provider".to_owned()/>
        </WorkRow>
    }
    .into_any()
}

fn day(title: &'static str, nothing: &'static str, tasks: &[Task], team: bool, clocks: &Clocks) -> AnyView {
    let rows = tasks
        .iter()
        .map(|task| view! { <WorkRow work=Work::of_task(task, team) clocks=clocks.clone()/> })
        .collect::<Vec<_>>();
    view! {
        <Card title=title class="works-narrow">
            {if rows.is_empty() {
                view! { <p class="muted">{nothing}</p> }.into_any()
            } else {
                view! { <ul class="works">{rows}</ul> }.into_any()
            }}
        </Card>
    }
    .into_any()
}

fn figures(business: &Business, clocks: &Clocks) -> AnyView {
    let coming = match business.coming {
        1 => "agreed visit".to_owned(),
        _ => "agreed visits".to_owned(),
    };
    let profile = format!("/providers/{}", business.slug);
    view! {
        <section aria-label="How it goes">
            <div class="stats stats-two">
                <Stat label="Next 7 days" value=business.coming.to_string() note=coming href=Some("/provider/calendar".to_owned())/>
                <Stat label="Completed" value=business.completed.to_string() note="bookings in all" href=Some("/provider/bookings?show=past".to_owned())/>
                {standing::finished(business, clocks)}
            </div>
            <p class="row mt-4 text-sm">
                <Rating average=business.rating.unwrap_or_default() count=business.rating_count/>
                <a href=profile>"Your page as customers see it"</a>
            </p>
        </section>
    }
    .into_any()
}
