//! The first step: what, with whom, when. A plain form that asks the server; with scripts the choice is
//! looked up while one chooses.

use super::reach::Reach;
use super::way::{self, PLACE_FIELDS};
use super::{blocking, details, summary, typed, words};
use crate::catalog::on_request;
use crate::forms::FormState;
use crate::islands::live_form::LiveForm;
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest, moved_for_good};
use crate::ui::fields::{
    CheckCards, Choice as Select_, ChoiceCard, ErrorSummary, Field, FieldKind, RadioCards, Select, SlotDay, SlotList,
    SlotTime,
};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Link, Notice, Steps, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::civil::shown;
use domain::availability::{Away, OpenDay};
use domain::bookings::{Offered, is_open_to, offered_by, quote_for, rules_for};
use domain::catalog::listing::renamed;
use domain::catalog::{self, Bookable, Choice, Kind, Pair, Priced, Pricing, Quote, Surcharges, Way};
use domain::kernel::{Error, FieldErrors, MemberId, Zone};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use tower_sessions::Session;

/// Days shown at once.
pub(super) const DAYS: u16 = 7;
/// How far ahead the next free day is looked for when the shown ones have none.
pub(super) const LOOK_AHEAD: u16 = 60;

/// Fields of the choice, which every step carries along.
pub(super) const CHOICE_FIELDS: [&str; 6] = ["package", "extra", "minutes", "count", "member", "start"];

/// `GET /services/{slug}/book`: choose, and then, with a time that is free, the details. An address the service had before
/// leads to the present one with all that was chosen.
pub async fn page(page: PageRequest, session: Session, Path(slug): Path<String>) -> Answer {
    let service = match load(&page, &slug).await {
        Err(Failure(Error::NotFound)) => {
            let present = renamed(page.ctx(), &slug).await?.ok_or(Error::NotFound)?;
            return Ok(moved_for_good(&with_query(&page, &format!("/services/{present}/book"))));
        }
        service => service?,
    };
    if let Some(customer) = page.actor().user
        && catalog::apart(page.ctx(), Pair { customer, provider: service.provider }).await?
    {
        return Ok(blocking::not_for_you(&page, &service, StatusCode::OK));
    }
    if !service.priced.has_a_price() {
        return Ok(on_request::page(&page, &service, StatusCode::OK));
    }
    let form = preset(&page, &service);
    let member = read_member(&form);
    let start = form.value("start").parse::<Timestamp>().ok();
    let quote = match quote_for(&service, &read_choice(&form), start) {
        Ok(quote) => quote,
        Err(errors) => return choosing(&page, &service, form.complaining(errors), None).await,
    };
    let first = Reach::of(&page, &service).first();
    if page.param("part").is_some() {
        let open = open_times(&page, &service, &form, &quote, first).await?;
        return Ok(page.fragment(choice_part(&page, &service, &form, Some((&quote, &open, first)))));
    }
    let going_on = page.param("next").is_some();
    if service.kind() == Kind::Delivery {
        if going_on {
            let form = typed::with_typed(&page, &session, &service, form).await?;
            return details::page(&page, &service, &quote, form, StatusCode::OK, details::Instead::default()).await;
        }
        return choosing(&page, &service, form, Some(&quote)).await;
    }
    // Asking for another choice keeps the picked time, and does not go on with it.
    let showing = page.param("show").is_some();
    let Some(start) = start.filter(|_| !showing) else {
        let missing =
            if going_on && !showing { FieldErrors::one("start", "Choose a time.") } else { FieldErrors::new() };
        return choosing(&page, &service, form.complaining(missing), Some(&quote)).await;
    };
    let rules = way::rules(&page, &service, &form, &quote).await;
    if is_open_to(page.ctx(), page.actor(), &service, &rules, member, start).await? {
        let form = typed::with_typed(&page, &session, &service, form).await?;
        return details::page(&page, &service, &quote, form, StatusCode::OK, details::Instead::default()).await;
    }
    let gone = FieldErrors::one("start", "That time is not free any more. Please choose another one.");
    choosing(&page, &service, form.complaining(gone), Some(&quote)).await
}

/// A path with the query of the present address.
fn with_query(page: &PageRequest, path: &str) -> String {
    if page.query().is_empty() { path.to_owned() } else { format!("{path}?{}", page.query()) }
}

