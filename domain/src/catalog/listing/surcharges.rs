//! The surcharges of a listing as fields of its form, as lines of its history, and what they must say.

use super::Listing;
use super::typed::Reading;
use crate::catalog::surcharges::{MOST_PERCENT, clock};
use crate::catalog::{Kind, Surcharges};
use crate::kernel::FieldErrors;
use jiff::civil::Time;

impl Reading<'_> {
    /// Reads percents and the hours of the night; an empty percent is none.
    pub(super) fn surcharges(&mut self, into: &mut Surcharges) {
        self.percent("weekend_percent", &mut into.weekend_percent);
        self.percent("night_percent", &mut into.night_percent);
        self.minute("night_from", &mut into.night_from_min);
        self.minute("night_until", &mut into.night_until_min);
    }

    fn percent(&mut self, name: &str, into: &mut u32) {
        if !self.typed.given(name) {
            return;
        }
        let typed = self.typed.text(name).trim_end_matches('%').trim_end();
        match typed.parse::<u32>() {
            _ if typed.is_empty() => *into = 0,
            Ok(percent) if percent <= MOST_PERCENT => *into = percent,
            _ => self.wrong.add(name, format!("Give whole percents up to {MOST_PERCENT}, or leave it empty.")),
        }
    }

    fn minute(&mut self, name: &str, into: &mut u32) {
        if !self.typed.given(name) {
            return;
        }
        let time = Time::strptime("%H:%M", self.typed.text(name));
        let minute =
            time.ok().and_then(|time| u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok());
        match minute {
            Some(minute) => *into = minute,
            None => self.wrong.add(name, "Give a time of day like 20:00."),
        }
    }
}

/// The fields a form starts with.
pub(super) fn fields(listing: &Listing, put: &mut impl FnMut(String, String)) {
    let surcharges = &listing.surcharges;
    let percent = |percent: u32| if percent == 0 { String::new() } else { percent.to_string() };
    put("weekend_percent".to_owned(), percent(surcharges.weekend_percent));
    put("night_percent".to_owned(), percent(surcharges.night_percent));
    put("night_from".to_owned(), clock(surcharges.night_from_min));
    put("night_until".to_owned(), clock(surcharges.night_until_min));
}

/// A line each, for the history.
pub(super) fn lines(listing: &Listing) -> Vec<String> {
    if listing.kind == Kind::Delivery { Vec::new() } else { listing.surcharges.sentences() }
}

/// Whether a visit can cost more than half more than before because of them.
pub(super) fn dearer(old: &Listing, new: &Listing) -> bool {
    let leaps = |old: u32, new: u32| (100 + new) * 2 > (100 + old) * 3;
    leaps(old.surcharges.weekend_percent, new.surcharges.weekend_percent)
        || leaps(old.surcharges.night_percent, new.surcharges.night_percent)
}

/// A night that never comes is a slip.
pub(super) fn missing(listing: &Listing, wrong: &mut FieldErrors) {
    let surcharges = &listing.surcharges;
    if surcharges.night_percent > 0 && surcharges.night_from_min == surcharges.night_until_min {
        wrong.add("night_until", "Say when the night is over; it ends when it begins.");
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::leak;
    use super::super::{Typed, changes, missing, needs_review, read};
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn night(percent: u32) -> Listing {
        let surcharges = Surcharges { night_percent: percent, night_from_min: 22 * 60, ..Surcharges::default() };
        Listing { surcharges, ..leak() }
    }

    #[test]
    fn percents_and_hours_are_read_and_come_back() {
        let said = typed(&[
            ("weekend_percent", ""),
            ("night_percent", "40 %"),
            ("night_from", "22:00"),
            ("night_until", "06:00"),
        ]);
        let (listing, wrong) = read(&said, &leak());
        assert_eq!((listing, wrong.is_empty()), (night(40), true));
        let (again, wrong) = read(&Typed(super::super::fields(&night(40))), &night(40));
        assert_eq!((again, wrong.is_empty()), (night(40), true));
        for (field, nonsense) in
            [("weekend_percent", "201"), ("night_percent", "2.5"), ("night_from", "25:00"), ("night_until", "six")]
        {
            let (listing, wrong) = read(&typed(&[(field, nonsense)]), &leak());
            assert!(wrong.of(field).is_some() && listing == leak(), "{field} = {nonsense}");
        }
    }

    #[test]
    fn a_night_that_never_comes_is_told() {
        let mut listing = night(40);
        listing.surcharges.night_until_min = listing.surcharges.night_from_min;
        assert!(missing(&listing).of("night_until").is_some());
        assert!(missing(&night(40)).is_empty());
    }

    #[test]
    fn half_more_is_looked_at_first() {
        assert_eq!(changes(&leak(), &night(50), &|id| id.to_string()).len(), 1);
        assert!(!needs_review(&leak(), &night(50)));
        assert!(needs_review(&leak(), &night(51)));
        assert!(!needs_review(&night(51), &leak()));
    }
}
