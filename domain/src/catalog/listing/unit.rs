//! The unit of a listing that is priced by it, as fields of its form, and what they must say.

use super::Listing;
use super::typed::Reading;
use crate::catalog::quote::length_words;
use crate::catalog::unit::{LONGEST_UNIT, MOST_UNITS};
use crate::catalog::{Kind, Unit};
use crate::kernel::FieldErrors;

impl Reading<'_> {
    /// Reads name, fewest, most, and minutes of each.
    pub(super) fn unit(&mut self, into: &mut Unit) {
        self.line("unit_name", &mut into.name, LONGEST_UNIT);
        self.number("unit_least", &mut into.least, (1, MOST_UNITS), "units");
        self.number("unit_most", &mut into.most, (1, MOST_UNITS), "units");
        self.number("unit_minutes", &mut into.minutes, (0, 480), "minutes");
    }
}

/// The fields a form starts with.
pub(super) fn fields(listing: &Listing, put: &mut impl FnMut(String, String)) {
    let unit = &listing.unit;
    put("unit_name".to_owned(), unit.name.clone());
    put("unit_least".to_owned(), unit.least.to_string());
    put("unit_most".to_owned(), unit.most.to_string());
    put("unit_minutes".to_owned(), unit.minutes.to_string());
}

/// The price of one and what can be booked, in one line.
pub(super) fn line(listing: &Listing, price: &str) -> String {
    let unit = &listing.unit;
    let each = match listing.kind {
        Kind::Visit if unit.minutes > 0 => format!(", {} for each", length_words(unit.minutes)),
        Kind::Visit | Kind::Delivery => String::new(),
    };
    format!("{price} per {}, from {} to {}{each}", unit.name, unit.least, unit.most)
}

/// Complaints about a unit nobody could book.
pub(super) fn missing(listing: &Listing, wrong: &mut FieldErrors) {
    let unit = &listing.unit;
    if unit.name.is_empty() {
        wrong.add("unit_name", "Say what you count: “m²”, “window”, “page”.");
    }
    if unit.most < unit.least {
        wrong.add("unit_most", "The most cannot be fewer than the fewest.");
    }
    let shortest = listing.duration_min.saturating_add(unit.minutes.saturating_mul(unit.least));
    if listing.kind == Kind::Visit && shortest > crate::catalog::LONGEST_VISIT_MIN {
        wrong.add("unit_minutes", "Even the fewest take more than a day then.");
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::leak;
    use super::super::{Typed, changes, missing, needs_review, read};
    use super::*;
    use crate::catalog::Pricing;

    fn windows() -> Listing {
        let unit = Unit { name: "window".to_owned(), least: 4, most: 40, minutes: 10 };
        Listing { pricing: Pricing::Unit, price_minor: Some(900), unit, ..leak() }
    }

    fn fields_of(listing: &Listing) -> Vec<String> {
        missing(listing).iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn an_untouched_form_changes_nothing() {
        let (again, wrong) = read(&Typed(super::super::fields(&windows())), &windows());
        assert_eq!((again, wrong.is_empty()), (windows(), true));
        let nonsense = Typed(vec![("unit_least".into(), "0".into()), ("unit_most".into(), "many".into())]);
        let (same, wrong) = read(&nonsense, &windows());
        assert!(same == windows() && wrong.of("unit_least").is_some() && wrong.of("unit_most").is_some());
    }

    #[test]
    fn a_unit_has_a_name_and_room() {
        assert_eq!(fields_of(&windows()), [""; 0]);
        let empty = Listing { unit: Unit { least: 5, most: 4, ..Unit::default() }, ..windows() };
        assert_eq!(fields_of(&empty), ["unit_name", "unit_most"]);
        let long = Listing { unit: Unit { minutes: 480, ..windows().unit }, ..windows() };
        assert_eq!(fields_of(&long), ["unit_minutes"]);
    }

    #[test]
    fn history_tells_it_and_another_kind_of_price_is_looked_at() {
        let told = changes(&leak(), &windows(), &|id| id.to_string());
        assert_eq!(told[0].after, ["€9 per window, from 4 to 40, 10 min for each"]);
        assert!(needs_review(&leak(), &windows()));
        let fewer = Listing { unit: Unit { least: 1, ..windows().unit }, ..windows() };
        assert!(!needs_review(&windows(), &fewer));
        let other = Listing { unit: Unit { name: "pane".to_owned(), ..windows().unit }, ..windows() };
        assert!(needs_review(&windows(), &other), "a price for something else is another price");
    }

    #[test]
    fn a_price_on_request_needs_none() {
        let on_request = Listing { pricing: Pricing::Quote, price_minor: None, ..leak() };
        assert_eq!(fields_of(&on_request), [""; 0]);
        let from = Listing { pricing: Pricing::From, price_minor: None, ..leak() };
        assert_eq!(fields_of(&from), ["price"]);
    }
}