/// The service to be booked.
pub(super) async fn load(page: &PageRequest, slug: &str) -> Result<Bookable, Failure> {
    let mut conn = page.ctx().pool.acquire().await.map_err(Error::from)?;
    let service = catalog::bookable(&mut conn, slug).await?;
    service.on_offer()?;
    Ok(service)
}

/// What the address says, and sensible first choices where it says nothing.
fn preset(page: &PageRequest, service: &Bookable) -> FormState {
    let mut values: Vec<(String, String)> = Vec::new();
    for field in CHOICE_FIELDS.into_iter().chain(PLACE_FIELDS) {
        values.extend(page.params(field).into_iter().take(40).map(|value| (field.to_owned(), value)));
    }
    let given = |name: &str| values.iter().any(|(field, _)| field == name);
    if !given("package")
        && let Some(package) = service.priced.packages.first()
    {
        values.push(("package".to_owned(), package.id.0.to_string()));
    }
    let counted = values.iter().any(|(field, _)| field == "count");
    if service.priced.pricing == Pricing::Unit && !counted {
        values.push(("count".to_owned(), service.priced.unit.least.to_string()));
    }
    FormState::with(values)
}

/// Package, extras and length as they were picked. What cannot be read counts as not picked.
pub(super) fn read_choice(form: &FormState) -> Choice {
    let id = |text: &str| text.parse::<uuid::Uuid>().ok();
    Choice {
        package: id(form.value("package")).map(Into::into),
        extras: form.values("extra").into_iter().filter_map(id).map(Into::into).collect(),
        minutes: form.value("minutes").parse().ok(),
        count: read_count(form.value("count")),
    }
}

/// How many; what was typed and is no number is none of those offered, and is told so.
fn read_count(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.parse().unwrap_or(0))
}

/// With whom; nobody in particular is anyone free.
pub(super) fn read_member(form: &FormState) -> Option<MemberId> {
    form.value("member").parse::<uuid::Uuid>().ok().map(MemberId)
}

/// The shown days with their open times, and the first later day with one.
#[derive(Default)]
struct Open {
    days: Vec<OpenDay>,
    later: Option<Date>,
    /// The first day with one from today on, where the shown days are the last ones or neither they nor later ones have any.
    sooner: Option<Date>,
    /// When the business is away, as far as it touches the shown days.
    away: Option<Away>,
    /// The way they leave room for.
    way: Way,
}

async fn open_times(
    page: &PageRequest,
    service: &Bookable,
    form: &FormState,
    quote: &Quote,
    first: Date,
) -> Result<Open, Failure> {
    let way = way::way(page, service, form).await;
    let rules = rules_for(service, quote.minutes).going(way);
    let offered = offered_by(page.ctx(), service, &rules, read_member(form), first, LOOK_AHEAD).await?;
    let Offered { mut days, away } = offered;
    let end = first.checked_add(i32::from(DAYS).days()).unwrap_or(first);
    let later = days.iter().map(|day| day.date).find(|date| *date >= end);
    days.retain(|day| day.date < end);
    let away = away.into_iter().find(|away| away.dates.first < end);
    let (reach, mut sooner) = (Reach::of(page, service), None);
    if first > reach.today && (reach.beyond() || days.is_empty() && later.is_none()) {
        let soon = offered_by(page.ctx(), service, &rules, read_member(form), reach.today, LOOK_AHEAD).await?;
        sooner = soon.days.first().map(|day| day.date);
    }
    Ok(Open { days, later, sooner, away, way })
}

async fn choosing(page: &PageRequest, service: &Bookable, form: FormState, quote: Option<&Quote>) -> Answer {
    let first = Reach::of(page, service).first();
    let open = match quote {
        Some(quote) if service.kind() == Kind::Visit => open_times(page, service, &form, quote, first).await?,
        _ => Open::default(),
    };
    let status = if form.errors().next().is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(view_page(page, service, &form, quote.map(|quote| (quote, &open, first)), status))
}

/// The head all steps share.
pub(super) fn head(service: &Bookable) -> Head {
    Head {
        title: format!("Book {}", service.priced.title),
        canonical: Some(format!("/services/{}/book", service.slug)),
        robots_noindex: true,
        islands: true,
        ..Head::default()
    }
}

