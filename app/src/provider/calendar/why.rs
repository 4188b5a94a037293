//! `/provider/calendar/why`: why a time can be booked or not, rule by rule.

use super::super::words::Clocks;
use super::super::{business, elsewhere};
use super::PATH;
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer as Page, PageRequest};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Breadcrumbs, Button, Card, Glyph, Icon, Link, Notice, Tone};
use axum::http::StatusCode;
use domain::availability::why::Verdict;
use domain::availability::{self, Answer, Questions, Slot, civil};
use domain::catalog::{Known, Way};
use domain::kernel::{FieldErrors, MemberId, ServiceId};
use jiff::civil::{Date, DateTime, Time};
use leptos::prelude::*;
use uuid::Uuid;

/// Open times that are named.
const NAMED: usize = 12;

/// What an address asks; nothing in it is trusted.
struct Wanted {
    member: Option<MemberId>,
    service: Option<ServiceId>,
    date: Option<Date>,
    time: Option<Time>,
    /// The customer's postal code and town; often nothing.
    place: [String; 2],
    /// Something was asked, so that what is missing is said.
    asked: bool,
}

impl Wanted {
    /// `at` is a local time such as `2026-11-03T09:30`; the form sends `day` and `time` instead.
    fn of(page: &PageRequest) -> Self {
        let id = |name| page.param(name).and_then(|text| text.parse::<Uuid>().ok());
        let at = page.param("at").and_then(|text| text.parse::<DateTime>().ok());
        let day = page.param("day").and_then(|text| text.parse().ok());
        let time = page.param("time").and_then(|text| text.parse().ok());
        Self {
            member: id("member").map(MemberId),
            service: id("service").map(ServiceId),
            date: at.map(DateTime::date).or(day),
            time: at.map(DateTime::time).or(time),
            place: ["postal_code", "city"].map(|field| page.param(field).unwrap_or_default().trim().to_owned()),
            asked: page.param("service").is_some(),
        }
    }
}

/// `GET /provider/calendar/why?member=&service=&at=` (or `day=&time=`).
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Page {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let wanted = Wanted::of(&page);
    let now = page.ctx().clock.now();
    let about = civil::date(&jiff::tz::TimeZone::UTC, now);
    // Years a calendar can hold with room for its windows.
    let date = wanted.date.filter(|date| (2000..=2200).contains(&date.year()));
    let questions = availability::questions(page.ctx(), page.actor(), provider, date.unwrap_or(about)).await?;
    let only = if let [only] = questions.team.members.as_slice() { Some(only.id) } else { None };
    let member = wanted.member.filter(|id| questions.team.members.iter().any(|member| member.id == *id)).or(only);
    let service = wanted.service.filter(|id| questions.services.iter().any(|service| service.id == *id));
    let mut wrong = FieldErrors::new();
    if wanted.asked {
        for (missing, field, words) in [
            (member.is_none(), "member", "Choose whose time it is."),
            (service.is_none(), "service", "Choose a service."),
            (date.is_none(), "day", "Choose a day."),
            (wanted.time.is_none(), "time", "Give the time like 14:30."),
        ] {
            if missing {
                wrong.add(field, words);
            }
        }
    }
    let minute =
        wanted.time.and_then(|time| u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok());
    let [code, city] = wanted.place.each_ref().map(String::as_str);
    let answer = match (member, service, date, minute) {
        (Some(member), Some(service), Some(date), Some(minute)) => {
            Some(availability::answer(page.ctx(), &questions, member, service, (date, minute), (code, city)).await?)
        }
        _ => None,
    };
    let clocks = Clocks { zone: questions.team.zone.rules(), now };
    let state = FormState::with([
        ("member", member.map(|id| id.0.to_string()).unwrap_or_default()),
        ("service", service.map(|id| id.0.to_string()).unwrap_or_default()),
        ("day", date.unwrap_or_else(|| clocks.today()).to_string()),
        ("time", wanted.time.unwrap_or_else(|| Time::constant(10, 0, 0, 0)).strftime("%H:%M").to_string()),
        ("postal_code", code.to_owned()),
        ("city", city.to_owned()),
    ]);
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let state = state.complaining(wrong);
    let told = answer.map(|answer| told(&answer, &clocks));
    let trail = vec![Link::new("Calendar", PATH)];
    let body = view! {
        <div class="page-reading stack">
            <Breadcrumbs trail=trail here="Why is this time not free?"/>
            <h1>"Why is this time not free?"</h1>
            {form(&questions, &state)}
            {told}
        </div>
    };
    let head = Head { title: "Why is this time not free?".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show_with(status, head, Frame::Provider, body))
}

