//! What is different between two texts of a service, and which of it somebody looks at before customers see it.

use super::{Listing, ListingExtra, ListingPackage, questions, surcharges, told, unit};
use crate::catalog::quote::length_words;
use crate::catalog::{BookingMode, Kind, Place, Pricing, ServicePicture, Tier};
use crate::kernel::{Currency, Money};
use uuid::Uuid;

/// One part that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is called beside the words.
    pub part: &'static str,
    /// Line by line, how it was; empty when it was not there.
    pub before: Vec<String>,
    /// Line by line, how it is.
    pub after: Vec<String>,
    /// Whether a person looks at it first: title, category, description, texts in the fields of the category, pictures,
    /// and prices that change in kind or rise by more than half (issue 4).
    pub risky: bool,
}

/// Everything that is different, in the order of the form. `name` gives the names of categories, their fields, and
/// members.
#[must_use]
pub fn changes(old: &Listing, new: &Listing, name: &dyn Fn(Uuid) -> String) -> Vec<Change> {
    compare(old, new, name, &[], Changes::default())
}

/// The same with the answers of a category in the order in which it asks: `asked` are its fields in theirs.
#[must_use]
pub fn changes_in_order(old: &Listing, new: &Listing, name: &dyn Fn(Uuid) -> String, asked: &[Uuid]) -> Vec<Change> {
    compare(old, new, name, asked, Changes::default())
}

/// All that a listing says, part by part, for whoever has seen nothing of it before.
#[must_use]
pub fn whole(listing: &Listing, name: &dyn Fn(Uuid) -> String, asked: &[Uuid]) -> Vec<Change> {
    compare(listing, listing, name, asked, Changes { whole: true, ..Changes::default() })
}

fn compare(
    old: &Listing,
    new: &Listing,
    name: &dyn Fn(Uuid) -> String,
    asked: &[Uuid],
    mut found: Changes,
) -> Vec<Change> {
    found.line("Title", &old.title, &new.title, true);
    found.line("Summary", &old.summary, &new.summary, false);
    found.lines("Description", text(&old.description), text(&new.description), true);
    found.line("Category", &name(old.category.0), &name(new.category.0), true);
    let details = |listing| told::lines(listing, name, asked);
    found.lines("Details", details(old), details(new), told::reads_differently(old, new));
    found.lines("What is included", old.includes.clone(), new.includes.clone(), false);
    found.lines("Pictures", pictures(&old.pictures), pictures(&new.pictures), true);
    let dearer = dearer(old, new);
    found.lines("Price", prices(old), prices(new), dearer);
    let dearer = surcharges::dearer(old, new);
    found.lines("Weekends and nights", surcharges::lines(old), surcharges::lines(new), dearer);
    found.lines("Extras", extras(old), extras(new), extras_dearer(old, new));
    found.lines("Questions to customers", questions::lines(old), questions::lines(new), false);
    found.line("How it is booked", booked(old), booked(new), false);
    found.line("Cancellation", old.cancellation_policy.title(), new.cancellation_policy.title(), false);
    found.line("Place", &place(old), &place(new), false);
    found.lines("Times", hours(old), hours(new), false);
    let who = |listing: &Listing| {
        let mut names: Vec<String> = listing.members.iter().map(|member| name(member.0)).collect();
        names.sort();
        names
    };
    found.lines("Who does it", who(old), who(new), false);
    found.all
}

/// Whether somebody has to look at it before customers see it.
#[must_use]
pub fn needs_review(old: &Listing, new: &Listing) -> bool {
    changes(old, new, &|id| id.to_string()).iter().any(|change| change.risky)
}

#[derive(Default)]
struct Changes {
    all: Vec<Change>,
    /// Everything is told, as if nothing had been there.
    whole: bool,
}

impl Changes {
    fn line(&mut self, part: &'static str, before: &str, after: &str, risky: bool) {
        let lines = |words: &str| if words.is_empty() { Vec::new() } else { vec![words.to_owned()] };
        self.lines(part, lines(before), lines(after), risky);
    }

    fn lines(&mut self, part: &'static str, before: Vec<String>, after: Vec<String>, risky: bool) {
        if self.whole && !after.is_empty() {
            self.all.push(Change { part, before: Vec::new(), after, risky });
        } else if before != after {
            self.all.push(Change { part, before, after, risky });
        }
    }
}

