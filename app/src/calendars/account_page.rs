//! `/account/calendar`: the secret addresses of one's feeds, and how to use them.

use crate::bookings::words;
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{AskFirst, Badge, Button, ButtonKind, Card, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use domain::calendars::{Feed, FeedKind, NewFeed, feeds, make_feed, revoke_feed};
use domain::kernel::{Error, Zone};
use leptos::prelude::*;

const PATH: &str = "/account/calendar";

/// How the usual calendars subscribe to an address.
const WAYS: &[(&str, &str)] = &[
    (
        "Google Calendar",
        "On a computer, beside “Other calendars” press +, then “From URL”, and paste the address. Google looks for news a few times a day.",
    ),
    ("Apple Calendar on a Mac", "File → New Calendar Subscription. Paste the address and let it refresh every hour."),
    (
        "iPhone and iPad",
        "Settings → Apps → Calendar → Calendar Accounts → Add Account → Other → Add Subscribed Calendar.",
    ),
    ("Outlook", "Add calendar → Subscribe from web. Paste the address and give it a name."),
    ("Thunderbird", "File → New → Calendar → On the Network. Paste the address; no user name is needed."),
];

/// `GET /account/calendar`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    answer(&page, None).await
}

/// `POST /account/calendar`: `do` is `make` or `revoke`, for the feed `kind`. A new address is in this answer and
/// nowhere else.
///
/// # Errors
/// Not signed in; not found for a feed one cannot have.
pub async fn change(page: PageRequest, form: Form) -> Answer {
    page.actor().in_person()?;
    let kind = FeedKind::parse(form.text("kind")).ok_or(Error::NotFound)?;
    match form.text("do") {
        "make" => {
            let made = make_feed(page.ctx(), page.actor(), kind).await?;
            answer(&page, Some(made)).await
        }
        "revoke" => {
            revoke_feed(page.ctx(), page.actor(), kind).await?;
            Ok(see_other(&format!("{PATH}?said=feed-revoked")))
        }
        _ => Err(Error::NotFound.into()),
    }
}

async fn answer(page: &PageRequest, made: Option<NewFeed>) -> Answer {
    let known = feeds(page.ctx(), page.actor()).await?;
    let works = !page.actor().memberships.is_empty();
    let kinds = [FeedKind::Work, FeedKind::Bookings].into_iter().filter(|kind| works || *kind == FeedKind::Bookings);
    let cards: Vec<_> = kinds.map(|kind| card(page, kind, known.iter().find(|feed| feed.kind == kind))).collect();
    let ways: Vec<_> = WAYS
        .iter()
        .map(|(name, way)| view! { <div><dt class="font-semibold">{*name}</dt><dd class="muted">{*way}</dd></div> })
        .collect();
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Your calendar elsewhere"</h1>
                <p class="lead">"Subscribe once, and your visits appear in the calendar you use, with every change."</p>
            </div>
            {made.map(|made| new_address(&made))}
            {cards}
            <Card title="How to add it"><dl class="stack">{ways}</dl></Card>
            <Notice tone=Tone::Plain title="Who has the address reads the calendar">
                <p>"Keep it like a password. Given it to somebody by mistake? Renew it: the old address works no more."</p>
            </Notice>
        </div>
    };
    let head = Head { title: "Your calendar elsewhere".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show_with(StatusCode::OK, head, Frame::Account, body))
}

/// The address is shown here and never again: it is not in the session, not in the database.
fn new_address(made: &NewFeed) -> impl IntoView + use<> {
    let (address, about) = (made.address.clone(), title(made.kind));
    let subscribe = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
    view! {
        <Card title="Your new address">
            <div class="stack">
                <p>{about}</p>
                <p><code class="break-all" id="feed-address">{address}</code></p>
                {subscribe.map(|href| view! { <div><LinkButton href=href>"Open in this device's calendar"</LinkButton></div> })}
            </div>
        </Card>
        <Notice tone=Tone::Warning title="It is shown only now">
            <p>"Copy it into your calendar before you leave this page. Lost it? Renew it, and you get another one."</p>
        </Notice>
    }
}

const fn title(kind: FeedKind) -> &'static str {
    match kind {
        FeedKind::Bookings => "What you booked",
        FeedKind::Work => "Your work",
    }
}

fn card(page: &PageRequest, kind: FeedKind, feed: Option<&Feed>) -> impl IntoView + use<> {
    let what = match kind {
        FeedKind::Bookings => "Visits you booked, with who comes, when and where.",
        FeedKind::Work => {
            "Visits you do, with the customer's name and address once they are agreed, and time you block. \
            Phone numbers and notes stay here."
        }
    };
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let state = feed.map(|feed| words::moment_within(&zone, feed.made, page.ctx().clock.now()));
    let badge = if feed.is_some() {
        view! { <Badge tone=Tone::Success>"On"</Badge> }
    } else {
        view! { <Badge tone=Tone::Plain>"Off"</Badge> }
    };
    let make = if feed.is_some() { "Renew the address" } else { "Make an address" };
    let name = title(kind);
    let act = move |what: &'static str, style, words: &'static str| {
        view! {
            <form method="post" action=PATH>
                <input type="hidden" name="kind" value=kind.name()/>
                <input type="hidden" name="do" value=what/>
                <Button kind=style>{words}<span class="sr-only">{format!(": {name}")}</span></Button>
            </form>
        }
    };
    let style = if feed.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let renew = act("make", style, make);
    let revoke = feed.map(|_| {
        let form = act("revoke", ButtonKind::Danger, "Revoke it");
        view! { <AskFirst label="Revoke" about=name text="Calendars that read the address get nothing more from it.">{form}</AskFirst> }
    });
    view! {
        <Card>
            <div class="stack">
                <div>
                    <h2 class="row text-lg">{name}{badge}</h2>
                    <p class="muted">{what}</p>
                    {state.map(|made| view! { <p class="muted text-sm">{format!("Address made {made}")}</p> })}
                </div>
                <div class="row">
                    {renew}
                    {revoke}
                </div>
            </div>
        </Card>
    }
}
