//! What a listing must say before customers see it. A draft may lack any of it.

use super::{Listing, extra_field, package_field, questions, surcharges, unit};
use crate::catalog::{Kind, Pricing};
use crate::kernel::{FieldErrors, words};

/// The shortest description that tells a customer something, in characters.
const SHORTEST_STORY: usize = 40;

/// Complaints beside the fields of the form, in its order; none when the listing can go on show.
#[must_use]
pub fn missing(listing: &Listing) -> FieldErrors {
    let mut wrong = FieldErrors::new();
    if words::letters(&listing.title) < 5 {
        wrong.add("title", "Give it a title of at least five letters: what you do, in a few words.");
    }
    if words::letters(&listing.summary) == 0 {
        wrong.add("summary", "Say in a sentence or two what it is. It stands right under the title.");
    }
    if words::letters(&listing.description) < SHORTEST_STORY {
        wrong.add("description", format!("Tell a little more: at least {SHORTEST_STORY} letters."));
    }
    match listing.pricing {
        Pricing::Packages => packages(listing, &mut wrong),
        Pricing::Quote => {}
        Pricing::Fixed | Pricing::Hourly | Pricing::Unit | Pricing::From => {
            priced("price", listing.price_minor, &mut wrong);
            if listing.pricing == Pricing::Hourly && listing.max_duration_min < listing.duration_min {
                wrong.add("max_duration_min", "The longest visit cannot be shorter than the shortest.");
            }
        }
    }
    if listing.pricing == Pricing::Unit {
        unit::missing(listing, &mut wrong);
    }
    if listing.kind == Kind::Delivery && listing.pricing == Pricing::Hourly {
        wrong.add("pricing", "Work that is delivered has a whole price. Choose one price, or packages.");
    }
    let whole = matches!(listing.pricing, Pricing::Fixed | Pricing::Unit | Pricing::From);
    if listing.kind == Kind::Delivery && whole && listing.delivery_days == 0 {
        wrong.add("delivery_days", "Say how many days you need.");
    }
    for (row, extra) in listing.extras.iter().enumerate() {
        if extra.name.is_empty() {
            wrong.add(&extra_field(row, "name"), "Say what it is.");
        }
        if extra.price_minor.is_none() {
            wrong.add(&extra_field(row, "price"), "Give it a price; 0 if it costs nothing.");
        }
    }
    questions::missing(listing, &mut wrong);
    surcharges::missing(listing, &mut wrong);
    if listing.members.is_empty() {
        wrong.add("member", "Choose who does it.");
    }
    wrong
}

fn priced(field: &str, minor: Option<i64>, wrong: &mut FieldErrors) {
    match minor {
        None => wrong.add(field, "Give a price."),
        Some(minor) if minor <= 0 => wrong.add(field, "The price is more than nothing."),
        Some(_) => {}
    }
}

fn packages(listing: &Listing, wrong: &mut FieldErrors) {
    if listing.packages.is_empty() {
        wrong.add("package-basic-name", "Describe at least one package.");
    }
    let mut lower: Option<i64> = None;
    for package in &listing.packages {
        let field = |what: &str| package_field(package.tier, what);
        if package.name.is_empty() {
            wrong.add(&field("name"), "Give the package a name.");
        }
        priced(&field("price"), package.price_minor, wrong);
        if listing.kind == Kind::Delivery && package.delivery_days == 0 {
            wrong.add(&field("days"), "Say how many days you need.");
        }
        if let (Some(lower), Some(price)) = (lower, package.price_minor)
            && price < lower
        {
            wrong.add(&field("price"), "A larger package costs at least as much as a smaller one.");
        }
        lower = package.price_minor.or(lower);
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::{leak, package};
    use super::*;
    use crate::catalog::Tier;

    fn fields(listing: &Listing) -> Vec<String> {
        missing(listing).iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn a_whole_listing_lacks_nothing() {
        assert_eq!(fields(&leak()), [""; 0]);
    }

    #[test]
    fn an_empty_one_lacks_everything() {
        let empty = Listing {
            title: String::new(),
            summary: String::new(),
            description: String::new(),
            price_minor: None,
            members: Vec::new(),
            ..leak()
        };
        assert_eq!(fields(&empty), ["title", "summary", "description", "price", "member"]);
    }

    #[test]
    fn packages_rise_and_are_priced() {
        let packages = vec![package(Tier::Basic, 5000), package(Tier::Standard, 4000)];
        let listing = Listing { pricing: Pricing::Packages, price_minor: None, packages, ..leak() };
        assert_eq!(fields(&listing), ["package-standard-price"]);
        let none = Listing { packages: Vec::new(), ..listing };
        assert_eq!(fields(&none), ["package-basic-name"]);
    }

    #[test]
    fn a_delivery_has_days_and_no_hours() {
        let listing = Listing { kind: Kind::Delivery, pricing: Pricing::Hourly, ..leak() };
        assert_eq!(fields(&listing), ["pricing"]);
        let listing = Listing { kind: Kind::Delivery, ..leak() };
        assert_eq!(fields(&listing), ["delivery_days"]);
    }
}
