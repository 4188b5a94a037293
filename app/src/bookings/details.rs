//! The second step: where, and what the provider should know. Sending it holds the time.

use super::choose::{self, CHOICE_FIELDS, choice_query, read_choice, read_member, slot_days};
use super::way::TOO_NEAR;
use super::{area, blocking, summary, typed, words};
use crate::catalog::on_request;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, SlotList, TextArea};
use crate::ui::{Button, ButtonKind, Card, LinkButton, Notice, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::availability::{OpenDay, OpenTime};
use domain::bookings::{self, Address, Book, BookError};
use domain::catalog::listing::renamed;
use domain::catalog::{Bookable, BookingMode, Kind, OutOfArea, Quote};
use domain::kernel::{Error, FieldErrors, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use std::collections::BTreeMap;
use tower_sessions::Session;

/// `POST /services/{slug}/book`: holds the time and goes on to confirming.
pub async fn submit(page: PageRequest, session: Session, Path(slug): Path<String>, form: Form) -> Answer {
    let state = form.state();
    let command = Book {
        service: slug.clone(),
        choice: read_choice(&state),
        member: read_member(&state),
        start: form.parsed("start"),
        address: Address {
            street: form.text("street").to_owned(),
            postal_code: form.text("postal_code").to_owned(),
            city: form.text("city").to_owned(),
            region: form.text("region").to_owned(),
            country: form.text("country").to_owned(),
        },
        note: form.text("note").to_owned(),
        key: form.parsed("key").unwrap_or_else(|| page.ctx().id()),
    };
    let (mut taken, mut out_of_area) = (false, None);
    let (status, state, free) = match bookings::book(page.ctx(), page.actor(), command).await {
        Ok(reference) => {
            typed::forget(&session).await?;
            return Ok(see_other(&format!("/bookings/{reference}/pay")));
        }
        Err(BookError::SlotTaken(free)) => {
            let told =
                if free.is_empty() { "That time was just taken." } else { "That time was just taken. These are free:" };
            taken = !free.is_empty();
            (StatusCode::CONFLICT, state.complaining(FieldErrors::one("start", told)), free)
        }
        Err(BookError::OutOfArea(why)) => {
            out_of_area = Some(why);
            (StatusCode::UNPROCESSABLE_ENTITY, state, Vec::new())
        }
        Err(BookError::NotForYou) => {
            let service = choose::load(&page, &slug).await?;
            return Ok(blocking::not_for_you(&page, &service, StatusCode::CONFLICT));
        }
        // The service got another address while the form was open: the same form goes there (308 keeps what was typed).
        Err(BookError::Refused(Error::NotFound)) => {
            let present = renamed(page.ctx(), &slug).await?.ok_or(Error::NotFound)?;
            return Ok(Redirect::permanent(&format!("/services/{present}/book")).into_response());
        }
        Err(BookError::Refused(Error::SignIn)) => {
            typed::keep(&session, &slug, &state, page.ctx().clock.now()).await?;
            return Ok(see_other(&format!("/login?next={}", encoded(&here(&slug, &state)))));
        }
        Err(BookError::Refused(error)) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, form.rejected(error)?, Vec::new())
        }
    };
    let service = choose::load(&page, &slug).await?;
    if !service.priced.has_a_price() {
        return Ok(on_request::page(&page, &service, StatusCode::CONFLICT));
    }
    // The times of the first step were for the place that was told there, if any.
    let state =
        if taken && service.base.asks() { state.complaining(FieldErrors::one("start", TOO_NEAR)) } else { state };
    let state = match out_of_area {
        Some(why) => {
            let complaint = area::complaint(&service, &state, why);
            state.complaining(complaint)
        }
        None => state,
    };
    let start = form.parsed("start").filter(|_| free.is_empty());
    match bookings::quote_for(&service, &read_choice(&state), start) {
        Ok(quote) => self::page(&page, &service, &quote, state, status, Instead { free: &free, out_of_area }).await,
        // The choice itself does not stand any more: back to the first step, which says what is wrong.
        Err(_) => Ok(see_other(&format!("/services/{slug}/book?{}next=details", choice_query(&state)))),
    }
}

/// The address of this step with everything that was chosen.
fn here(slug: &str, form: &FormState) -> String {
    let start = encoded(form.value("start"));
    format!("/services/{slug}/book?{}start={start}&next=details", choice_query(form))
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// What there is instead of what was asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Instead<'f> {
    /// Other times, when the chosen one was taken.
    free: &'f [Timestamp],
    /// The business does not go there: others may.
    out_of_area: Option<OutOfArea>,
}

/// The step itself.
pub(super) async fn page(
    page: &PageRequest,
    service: &Bookable,
    quote: &Quote,
    form: FormState,
    status: StatusCode,
    instead: Instead<'_>,
) -> Answer {
    let countries = area::countries_of(page, service).await?;
    Ok(show(page, service, quote, form, status, (instead, countries)))
}

