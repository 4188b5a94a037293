//! How a business stands, on its first page: what keeps customers away, what its finished visits were worth, and the
//! step that would help most.

use super::words::Clocks;
use crate::ui::{Card, Glyph, Icon, LinkButton, Notice, ProgressBar, Stat, Tone};
use domain::bookings::Business;
use domain::catalog::completeness::{Completeness, Facts, Step, completeness};
use domain::onboarding::DocumentKind;
use leptos::prelude::*;

/// What customers see of it at present: suspended, hidden, away; and the document that ends soon.
pub(super) fn notices(business: &Business, clocks: &Clocks) -> impl IntoView + use<> {
    let suspended = business.suspended.clone().map(|reason| {
        let reason = (!reason.is_empty()).then(|| view! { <p class="whitespace-pre-line wrap-anywhere">{reason}</p> });
        view! {
            <Notice tone=Tone::Danger title="Your business is suspended">
                <p>"Your services are not shown, and nothing new can be booked. What is agreed already stays."</p>
                {reason}
            </Notice>
        }
    });
    let over = business.papers_over.then(|| {
        view! {
            <Notice tone=Tone::Warning title="A document is over">
                <p>"Your services are hidden until we have accepted a new one."</p>
                <p><a href="/provider/documents">"Show a new document"</a></p>
            </Notice>
        }
    });
    let ending = business.ending.as_ref().map(|(kind, day)| {
        let what = DocumentKind::parse(kind).map_or("A document", DocumentKind::title);
        let title = format!("{what}: good until {}", clocks.dated(*day));
        view! {
            <Notice tone=Tone::Warning title=title>
                <p>"Show a new one in time and nothing changes. Without it your services are hidden after that day."</p>
                <p><a href="/provider/documents">"Show a new document"</a></p>
            </Notice>
        }
    });
    let away = business.away.as_ref().map(|absence| {
        let back = clocks.dated(absence.back());
        let title = if absence.on(clocks.today()) {
            format!("You are away until {back}")
        } else {
            format!("You are away from {}, back on {back}", clocks.dated(absence.first))
        };
        view! {
            <Notice tone=Tone::Info title=title>
                <p>"Customers read this on your pages, and can book the days after. "<a href="/provider/availability#away">"Change it"</a></p>
            </Notice>
        }
    });
    view! { {suspended}{over}{ending}{away} }
}

/// What this month's finished visits were worth: prices, since no money goes through here yet.
pub(super) fn finished(business: &Business, clocks: &Clocks) -> impl IntoView + use<> {
    let month = clocks.today().strftime("%B").to_string();
    let value = match business.finished.as_slice() {
        [] => "–".to_owned(),
        several => several.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
    };
    let note = format!("booked prices of visits done in {month}; not what was paid");
    view! { <Stat label="Value of finished visits" value=value note=note/> }
}

/// How complete the business is, while it is not.
pub(super) fn progress(facts: &Facts) -> Option<AnyView> {
    let Completeness { percent, next, waits_for_us } = completeness(facts);
    if percent == 100 {
        return None;
    }
    let step = next.map(|step| {
        let (icon, title, why, act, href) = words(step, facts);
        view! {
            <p class="next-step"><Glyph icon=icon/><strong>{title}</strong></p>
            <p class="muted">{why}</p>
            <LinkButton href=href>{act}</LinkButton>
        }
    });
    let waits = waits_for_us
        .then(|| view! { <p class="muted">"Your first service is with us: we look at it within a working day."</p> });
    Some(
        view! {
            <Card title="Ready for customers">
                <div class="stack">
                    <ProgressBar label="How complete your business is" percent=percent/>
                    {waits}
                    {step}
                </div>
            </Card>
        }
        .into_any(),
    )
}

/// What a step is called, why it helps, and where it is done.
fn words(step: Step, facts: &Facts) -> (Icon, &'static str, &'static str, &'static str, String) {
    let at = |path: &str| path.to_owned();
    match step {
        Step::Hours => (
            Icon::CLOCK,
            "Say when you work",
            "Without hours nobody finds a free time.",
            "Set the hours",
            at("/provider/availability"),
        ),
        Step::Write => (
            Icon::PACKAGE,
            "Write your first service",
            "Customers book services: what you do, for how much, how long it takes.",
            "Write a service",
            at("/provider/services/new"),
        ),
        Step::Offer => (
            Icon::STORE,
            "Bring a service on offer",
            "None of yours can be booked now. Hand a draft in, or end a break.",
            "See your services",
            at("/provider/services"),
        ),
        Step::Staff => (
            Icon::USERS,
            "Say who does it",
            "A service on offer has nobody who does it, so it has no free times.",
            "See the team",
            at("/provider/team"),
        ),
        Step::Picture => {
            let slug = facts.without_picture.as_deref().unwrap_or_default();
            (
                Icon::CAMERA,
                "Show a picture",
                "People choose with their eyes: a service on offer has no picture yet.",
                "Add pictures",
                format!("/provider/services/{slug}/pictures"),
            )
        }
        Step::Skills => (
            Icon::STAR,
            "Say what you are good at",
            "Skills stand on the page of your business, beside the people who have them.",
            "Open the team",
            at("/provider/team"),
        ),
        Step::Holidays => (
            Icon::CALENDAR_DAYS,
            "Choose your public holidays",
            "Until you do, you can be booked on all of them.",
            "Choose holidays",
            at("/provider/availability#holidays"),
        ),
    }
}
