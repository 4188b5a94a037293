//! The form of a service: what it is, how it is done, what it costs, when, and by whom. What is on show stands beside it.

use super::form_category;
use super::form_prices::{extras, prices};
use super::form_questions::questions;
use super::form_surcharges::surcharges;
use super::start::options;
use super::{PATH, standing, working, writing};
use crate::bookings::words;
use crate::catalog::cards::picture;
use crate::forms::FormState;
use crate::layout::Frame;
use crate::request::PageRequest;
use crate::ui::fields::{CheckCards, Choice, ChoiceCard, ErrorSummary, Field, FieldKind, RadioCards, Select, TextArea};
use crate::ui::{Badge, Breadcrumbs, Button, ButtonKind, Card, Icon, Link, LinkButton, Notice, Picture, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::listing::{Edited, Listing, RevisionState, named};
use domain::catalog::{BookingMode, CancellationPolicy, Kind, Place, Shelves, Status};
use domain::kernel::ServiceId;
use leptos::prelude::*;

/// What the page is made of.
pub(super) struct Editor<'e> {
    pub service: &'e Edited,
    pub shelves: &'e Shelves,
    pub state: &'e FormState,
}

/// The page with the form in this state.
pub(super) fn page(page: &PageRequest, status: StatusCode, editor: &Editor<'_>) -> Response {
    page_with(page, status, editor, None)
}

/// The same with something above the form: what was saved meanwhile.
pub(super) fn page_with(
    page: &PageRequest,
    status: StatusCode,
    editor: &Editor<'_>,
    above: Option<AnyView>,
) -> Response {
    let (service, state) = (editor.service, editor.state);
    let listing = service.listing();
    let title = named(&listing.title).to_owned();
    let (tone, words) = standing(service.status);
    let working =
        working(service.status, service.state()).map(|(tone, words)| view! { <Badge tone=tone>{words}</Badge> });
    let kind = Kind::parse(state.value("kind")).unwrap_or(listing.kind);
    let action = format!("{PATH}/{}", service.slug);
    let visit = kind == Kind::Visit;
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=vec![Link::new("Services", PATH)] here=title.clone()/>
            <div>
                <h1>{title.clone()}</h1>
                <p class="row"><Badge tone=tone>{words}</Badge>{working}</p>
            </div>
            {told(service)}
            {above}
            <form class="with-side" id="listing" method="post" action=action novalidate=true>
                <div class="stack">
                    <ErrorSummary form=state/>
                    // The first button is the one that the enter key presses.
                    <button class="sr-only" name="act" value="save" tabindex="-1" aria-hidden="true">"Save"</button>
                    <input type="hidden" name="version" value=service.version.to_string()/>
                    {what(state, service, editor.shelves)}
                    {pictures(listing)}
                    {how(state, kind)}
                    {prices(state, listing, kind)}
                    {extras(state, listing, kind)}
                    {visit.then(|| surcharges(state))}
                    {questions(state)}
                    {booking(state)}
                    {visit.then(|| times(state))}
                    {who(state, service)}
                </div>
                {aside(service)}
            </form>
            {below(service, page.ctx().id())}
        </div>
    };
    page.show_with(status, writing(title), Frame::Provider, body)
}

/// Where the text stands, in words.
fn told(service: &Edited) -> Option<impl IntoView + use<>> {
    let (tone, title, text) = match (service.status, service.open.as_ref()) {
        (_, Some((revision, _))) if revision.state == RevisionState::Declined => {
            (Tone::Warning, "We sent this back", revision.note.clone())
        }
        (Status::Review, _) => (
            Tone::Info,
            "We are looking at it",
            "You hear from us by mail. You can still change it; then hand it in again.".to_owned(),
        ),
        (_, Some((revision, _))) if revision.state == RevisionState::Submitted => (
            Tone::Info,
            "We are looking at your changes",
            "Until then customers see what they saw before. You can still change it; then hand it in again.".to_owned(),
        ),
        (Status::Archived, _) => {
            (Tone::Info, "In the archive", "Customers cannot find it. Its bookings and reviews are kept.".to_owned())
        }
        _ => return None,
    };
    Some(view! { <Notice tone=tone title=title><p class="whitespace-pre-line">{text}</p></Notice> })
}