/// The quiet steps of a booking; those before `current` can be gone back to.
pub(super) fn steps(service: &Bookable, back: &str, current: usize) -> impl IntoView + use<> {
    let first = if service.kind() == Kind::Visit { "Time" } else { "Package" };
    let steps = [first, "Details", "Confirm", "Done"].into_iter().enumerate();
    let steps = steps.map(|(place, name)| (name.to_owned(), (place == 0 && current == 1).then(|| back.to_owned())));
    view! { <Steps steps=steps.collect() current=current/> }
}

type Shown<'s> = (&'s Quote, &'s Open, Date);

fn view_page(
    page: &PageRequest,
    service: &Bookable,
    form: &FormState,
    shown: Option<Shown<'_>>,
    status: StatusCode,
) -> Response {
    let action = format!("/services/{}/book", service.slug);
    let trail = vec![Link::new(service.priced.title.clone(), format!("/services/{}", service.slug))];
    let heading = if service.kind() == Kind::Visit { "Choose a time" } else { "Choose what you need" };
    let errors = view! { <ErrorSummary form=form/> };
    let options = options(service, form);
    let choice = choice_part(page, service, form, shown);
    let body = || {
        view! {
            <div class="page stack">
                <Breadcrumbs trail=trail here="Book"/>
                {steps(service, &action, 0)}
                <h1>{heading}</h1>
                <LiveForm target="choice".to_owned()>
                    <form method="get" action=action class="with-side" id="choose">
                        <div class="stack">
                            {errors}
                            {options}
                            <button class="btn btn-secondary without-scripts" type="submit" name="show" value="choice" formnovalidate>
                                "Show this choice"
                            </button>
                        </div>
                        <div class="stack" id="choice" aria-live="polite">{choice}</div>
                    </form>
                </LiveForm>
            </div>
        }
    };
    page.show_islands(status, head(service), Frame::Public, body)
}

/// Packages, extras, length and person to choose from.
fn options(service: &Bookable, form: &FormState) -> impl IntoView + use<> {
    let priced = &service.priced;
    let packages: Vec<ChoiceCard> = priced
        .packages
        .iter()
        .map(|package| ChoiceCard {
            text: Some(package.description.clone()).filter(|text| !text.is_empty()),
            aside: Some(package.price.to_string()),
            ..ChoiceCard::new(package.id.0.to_string(), package.name.clone())
        })
        .collect();
    let extras: Vec<ChoiceCard> = priced
        .extras
        .iter()
        .map(|extra| ChoiceCard {
            text: (extra.extra_min > 0).then(|| format!("Adds {}", words::length(extra.extra_min))),
            aside: Some(format!("+ {}", extra.price)),
            ..ChoiceCard::new(extra.id.0.to_string(), extra.name.clone())
        })
        .collect();
    let lengths: Vec<Select_> =
        priced.lengths().into_iter().map(|minutes| Select_::new(minutes.to_string(), words::length(minutes))).collect();
    let unit = (priced.pricing == Pricing::Unit).then(|| count_field(priced, form));
    let mut members =
        vec![ChoiceCard { text: Some("Shows the most times".to_owned()), ..ChoiceCard::new("", "Anyone free") }];
    members.extend(service.members.iter().map(|m| ChoiceCard::new(m.id.0.to_string(), m.name.clone())));
    let several = service.kind() == Kind::Visit && service.members.len() > 1;
    view! {
        {(!packages.is_empty()).then(|| view! { <RadioCards form=form name="package" label="Package" options=packages/> })}
        {unit}
        {(!lengths.is_empty()).then(|| view! { <Select form=form name="minutes" label="How long?" options=lengths/> })}
        {(!extras.is_empty()).then(|| view! { <CheckCards form=form name="extra" label="Extras" options=extras/> })}
        {several.then(|| view! { <RadioCards form=form name="member" label="With whom?" options=members/> })}
        {way::fields(service, form)}
    }
}

/// How many of the unit.
fn count_field(priced: &Priced, form: &FormState) -> impl IntoView + use<> {
    let (unit, price) = (&priced.unit, priced.price);
    let label = format!("How many? ({})", unit.name);
    let hint = format!("{price} per {}; from {} to {}.", unit.name, unit.least, unit.most);
    let (least, most) = (unit.least.to_string(), unit.most.to_string());
    view! {
        <Field form=form name="count" label=label hint=hint kind=FieldKind::Number min=least max=most step="1" required=true/>
    }
}