fn form(questions: &Questions, state: &FormState) -> AnyView {
    if questions.services.is_empty() {
        return view! { <p class="muted">"There is no service that takes visits yet."</p> }.into_any();
    }
    let people = questions.team.members.iter().map(|member| Choice::new(member.id.0.to_string(), member.name.clone()));
    let people: Vec<Choice> = people.collect();
    let services = questions.services.iter().map(|service| {
        let title = if service.on_offer { service.title.clone() } else { format!("{} (not on offer)", service.title) };
        Choice::new(service.id.0.to_string(), title)
    });
    let services: Vec<Choice> = services.collect();
    let zone = format!("Of {}.", questions.team.zone.place());
    let place = questions.services.iter().any(|service| service.base.asks()).then(|| {
        view! {
            <p class="muted text-sm">"Where the customer is: for the way there, and for hours of single places. Without a place, somebody near is assumed."</p>
            <div class="form-pair">
                <Field form=state name="postal_code" label="Their postal code" optional=true maxlength=20/>
                <Field form=state name="city" label="Their town" optional=true maxlength=120/>
            </div>
        }
    });
    view! {
        <form class="form" method="get" action=format!("{PATH}/why") novalidate=true>
            <ErrorSummary form=state/>
            <div class="form-row">
                <Select form=state name="member" label="Whose time" options=people empty="Choose somebody" required=true/>
                <Select form=state name="service" label="For which service" options=services empty="Choose a service" required=true/>
            </div>
            <div class="form-pair">
                <Field form=state name="day" label="Day" kind=FieldKind::Date required=true/>
                <Field form=state name="time" label="Time" kind=FieldKind::Time hint=zone required=true/>
            </div>
            {place}
            <div><Button>"Explain"</Button></div>
        </form>
    }
    .into_any()
}

/// The answer: what stands in the way first, then every rule.
fn told(answer: &Answer, clocks: &Clocks) -> AnyView {
    let (passed, failed): (Vec<&Verdict>, Vec<&Verdict>) = answer.verdicts.iter().partition(|verdict| verdict.passed);
    let at = clocks.at(answer.at);
    let when = format!("{}, {}", clocks.dated(at.date()), at.strftime("%H:%M"));
    let (tone, title, words) = match failed.as_slice() {
        [] => (Tone::Success, format!("{when} is free"), "Nothing stands in the way: it can be booked now.".to_owned()),
        [only] => (Tone::Warning, format!("{when} is not free"), only.said.clone()),
        several => (Tone::Warning, format!("{when} is not free"), format!("{} rules stand in the way.", several.len())),
    };
    let rules = failed.into_iter().chain(passed).map(rule).collect::<Vec<_>>();
    let open = open(&answer.open, clocks);
    let way = assumed(answer.way).map(|words| view! { <p class="muted">{words}</p> });
    view! {
        <div class="stack" id="answer">
            <Notice tone=tone title=title live=true><p>{words}</p></Notice>
            {way}
            <Card title="Rule by rule"><ul class="why-rules">{rules}</ul></Card>
            {open}
        </div>
    }
    .into_any()
}

/// What was taken for granted about the way.
fn assumed(way: Way) -> Option<String> {
    let minutes = way.minutes;
    match way.known {
        Known::None | Known::Measured => None,
        Known::Edge => Some(format!(
            "That place is not known: a way from your main place to the edge of where you go is counted, {minutes} minutes."
        )),
        Known::Near if minutes == 0 => Some("No place was given: the hours of all your places count.".to_owned()),
        Known::Near => Some(format!("No place was given: the shortest way is counted, {minutes} minutes.")),
    }
}

fn rule(verdict: &Verdict) -> impl IntoView + use<> {
    let (icon, word) = if verdict.passed { (Icon::CHECK, "Kept") } else { (Icon::X, "Stands in the way") };
    view! {
        <li class="why-rule" class:why-failed=!verdict.passed>
            <Glyph icon=icon label=word/>
            <div>
                <strong>{verdict.rule.title()}</strong>
                <p class="text-sm">{verdict.said.clone()}</p>
            </div>
        </li>
    }
}

fn open(slots: &[Slot], clocks: &Clocks) -> AnyView {
    let named: Vec<String> =
        slots.iter().take(NAMED).map(|slot| clocks.at(slot.start).strftime("%H:%M").to_string()).collect();
    let more = slots.len().saturating_sub(NAMED);
    let words = match (named.as_slice(), more) {
        ([], _) => "No time of that day can be booked for this service.".to_owned(),
        (_, 0) => format!("That day these times can be booked: {}.", named.join(", ")),
        (_, more) => format!("That day these times can be booked: {} and {more} more.", named.join(", ")),
    };
    view! { <p class="muted">{words}</p> }.into_any()
}