fn what(state: &FormState, service: &Edited, shelves: &Shelves) -> impl IntoView + use<> {
    let standing = form_category::standing(state, service);
    let details = form_category::details(state, standing, shelves);
    let categories = options(shelves, &[service.listing().category, service.live.category]);
    let inner = view! {
            <div class="form">
                <Field form=state name="title" label="Title" required=true maxlength=120/>
                <TextArea form=state name="summary" label="In a sentence or two" required=true rows=2 maxlength=300
                    hint="Stands under the title and in lists."/>
                <TextArea form=state name="description" label="Description" required=true rows=10 maxlength=10_000
                    hint="An empty line begins a paragraph. Markdown works: **important**, - a list, ## a heading."/>
                <Select form=state name="category" label="Category" options=categories required=true/>
                {details}
                <TextArea form=state name="includes" label="What is included" optional=true rows=4
                    hint="One thing a line: “Parts up to €20”."/>
            </div>
    };
    view! { <Card title="What it is">{inner}</Card> }
}

fn pictures(listing: &Listing) -> impl IntoView + use<> {
    let shown = listing
        .pictures
        .iter()
        .map(|one| view! { <li><Picture picture=picture(Some(one), true) sizes="9rem"/></li> })
        .collect::<Vec<_>>();
    let inner = if shown.is_empty() {
        view! { <p class="muted">"No picture yet. People look at pictures first."</p> }.into_any()
    } else {
        view! { <ul class="shots">{shown}</ul> }.into_any()
    };
    view! {
        <Card title="Pictures">
            <div class="stack">
                {inner}
                <div><Button kind=ButtonKind::Secondary name="act" value="pictures" icon=Icon::IMAGE>"Save and choose pictures"</Button></div>
            </div>
        </Card>
    }
}

fn how(state: &FormState, kind: Kind) -> impl IntoView + use<> {
    let card = |value: &str, title: &str, text: &str| ChoiceCard {
        text: Some(text.to_owned()),
        ..ChoiceCard::new(value, title)
    };
    let kinds = vec![
        card("visit", "A visit", "A time, and a place or call."),
        card("delivery", "A delivery", "Files by a deadline."),
    ];
    let places = vec![
        card(Place::Customer.name(), "At the customer's", "You travel."),
        card(Place::Provider.name(), "At your place", "They come to you."),
        card(Place::Remote.name(), "Remote", "By call."),
    ];
    let place = (kind == Kind::Visit).then(|| {
        view! {
            <RadioCards form=state name="place" label="Where" options=places/>
            <div class="form-row">
                <Field form=state name="city" label="Town you start from" required=true maxlength=120/>
                <Field form=state name="radius_km" label="How far you travel" kind=FieldKind::Digits suffix="km" required=true/>
            </div>
        }
    });
    let inner = view! {
            <div class="form">
                <RadioCards form=state name="kind" label="Kind of work" options=kinds/>
                {place}
            </div>
    };
    view! { <Card title="How it is done">{inner}</Card> }
}

fn booking(state: &FormState) -> impl IntoView + use<> {
    let modes = vec![
        ChoiceCard {
            text: Some("The time is theirs the moment they choose it.".to_owned()),
            ..ChoiceCard::new(BookingMode::Instant.name(), "Booked at once")
        },
        ChoiceCard {
            text: Some("You accept or decline within a day.".to_owned()),
            ..ChoiceCard::new(BookingMode::Request.name(), "On request")
        },
    ];
    let policies = CancellationPolicy::ALL
        .iter()
        .map(|policy| ChoiceCard {
            text: Some(policy.sentence().to_owned()),
            ..ChoiceCard::new(policy.name(), policy.title())
        })
        .collect::<Vec<_>>();
    let inner = view! {
            <div class="form">
                <RadioCards form=state name="booking_mode" label="When somebody books" options=modes/>
                <RadioCards form=state name="cancellation_policy" label="When somebody cancels" options=policies/>
            </div>
    };
    view! { <Card title="Booking it">{inner}</Card> }
}

fn times(state: &FormState) -> impl IntoView + use<> {
    let of = |name: &str, usual: &[u32]| lengths(state.value(name), usual);
    let inner = view! {
            <div class="form">
                <div class="form-row">
                    <Select form=state name="slot_interval_min" label="A visit can start every" options=of("slot_interval_min", &[15, 20, 30, 60, 90, 120])/>
                    <Select form=state name="min_notice_min" label="Notice you need" options=of("min_notice_min", &[0, 60, 120, 240, 720, 1440, 2880, 4320, 10_080])/>
                </div>
                <div class="form-row">
                    <Select form=state name="buffer_before_min" label="Kept free before" options=of("buffer_before_min", &[0, 5, 10, 15, 30, 45, 60, 90, 120])/>
                    <Select form=state name="buffer_after_min" label="Kept free after" options=of("buffer_after_min", &[0, 5, 10, 15, 30, 45, 60, 90, 120])/>
                </div>
                <div class="form-row">
                    <Field form=state name="horizon_days" label="Can be booked ahead" kind=FieldKind::Digits suffix="days" required=true hint="Later days are not offered yet."/>
                    <Field form=state name="daily_limit" label="Most visits a day" kind=FieldKind::Digits optional=true hint="For each person; none if empty."/>
                </div>
            </div>
    };
    view! { <Card title="Times">{inner}</Card> }
}