/// What depends on the choice: its price and its open times. Also sent alone while one chooses.
fn choice_part(
    page: &PageRequest,
    service: &Bookable,
    form: &FormState,
    shown: Option<Shown<'_>>,
) -> impl IntoView + use<> {
    let visit = service.kind() == Kind::Visit;
    let go_on = if visit { "Continue with this time" } else { "Continue" };
    shown.map(|(quote, open, first)| {
        let now = page.ctx().clock.now();
        let days = slot_days(&open.days, &service.zone, Some(&service.priced.surcharges), page.zone(), now);
        let reach = Reach::of(page, service);
        let today = reach.today;
        let from = |date: Date| format!("/services/{}/book?{}from={date}", service.slug, choice_query(form));
        let shift = |by: i32| first.checked_add(by.days()).unwrap_or(first);
        let earlier = (first > today).then(|| from(shift(-i32::from(DAYS)).max(today)));
        let later = open.later.map(|_| from(shift(i32::from(DAYS))));
        let way = |date: Date| (format!("{}, {}", words::near(date, today), words::short(date, today)), from(date));
        let next_free = open.later.filter(|_| open.days.is_empty()).map(way);
        let zone = format!("Times in {}", service.zone.place());
        let nothing = open.days.is_empty() && open.later.is_none();
        let told = visit.then(|| reach.told(&service.priced.title, nothing, open.sooner.map(way)));
        // A button that cannot work is none.
        let choosable = !visit || !open.days.is_empty();
        view! {
            {summary::price(quote)}
            {summary::surcharges(service)}
            {open.away.as_ref().map(|away| away_note(&service.provider_name, away, today))}
            {way::note(service, open.way)}
            {told}
            {visit.then(|| view! {
                <SlotList form=form name="start" label="Free times" days=days zone=zone required=true
                    earlier=earlier later=later next_free=next_free/>
            })}
            {choosable.then(|| view! {
                <Button kind=ButtonKind::Primary full=true name="next" value="details">{go_on}</Button>
            })}
        }
    })
}

/// Why there are no times on some of the days, said kindly.
pub(super) fn away_note(name: &str, away: &Away, today: Date) -> impl IntoView + use<> {
    let back = away.dates.last.tomorrow().unwrap_or(away.dates.last);
    let back = words::short(back, today);
    let title = if away.dates.first <= today {
        format!("{name} is away until {back}")
    } else {
        format!("{name} is away from {}, back on {back}", words::short(away.dates.first, today))
    };
    let reason = (!away.reason.is_empty()).then(|| view! { <p>{away.reason.clone()}</p> });
    view! {
        <Notice tone=Tone::Info title=title>
            {reason}
            <p>"Other days can be booked as usual."</p>
        </Notice>
    }
}

/// Days and times in the words of the page; times that cost more say so.
pub(super) fn slot_days(
    days: &[OpenDay],
    zone: &Zone,
    surcharges: Option<&Surcharges>,
    viewer: Option<&Zone>,
    now: Timestamp,
) -> Vec<SlotDay> {
    let today = words::date(zone, now);
    let rules = zone.rules();
    let time = |start: Timestamp| SlotTime {
        value: start.to_string(),
        label: words::clock(zone, start),
        yours: words::yours(zone, viewer, start),
        more: surcharges
            .map(|surcharges| surcharges.percent(shown(&rules, start)))
            .filter(|percent| *percent > 0)
            .map(|percent| format!("+{percent}%")),
    };
    days.iter()
        .map(|day| SlotDay {
            heading: words::near(day.date, today),
            date: words::short(day.date, today),
            times: day.times.iter().map(|open| time(open.start)).collect(),
        })
        .collect()
}

/// The choice so far as the beginning of a query, without the time.
pub(super) fn choice_query(form: &FormState) -> String {
    let fields = CHOICE_FIELDS.into_iter().chain(PLACE_FIELDS).filter(|field| *field != "start");
    let pairs = fields.flat_map(|field| form.values(field).into_iter().map(move |value| (field, value)));
    pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| {
            let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
            format!("{field}={value}&")
        })
        .collect()
}