fn text(words: &str) -> Vec<String> {
    words.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A picture is told by its words and the end of its name, which changes with its content.
fn pictures(all: &[ServicePicture]) -> Vec<String> {
    let short = |key: &str| key.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let line = |(place, picture): (usize, &ServicePicture)| {
        let words = if picture.alt.is_empty() { "without words" } else { &picture.alt };
        format!("{place}. {words} ({})", short(&picture.key))
    };
    (1..).zip(all).map(line).collect()
}

fn money(minor: Option<i64>, currency: Currency) -> String {
    minor.map_or_else(|| "no price yet".to_owned(), |minor| Money::new(minor, currency).to_string())
}

fn prices(listing: &Listing) -> Vec<String> {
    let long = |minutes: u32, days: u32| match listing.kind {
        Kind::Visit => length_words(minutes),
        Kind::Delivery => format!("{days} days"),
    };
    let price = money(listing.price_minor, listing.currency);
    match listing.pricing {
        Pricing::Fixed => vec![format!("{price}, {}", long(listing.duration_min, listing.delivery_days))],
        Pricing::Hourly => {
            let (least, most) = (length_words(listing.duration_min), length_words(listing.max_duration_min));
            vec![format!("{price} an hour, {least} to {most}")]
        }
        Pricing::Unit => vec![unit::line(listing, &price)],
        Pricing::From => vec![format!("from {price}, {}", long(listing.duration_min, listing.delivery_days))],
        Pricing::Quote => vec!["Named on request".to_owned()],
        Pricing::Packages => listing.packages.iter().flat_map(|one| package(one, listing.currency, &long)).collect(),
    }
}

fn package(one: &ListingPackage, currency: Currency, long: &dyn Fn(u32, u32) -> String) -> Vec<String> {
    let price = money(one.price_minor, currency);
    let rounds = if one.revisions > 0 { format!(", {} rounds of changes", one.revisions) } else { String::new() };
    let long = long(one.duration_min, one.delivery_days);
    let mut lines = vec![format!("{}: {}, {price}, {long}{rounds}", one.tier.title(), one.name)];
    lines.extend(text(&one.description));
    lines.extend(one.includes.iter().map(|line| format!("✓ {line}")));
    lines
}

fn extras(listing: &Listing) -> Vec<String> {
    let line = |extra: &ListingExtra| {
        let more = match listing.kind {
            Kind::Visit if extra.extra_min > 0 => format!(", {} more", length_words(extra.extra_min)),
            Kind::Delivery if extra.extra_days > 0 => format!(", {} more days", extra.extra_days),
            _ => String::new(),
        };
        format!("{} + {}{more}", extra.name, money(extra.price_minor, listing.currency))
    };
    listing.extras.iter().map(line).collect()
}

const fn booked(listing: &Listing) -> &'static str {
    match listing.booking_mode {
        BookingMode::Instant => "Booked at once",
        BookingMode::Request => "On request",
    }
}

fn place(listing: &Listing) -> String {
    let city = &listing.city;
    match listing.place {
        Place::Customer => format!("At the customer's, within {} km of {city}", listing.radius_km),
        Place::Provider => format!("At the provider's in {city}"),
        Place::Remote => "Remote".to_owned(),
    }
}

fn hours(listing: &Listing) -> Vec<String> {
    if listing.kind == Kind::Delivery {
        return Vec::new();
    }
    let limit = listing.daily_limit.map_or_else(|| "no daily limit".to_owned(), |most| format!("at most {most} a day"));
    vec![
        format!("A start every {}", length_words(listing.slot_interval_min)),
        format!(
            "{} kept free before, {} after",
            length_words(listing.buffer_before_min),
            length_words(listing.buffer_after_min)
        ),
        format!("{} of notice, {} days ahead, {limit}", length_words(listing.min_notice_min), listing.horizon_days),
    ]
}

/// Whether a price rose by more than half.
fn leaps(old: Option<i64>, new: Option<i64>) -> bool {
    matches!((old, new), (Some(old), Some(new)) if i128::from(new) * 2 > i128::from(old) * 3)
}

/// Whether the price is of another kind, or rose by more than half.
fn dearer(old: &Listing, new: &Listing) -> bool {
    if (old.kind, old.pricing, old.currency) != (new.kind, new.pricing, new.currency) {
        return true;
    }
    let tier = |listing: &Listing, tier: Tier| listing.package(tier).and_then(|package| package.price_minor);
    match new.pricing {
        Pricing::Packages => {
            leaps(old.from_minor(), new.from_minor())
                || Tier::ALL.iter().any(|one| leaps(tier(old, *one), tier(new, *one)))
        }
        // With a longer shortest visit, or more of it at the least, one pays more as well.
        Pricing::Unit => {
            let least = |listing: &Listing| times(listing.price_minor, listing.unit.least);
            old.unit.name != new.unit.name || leaps(old.price_minor, new.price_minor) || leaps(least(old), least(new))
        }
        Pricing::Hourly => {
            let least = |listing: &Listing| times(listing.price_minor, listing.duration_min);
            leaps(old.price_minor, new.price_minor) || leaps(least(old), least(new))
        }
        Pricing::Fixed | Pricing::From => leaps(old.price_minor, new.price_minor),
        Pricing::Quote => false,
    }
}