/// Lengths of time to choose from, with the one that is chosen.
fn lengths(chosen: &str, usual: &[u32]) -> Vec<Choice> {
    let mut all = usual.to_vec();
    all.extend(chosen.parse::<u32>().ok());
    all.sort_unstable();
    all.dedup();
    let label = |minutes: u32| match minutes {
        0 => "None".to_owned(),
        minutes if minutes >= 2880 && minutes % 1440 == 0 => format!("{} days", minutes / 1440),
        minutes => words::length(minutes),
    };
    all.into_iter().map(|minutes| Choice::new(minutes.to_string(), label(minutes))).collect()
}

fn who(state: &FormState, service: &Edited) -> impl IntoView + use<> {
    let team = service.team.iter().map(|mate| ChoiceCard::new(mate.id.0.to_string(), mate.name.clone())).collect();
    let inner = view! {
            <input type="hidden" name="members-shown" value="yes"/>
            <CheckCards form=state name="member" label="People customers can book" options=team hide_label=true/>
    };
    view! { <Card title="Who does it">{inner}</Card> }
}

/// What can be done with the text, and what becomes of it.
fn aside(service: &Edited) -> impl IntoView + use<> {
    let (act, text) = if service.published {
        (
            "Save and put on show",
            "Small changes are on show at once. Another title, description, category, other pictures, and prices that rise \
             by more than half are looked at first; until then customers see what they see now.",
        )
    } else {
        ("Save and hand in", "We look at every new service once before customers see it.")
    };
    let archived = service.status == Status::Archived;
    let preview = format!("{PATH}/{}/preview", service.slug);
    let hand_in = (!archived).then(|| view! { <Button name="act" value="submit" full=true>{act}</Button> });
    view! {
        <aside class="stack" aria-label="Saving">
            <Card>
                <div class="stack">
                    {hand_in}
                    <Button kind=ButtonKind::Secondary name="act" value="save" full=true>"Save the draft"</Button>
                    <Button kind=ButtonKind::Quiet name="act" value="preview" full=true icon=Icon::EYE>"Save and look at it"</Button>
                    <p class="muted text-sm">{text}</p>
                </div>
            </Card>
            // The small script shows it where there is room, and keeps it like the form.
            <section class="live-preview" data-preview=preview data-form="listing" hidden=true aria-label="Preview">
                <h2 class="live-preview-title">"As customers will see it"</h2>
                <iframe class="live-preview-page" title="Preview of the page"></iframe>
            </section>
        </aside>
    }
}

/// What can be done with the service as a whole.
fn below(service: &Edited, copy: ServiceId) -> impl IntoView + use<> {
    let base = format!("{PATH}/{}", service.slug);
    let stand = |act: &'static str, words: &'static str| {
        view! {
            <form method="post" action=format!("{base}/stand")>
                <Button kind=ButtonKind::Secondary name="act" value=act>{words}</Button>
            </form>
        }
        .into_any()
    };
    let first = match service.status {
        Status::Live => Some(stand("pause", "Pause it")),
        Status::Paused => Some(stand("resume", "Offer it again")),
        Status::Archived => Some(stand("restore", "Take it out of the archive")),
        Status::Draft | Status::Review => None,
    };
    let discard = (service.published && service.open.is_some())
        .then(|| view! { <LinkButton href=format!("{base}/discard") kind=ButtonKind::Quiet>"Throw the changes away"</LinkButton> });
    let archive = (service.status != Status::Archived)
        .then(|| view! { <LinkButton href=format!("{base}/archive") kind=ButtonKind::Quiet>"Put it into the archive"</LinkButton> });
    let public = (service.status == Status::Live)
        .then(|| view! { <LinkButton href=format!("/services/{}", service.slug) kind=ButtonKind::Quiet icon=Icon::EXTERNAL_LINK>"What customers see"</LinkButton> });
    view! {
        <section class="stack" aria-label="This service">
            <div class="row">
                {public}
                <LinkButton href=format!("{base}/history") kind=ButtonKind::Quiet icon=Icon::HISTORY>"History"</LinkButton>
                <form method="post" action=format!("{base}/duplicate")>
                    <input type="hidden" name="key" value=copy.0.to_string()/>
                    <Button kind=ButtonKind::Quiet icon=Icon::COPY>"Make a copy"</Button>
                </form>
                {discard}
                {archive}
                {first}
            </div>
        </section>
    }
}
