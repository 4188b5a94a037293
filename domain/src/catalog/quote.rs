//! The price quote: what a choice costs and how long it takes. One function for the page, the island
//! and the booking, so that what people saw is what they pay.

use super::priced::LONGEST_VISIT_MIN;
use super::{Kind, Package, Priced, Pricing};
use crate::kernel::{ExtraId, FieldErrors, Money, PackageId};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// What a customer picked. Field names of complaints are `package`, `extra`, `minutes` and `count`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The tier, for services with packages.
    pub package: Option<PackageId>,
    /// Add-ons; naming one twice is the same as once.
    pub extras: Vec<ExtraId>,
    /// Length of an hourly visit; the shortest one if nothing was picked.
    pub minutes: Option<u32>,
    /// How many of the unit; the fewest if nothing was picked.
    pub count: Option<u32>,
}

/// One line of a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub label: String,
    /// What it costs.
    pub amount: Money,
}

/// What a choice costs, and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// What the total is made of.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Money,
    /// Minutes of the visit; 0 for a delivery.
    pub minutes: u32,
    /// Days until delivery; 0 for a visit.
    pub days: u32,
}

/// The price of a choice.
///
/// # Errors
/// Complaints about what was picked: no such package or extra, a length that is not offered, a visit
/// of more than a day, a total beyond what can be charged, a service whose price is named on request.
pub fn quote(service: &Priced, choice: &Choice) -> Result<Quote, FieldErrors> {
    if !service.has_a_price() {
        return Err(FieldErrors::one("", ON_REQUEST));
    }
    let mut wrong = FieldErrors::new();
    let count = chosen_count(service, choice, &mut wrong);
    let package = chosen_package(service, choice, &mut wrong);
    let hours = chosen_length(service, choice, &mut wrong);
    if choice.extras.iter().any(|id| service.extras.iter().all(|extra| extra.id != *id)) {
        wrong.add("extra", "That extra is not offered any more. Please look again.");
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let too_much = |_| FieldErrors::one("", "That is more than can be booked at once.");
    let base = match (service.pricing, package) {
        (Pricing::Packages, Some(package)) => Line { label: package.name.clone(), amount: package.price },
        (Pricing::Hourly, _) => Line {
            label: format!("{} at {} an hour", length_words(hours), service.price),
            amount: service.price.ratio(i64::from(hours), 60).map_err(too_much)?,
        },
        (Pricing::Unit, _) => Line {
            label: format!("{} at {}", service.unit.counted(count), service.price),
            amount: service.price.ratio(i64::from(count), 1).map_err(too_much)?,
        },
        (Pricing::Fixed | Pricing::From | Pricing::Packages | Pricing::Quote, _) => {
            Line { label: service.title.clone(), amount: service.price }
        }
    };
    let mut minutes = package.map_or(hours, |package| package.duration_min);
    if service.pricing == Pricing::Unit {
        minutes = minutes.saturating_add(service.unit.minutes.saturating_mul(count));
        if service.kind == Kind::Visit && minutes > LONGEST_VISIT_MIN {
            return Err(FieldErrors::one("count", "So many take more than a day. Please book them as two visits."));
        }
    }
    let mut days = package.map_or(service.delivery_days, |package| package.delivery_days);
    let mut total = base.amount;
    let mut lines = vec![base];
    for extra in service.extras.iter().filter(|extra| choice.extras.contains(&extra.id)) {
        total = total.plus(extra.price).map_err(too_much)?;
        minutes = minutes.saturating_add(extra.extra_min);
        days = days.saturating_add(extra.extra_days);
        lines.push(Line { label: extra.name.clone(), amount: extra.price });
    }
    match service.kind {
        Kind::Visit if minutes > LONGEST_VISIT_MIN => {
            Err(FieldErrors::one("extra", "Together that is more than a day. Please book it as two visits."))
        }
        Kind::Visit => Ok(Quote { lines, total, minutes, days: 0 }),
        Kind::Delivery => Ok(Quote { lines, total, minutes: 0, days }),
    }
}

/// The price of a choice for a visit that starts at this civil time of its zone: [`quote()`], and a line for each
/// surcharge that holds then. Without a start, and for deliveries, nothing is added.
///
/// # Errors
/// Those of [`quote()`].
pub fn quote_at(service: &Priced, choice: &Choice, start: Option<DateTime>) -> Result<Quote, FieldErrors> {
    let mut quote = quote(service, choice)?;
    if let Some(start) = start.filter(|_| service.kind == Kind::Visit) {
        let too_much = |_| FieldErrors::one("", "That is more than can be booked at once.");
        for line in service.surcharges.lines(quote.total, start).map_err(too_much)? {
            quote.total = quote.total.plus(line.amount).map_err(too_much)?;
            quote.lines.push(line);
        }
    }
    Ok(quote)
}

/// Why nothing can be booked where the price is named on request.
const ON_REQUEST: &str = "The price of this service is named on request. It cannot be booked directly.";

/// How many of the unit; one where nothing is counted.
fn chosen_count(service: &Priced, choice: &Choice, wrong: &mut FieldErrors) -> u32 {
    let unit = &service.unit;
    match (service.pricing, choice.count) {
        (Pricing::Unit, Some(count)) if !unit.allows(count) => {
            wrong.add("count", format!("Choose a number from {} to {}.", unit.least, unit.most));
            unit.least
        }
        (Pricing::Unit, count) => count.unwrap_or(unit.least),
        _ => 1,
    }
}

fn chosen_package<'s>(service: &'s Priced, choice: &Choice, wrong: &mut FieldErrors) -> Option<&'s Package> {
    if service.pricing != Pricing::Packages {
        if choice.package.is_some() {
            wrong.add("package", "This service has no packages any more. Please look again.");
        }
        return None;
    }
    let Some(id) = choice.package else {
        wrong.add("package", "Choose a package.");
        return None;
    };
    let package = service.packages.iter().find(|package| package.id == id);
    if package.is_none() {
        wrong.add("package", "That package is not offered any more. Please choose another.");
    }
    package
}

fn chosen_length(service: &Priced, choice: &Choice, wrong: &mut FieldErrors) -> u32 {
    match (service.pricing, choice.minutes) {
        (Pricing::Hourly, Some(minutes)) if !service.lengths().contains(&minutes) => {
            wrong.add("minutes", "Choose one of the lengths offered.");
            service.duration_min
        }
        (Pricing::Hourly, Some(minutes)) => minutes,
        _ => service.duration_min,
    }
}

/// A length of time in words: `45 min`, `2 h`, `2 h 30 min`.
#[must_use]
pub fn length_words(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}
