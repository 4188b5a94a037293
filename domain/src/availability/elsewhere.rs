//! Busy time of calendars kept elsewhere, beside the time that is taken here. No double booking comes first: what is
//! taken stays whose it is.

use crate::kernel::TimeRange;

/// What became of a calendar's busy time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Stretches that were taken.
    pub added: u64,
    /// Stretches that were given back.
    pub removed: u64,
    /// Busy time in which there is a booking.
    pub conflicts: Vec<TimeRange>,
}

/// A stretch that others have taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occupied {
    /// With buffers.
    pub during: TimeRange,
    /// The visit itself, when it is a booking's.
    pub visit: Option<TimeRange>,
}

/// Parts busy time into what is free to be taken, and where visits lie in it. Both lists are in order and do not overlap
/// themselves.
pub(super) fn split(busy: &[TimeRange], taken: &[Occupied]) -> (Vec<TimeRange>, Vec<TimeRange>) {
    let (mut free, mut conflicts) = (Vec::new(), Vec::new());
    for range in busy {
        let mut from = range.start;
        for other in taken.iter().filter(|other| other.during.overlaps(range)) {
            free.extend(TimeRange::new(from, other.during.start));
            from = from.max(other.during.end);
            if let Some(visit) = other.visit.filter(|visit| visit.overlaps(range)) {
                conflicts.extend(TimeRange::new(visit.start.max(range.start), visit.end.min(range.end)));
            }
        }
        free.extend(TimeRange::new(from, range.end));
    }
    (free, conflicts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn range(from: i64, to: i64) -> TimeRange {
        let at = |second| Timestamp::from_second(second).expect("a second");
        TimeRange::new(at(from), at(to)).expect("a stretch")
    }

    fn booked(from: i64, to: i64) -> Occupied {
        Occupied { during: range(from - 1, to + 1), visit: Some(range(from, to)) }
    }

    #[test]
    fn what_is_taken_is_cut_out_and_visits_are_told_of() {
        let (free, conflicts) = split(&[range(0, 10), range(20, 30)], &[booked(5, 7), booked(29, 33)]);
        assert_eq!(free, [range(0, 4), range(8, 10), range(20, 28)]);
        assert_eq!(conflicts, [range(5, 7), range(29, 30)]);
        let (free, conflicts) = split(&[range(10, 20)], &[Occupied { during: range(0, 30), visit: None }]);
        assert_eq!((free, conflicts), (vec![], vec![]));
    }

    /// Stretches in order that do not touch.
    fn stretches() -> impl Strategy<Value = Vec<TimeRange>> {
        proptest::collection::vec((1..9_i64, 1..9_i64), 0..12).prop_map(|steps| {
            let mut at = 0;
            let next = |(gap, length): (i64, i64)| {
                let from = at + gap;
                at = from + length;
                range(from, at)
            };
            steps.into_iter().map(next).collect()
        })
    }

    proptest! {
        /// Second by second: free is what is busy and not taken.
        #[test]
        fn nothing_is_taken_twice_and_nothing_is_lost(busy in stretches(), others in stretches()) {
            let taken: Vec<_> = others.iter().map(|during| Occupied { during: *during, visit: None }).collect();
            let (free, _) = split(&busy, &taken);
            let within = |all: &[TimeRange], second: i64| {
                let one = range(second, second + 1);
                all.iter().filter(|range| range.overlaps(&one)).count()
            };
            for second in 0..250 {
                let wanted = usize::from(within(&busy, second) == 1 && within(&others, second) == 0);
                prop_assert_eq!(within(&free, second), wanted, "at {}", second);
            }
        }
    }
}