fn times(price: Option<i64>, count: u32) -> Option<i64> {
    price.map(|price| price.saturating_mul(i64::from(count)))
}

fn extras_dearer(old: &Listing, new: &Listing) -> bool {
    let before =
        |extra: &ListingExtra| old.extras.iter().find(|one| one.id == extra.id).and_then(|one| one.price_minor);
    new.extras.iter().any(|extra| leaps(before(extra), extra.price_minor))
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::{leak, package};
    use super::*;
    use crate::catalog::Unit;
    use crate::kernel::CategoryId;
    use proptest::prelude::*;

    fn risky(change: impl FnOnce(&mut Listing)) -> bool {
        let (old, mut new) = (leak(), leak());
        change(&mut new);
        assert_ne!(changes(&old, &new, &|id| id.to_string()), Vec::new(), "something is different");
        needs_review(&old, &new)
    }

    #[test]
    fn the_same_is_no_change() {
        assert_eq!(changes(&leak(), &leak(), &|id| id.to_string()), Vec::new());
    }

    #[test]
    fn what_people_see_first_is_looked_at() {
        assert!(risky(|new| new.title.push('!')));
        assert!(risky(|new| new.description.push_str("\nCall me at home.")));
        assert!(risky(|new| new.category = CategoryId(Uuid::from_u128(2))));
        assert!(risky(|new| new.pictures.push(ServicePicture {
            key: "k".into(),
            alt: String::new(),
            colour: "#000000".into()
        })));
        assert!(risky(|new| new.pricing = Pricing::Hourly));
        assert!(risky(|new| new.currency = Currency::Gbp));
    }

    #[test]
    fn what_harms_nobody_is_not() {
        assert!(!risky(|new| new.summary.push('!')));
        assert!(!risky(|new| new.includes.push("Tea".into())));
        assert!(!risky(|new| new.extras.clear()));
        assert!(!risky(|new| new.radius_km = 10));
        assert!(!risky(|new| new.min_notice_min = 60));
        assert!(!risky(|new| new.members.clear()));
        assert!(!risky(|new| new.price_minor = Some(100)));
    }

    #[test]
    fn a_price_may_rise_by_half_and_no_more() {
        assert!(!risky(|new| new.price_minor = Some(12_300)));
        assert!(risky(|new| new.price_minor = Some(12_301)));
        assert!(!risky(|new| new.extras[0].price_minor = Some(6750)));
        assert!(risky(|new| new.extras[0].price_minor = Some(6751)));
    }

    #[test]
    fn the_least_one_pays_is_a_price_as_well() {
        let hourly = |shortest| Listing { pricing: Pricing::Hourly, duration_min: shortest, ..leak() };
        assert!(!needs_review(&hourly(60), &hourly(90)));
        assert!(needs_review(&hourly(60), &hourly(91)), "nobody gets away with an hour any more");
        assert!(!needs_review(&hourly(120), &hourly(60)));
        let windows = |least| {
            let unit = Unit { name: "window".to_owned(), least, most: 40, minutes: 0 };
            Listing { pricing: Pricing::Unit, unit, ..leak() }
        };
        assert!(!needs_review(&windows(2), &windows(3)) && needs_review(&windows(2), &windows(4)));
    }

    #[test]
    fn who_sees_it_for_the_first_time_sees_all_of_it() {
        let parts: Vec<&str> = whole(&leak(), &|id| id.to_string(), &[]).iter().map(|change| change.part).collect();
        let expected = [
            "Title",
            "Summary",
            "Description",
            "Category",
            "What is included",
            "Price",
            "Extras",
            "How it is booked",
            "Cancellation",
            "Place",
            "Times",
            "Who does it",
        ];
        assert_eq!(parts, expected);
        assert!(whole(&leak(), &|id| id.to_string(), &[]).iter().all(|change| change.before.is_empty()));
    }

    #[test]
    fn each_package_has_its_own_price() {
        let tiers = |basic, premium| {
            let packages = vec![package(Tier::Basic, basic), package(Tier::Premium, premium)];
            Listing { pricing: Pricing::Packages, price_minor: None, packages, ..leak() }
        };
        assert!(!needs_review(&tiers(1000, 3000), &tiers(1500, 4500)));
        assert!(needs_review(&tiers(1000, 3000), &tiers(1000, 4501)));
        let without_basic = Listing { packages: vec![package(Tier::Premium, 3000)], ..tiers(0, 0) };
        assert!(needs_review(&tiers(1000, 3000), &without_basic), "the least one pays has tripled");
    }

    proptest! {
        #[test]
        fn cheaper_is_never_looked_at(old in 0_i64..1_000_000, less in 0_i64..1_000_000) {
            let before = Listing { price_minor: Some(old), ..leak() };
            let after = Listing { price_minor: Some((old - less).max(0)), ..leak() };
            prop_assert!(!needs_review(&before, &after));
        }
    }
}