fn show(
    page: &PageRequest,
    service: &Bookable,
    quote: &Quote,
    form: FormState,
    status: StatusCode,
    (instead, countries): (Instead<'_>, Vec<Choice>),
) -> Response {
    let now = page.ctx().clock.now();
    let start: Option<Timestamp> = form.value("start").parse().ok().filter(|_| instead.free.is_empty());
    let chosen = read_member(&form).and_then(|id| service.members.iter().find(|m| m.id == id));
    let who = chosen.or(service.members.first().filter(|_| service.members.len() == 1));
    let who = who.map_or_else(|| "Anyone free".to_owned(), |m| m.name.clone());
    let back = format!("/services/{}/book?{}", service.slug, choice_query(&form));
    let visit = service.kind() == Kind::Visit;
    let (title, again) =
        if visit { ("A few details", "Choose another time") } else { ("Tell us what you need", "Choose again") };
    let body = view! {
        <div class="page stack">
            {choose::steps(service, &back, 1)}
            <h1>{title}</h1>
            <div class="with-side">
                <div class="stack">
                    {if page.actor().user.is_some() {
                        details_form(page, service, &form, instead, countries).into_any()
                    } else {
                        sign_in_first(&service.slug, &form).into_any()
                    }}
                    <p><a href=back>{again}</a></p>
                </div>
                <aside>{summary::of_choice(service, quote, start, &who, page.zone(), now)}</aside>
            </div>
        </div>
    };
    page.show_with(status, choose::head(service), Frame::Public, body)
}

fn sign_in_first(slug: &str, form: &FormState) -> impl IntoView + use<> {
    let next = encoded(&here(slug, form));
    view! {
        <Card title="Who is booking?">
            <p>"Log in or register, and you come back right here with everything you chose."</p>
            <p class="row">
                <LinkButton kind=ButtonKind::Primary href=format!("/login?next={next}")>"Log in"</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=format!("/register?next={next}")>"Register"</LinkButton>
            </p>
        </Card>
    }
}

fn details_form(
    page: &PageRequest,
    service: &Bookable,
    form: &FormState,
    instead: Instead<'_>,
    countries: Vec<Choice>,
) -> impl IntoView + use<> {
    let taken = form.error("start").is_some();
    let kept: Vec<_> = CHOICE_FIELDS
        .into_iter()
        // A taken time is not sent along again.
        .filter(|field| *field != "start" || !taken)
        .flat_map(|field| form.values(field).into_iter().map(move |value| (field, value.to_owned())))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let key: uuid::Uuid = page.ctx().id();
    let alternatives = slot_days(
        &by_day(&service.zone, instead.free),
        &service.zone,
        Some(&service.priced.surcharges),
        page.zone(),
        page.ctx().clock.now(),
    );
    let zone = format!("Times in {}", service.zone.place());
    let (note, hint) = match service.kind() {
        Kind::Visit => ("A note for the provider", "Access, parking, pets, what it is about."),
        Kind::Delivery => ("What should be made?", "Purpose, style, texts, examples: whatever helps to start."),
    };
    let next = match service.booking_mode {
        BookingMode::Instant => {
            "Next you see everything once more. The time is kept for you for ten minutes meanwhile.".to_owned()
        }
        BookingMode::Request => {
            format!("Next you see everything once more. Then {} answers within a day.", service.provider_name)
        }
    };
    view! {
        <form method="post" action=format!("/services/{}/book", service.slug) class="stack" novalidate>
            <ErrorSummary form=form/>
            {kept}
            <input type="hidden" name="key" value=key.to_string()/>
            {(!alternatives.is_empty()).then(|| view! {
                <SlotList form=form name="start" label="Other free times" days=alternatives zone=zone required=true/>
            })}
            {instead.out_of_area.map(|why| area::others(service, form, why))}
            {service.takes_address().then(|| area::fields(service, form, countries))}
            <TextArea form=form name="note" label=note hint=hint optional=true maxlength=2000/>
            <Notice tone=Tone::Info>{next}</Notice>
            <Button kind=ButtonKind::Primary full=true>"Continue to confirm"</Button>
        </form>
    }
}

/// Free times as days, for the same list the first step has.
pub(super) fn by_day(zone: &Zone, free: &[Timestamp]) -> Vec<OpenDay> {
    let mut days: BTreeMap<_, Vec<OpenTime>> = BTreeMap::new();
    for start in free.iter().copied() {
        let time = OpenTime { start, end: start, members: Vec::new() };
        days.entry(words::date(zone, start)).or_default().push(time);
    }
    days.into_iter().map(|(date, times)| OpenDay { date, times }).collect()
}
