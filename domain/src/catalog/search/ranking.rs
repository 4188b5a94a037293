//! The order of "recommended": every weight there is, and the one function that adds them up. The page
//! `/how-ranking-works`, the words beside a result and the job that ranks read this file, so that what is published is
//! what is done.
//!
//! Two parts. The **standing** of a service does not depend on what is looked for: a job works it out
//! ([`super::rank_due`]) and keeps it on the listing, where an index has it in order. What depends on the question
//! (words in the title, nearness) is added when a search looks at all of its few matches anyway.

use crate::kernel::ProviderId;
use jiff::{SignedDuration, Timestamp};

/// Reviews every service begins with, so that one happy customer does not beat a hundred: so many …
pub const PRIOR_REVIEWS: i64 = 8;
/// … of so many stars × 10.
pub const PRIOR_STARS_TENTHS: i64 = 42;
/// An average of so many stars or less earns nothing for quality.
pub const FEWEST_STARS: i64 = 3;
/// Bookings every business begins with, so that one missed visit does not sink a newcomer: so many …
pub const PRIOR_BOOKINGS: i64 = 10;
/// … of which so many percent were kept.
pub const PRIOR_KEPT_PERCENT: i64 = 90;
/// Keeping so many percent of the bookings or less earns nothing.
pub const LEAST_KEPT_PERCENT: i64 = 70;
/// Requests a business must have answered before its speed counts; until then it earns half.
pub const FEWEST_ANSWERS: i64 = 3;
/// Answering within so many hours on average, and the percent of the points it earns. Slower earns nothing.
pub const ANSWERS_WITHIN: [(i64, i64); 4] = [(1, 100), (4, 75), (12, 50), (24, 25)];
/// Free (or delivered) within so many days, and the percent of the points it earns. Later earns nothing.
pub const FREE_WITHIN: [(i64, i64); 4] = [(2, 100), (4, 70), (7, 40), (14, 15)];
/// A business is new for so many days …
pub const NEW_FOR_DAYS: i64 = 90;
/// … unless it has so many reviews before.
pub const NEW_UNTIL_REVIEWS: i64 = 5;
/// It is a new business's turn on one day of so many; which day depends on nothing but business and date.
pub const NEW_ONE_DAY_OF: u64 = 3;

/// All words in the title: above everything else.
pub const TITLED: i64 = 100_000;
/// At the very place that was asked for; falls evenly with the way.
pub const NEAR: i64 = 3000;
/// So many kilometres away nearness earns nothing any more.
pub const NEAR_FADES_KM: i64 = 30;
/// Remote services are near to every place by so much: half of what the nearest gets.
pub const NEAR_REMOTE: i64 = NEAR / 2;

/// A standing that differs by less is not written down: rewriting a listing costs more than its place is worth.
pub const WORTH_WRITING: i64 = 25;

/// At most so many services of a page are featured …
pub const FEATURED_A_PAGE: usize = 3;
/// … of those with so many reviews or more …
pub const FEATURED_REVIEWS: u32 = 10;
/// … and so many percent of the points of each of [`FEATURED_FOR`] or more …
pub const FEATURED_PERCENT: i64 = 80;
/// … whose business was checked.
pub const FEATURED_FOR: [Part; 4] = [Part::Quality, Part::Completion, Part::Soon, Part::Answers];

/// A part of a standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What customers say.
    Quality,
    /// Bookings that were kept.
    Completion,
    /// How soon there is time.
    Soon,
    /// How soon requests are answered.
    Answers,
    /// The business was checked.
    Verified,
    /// There is a picture.
    Pictured,
    /// A new business, on its day.
    Newcomer,
}

impl Part {
    /// All parts, in the order in which a listing keeps them. New ones go to the end.
    pub const ALL: [Self; 7] =
        [Self::Quality, Self::Completion, Self::Soon, Self::Answers, Self::Verified, Self::Pictured, Self::Newcomer];

    /// The most points it can earn. All together are 10,000.
    #[must_use]
    pub const fn most(self) -> i64 {
        match self {
            Self::Quality => 4000,
            Self::Completion | Self::Soon => 1500,
            Self::Answers | Self::Newcomer => 1000,
            Self::Verified => 700,
            Self::Pictured => 300,
        }
    }
}

/// What is known of a service and its business.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Whose service it is.
    pub provider: ProviderId,
    /// Stars of all reviews of the service together.
    pub stars: i64,
    /// Reviews of the service.
    pub reviews: i64,
    /// Reviews of the business.
    pub provider_reviews: i64,
    /// Since when the business is there.
    pub since: Timestamp,
    /// Its bookings that were completed.
    pub kept: i64,
    /// Its bookings that it cancelled, let lapse or did not begin.
    pub broken: i64,
    /// Bookings are agreed at once; never where the price is on request.
    pub instant: bool,
    /// Requests it answered.
    pub answers: i64,
    /// Minutes all of these answers took together.
    pub answer_minutes: i64,
    /// The next free time, or the day a delivery would be due; `None` where the price is on request.
    pub free_at: Option<Timestamp>,
    /// The business was checked.
    pub verified: bool,
    /// There is a picture.
    pub pictured: bool,
}

/// How a service stands whatever is looked for: points for each part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing([i16; Part::ALL.len()]);

impl Standing {
    /// Works it out.
    #[must_use]
    pub fn of(facts: &Facts, now: Timestamp) -> Self {
        Self(Part::ALL.map(|part| {
            let points = part.most() * per_mille(part, facts, now).clamp(0, 1000) / 1000;
            i16::try_from(points).unwrap_or(i16::MAX)
        }))
    }

    /// The points of all parts as a listing keeps them.
    #[must_use]
    pub fn points(&self) -> &[i16] {
        &self.0
    }

    /// A standing that a listing keeps; `None` if it was not worked out yet.
    #[must_use]
    pub fn read(points: &[i16]) -> Option<Self> {
        points.try_into().ok().map(Self)
    }

    /// The points of a part.
    #[must_use]
    pub fn part(&self, part: Part) -> i64 {
        self.0.get(part as usize).copied().map_or(0, i64::from)
    }

    /// All points together: 0 to 10,000.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.iter().copied().map(i64::from).sum()
    }
}

/// Points for the way from the place that was asked for; the statement of a search works it out the same way.
#[must_use]
pub fn nearness(km: f64) -> i64 {
    (NEAR as f64 * (1.0 - km / NEAR_FADES_KM as f64)).max(0.0).round() as i64
}

/// Whether a service is good enough in everything to be featured. A label and no more: its place stays what it is.
#[must_use]
pub fn may_be_featured(standing: &Standing, reviews: u32) -> bool {
    reviews >= FEATURED_REVIEWS
        && standing.part(Part::Verified) > 0
        && FEATURED_FOR.iter().all(|part| standing.part(*part) * 100 >= part.most() * FEATURED_PERCENT)
}

/// Whether the business is new.
#[must_use]
pub fn is_new(facts: &Facts, now: Timestamp) -> bool {
    facts.provider_reviews < NEW_UNTIL_REVIEWS && now.duration_since(facts.since).as_hours() < NEW_FOR_DAYS * 24
}

/// How much of the points of a part is earned, of 1000.
fn per_mille(part: Part, facts: &Facts, now: Timestamp) -> i64 {
    let all_if = |yes: bool| if yes { 1000 } else { 0 };
    match part {
        Part::Quality => {
            // Stars × 1000 as if the prior reviews came before.
            let stars = (facts.stars * 10 + PRIOR_REVIEWS * PRIOR_STARS_TENTHS) * 100;
            let average = stars / (facts.reviews + PRIOR_REVIEWS);
            (average - FEWEST_STARS * 1000) / (5 - FEWEST_STARS)
        }
        Part::Completion => {
            let kept = facts.kept * 1000 + PRIOR_BOOKINGS * PRIOR_KEPT_PERCENT * 10;
            let rate = kept / (facts.kept + facts.broken + PRIOR_BOOKINGS);
            (rate - LEAST_KEPT_PERCENT * 10) * 100 / (100 - LEAST_KEPT_PERCENT)
        }
        Part::Soon => facts.free_at.map_or(0, |at| {
            let wait = at.duration_since(now);
            step(&FREE_WITHIN, |days| wait <= SignedDuration::from_hours(days * 24))
        }),
        Part::Answers if facts.instant => 1000,
        Part::Answers if facts.answers < FEWEST_ANSWERS => 500,
        Part::Answers => step(&ANSWERS_WITHIN, |hours| facts.answer_minutes <= hours * 60 * facts.answers),
        Part::Verified => all_if(facts.verified),
        Part::Pictured => all_if(facts.pictured),
        Part::Newcomer => all_if(is_new(facts, now) && is_turn_of(facts.provider, now)),
    }
}

/// Of the steps, the first that is reached, of 1000.
fn step(steps: &[(i64, i64)], reached: impl Fn(i64) -> bool) -> i64 {
    steps.iter().find(|(bound, _)| reached(*bound)).map_or(0, |(_, percent)| percent * 10)
}

/// Whether it is a business's day (in UTC): no chance, so that every page of a list and every process agree.
fn is_turn_of(provider: ProviderId, now: Timestamp) -> bool {
    // FNV-1a over the id gives each business its own place in the round.
    let place = provider
        .0
        .as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let day = u64::try_from(now.as_second() / 86_400).unwrap_or(0);
    (place % NEW_ONE_DAY_OF + day).is_multiple_of(NEW_ONE_DAY_OF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn now() -> Timestamp {
        "2026-11-02T09:00:00Z".parse().expect("an instant")
    }

    /// An old business that nobody has said anything about yet.
    fn facts() -> Facts {
        Facts {
            provider: ProviderId(Uuid::from_u128(7)),
            stars: 0,
            reviews: 0,
            provider_reviews: 20,
            since: now() - SignedDuration::from_hours(24 * 400),
            kept: 0,
            broken: 0,
            instant: true,
            answers: 0,
            answer_minutes: 0,
            free_at: Some(now() + SignedDuration::from_hours(20)),
            verified: true,
            pictured: true,
        }
    }

    #[test]
    fn all_parts_are_ten_thousand_points() {
        assert_eq!(Part::ALL.iter().map(|part| part.most()).sum::<i64>(), 10_000);
        for (place, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(part as usize, place);
        }
    }

    #[test]
    fn one_happy_customer_does_not_beat_a_hundred() {
        let quality = |stars, reviews| Standing::of(&Facts { stars, reviews, ..facts() }, now()).part(Part::Quality);
        let (none, one, hundred) = (quality(0, 0), quality(5, 1), quality(480, 100));
        assert_eq!(none, 2400, "4.2 stars before anybody said anything");
        assert!(none < one && one < hundred, "{none} {one} {hundred}");
        assert_eq!(quality(100, 100), 0);
    }

    #[test]
    fn kept_bookings_and_quick_answers_count() {
        let with = |change: &dyn Fn(&mut Facts), part| {
            let mut facts = facts();
            change(&mut facts);
            Standing::of(&facts, now()).part(part)
        };
        assert_eq!(with(&|_| (), Part::Completion), 999, "90 of 100 before the first booking");
        assert!(with(&|f| f.kept = 200, Part::Completion) > 1400);
        assert!(with(&|f| (f.kept, f.broken) = (30, 10), Part::Completion) < 500);
        assert_eq!(with(&|_| (), Part::Answers), 1000, "at once is the quickest answer");
        let asked = |answers, minutes| {
            with(&|f| (f.instant, f.answers, f.answer_minutes) = (false, answers, minutes), Part::Answers)
        };
        let speeds =
            [asked(0, 0), asked(10, 300), asked(10, 2000), asked(10, 7000), asked(10, 14_000), asked(10, 15_000)];
        assert_eq!(speeds, [500, 1000, 750, 500, 250, 0]);
        let free = |hours| with(&|f| f.free_at = Some(now() + SignedDuration::from_hours(hours)), Part::Soon);
        assert_eq!([0, 47, 50, 100, 300, 400].map(free), [1500, 1500, 1050, 600, 225, 0]);
        // Within two days is not later than in two days, as it is published: files due in two days are.
        assert_eq!([48, 49, 96, 97, 168, 169, 336, 337].map(free), [1500, 1050, 1050, 600, 600, 225, 225, 0]);
        assert_eq!(with(&|f| f.free_at = None, Part::Soon), 0);
    }

    #[test]
    fn every_new_business_has_its_turn_one_day_of_three_and_no_other_has() {
        let day = |n: i64| now() + SignedDuration::from_hours(24 * n);
        for id in 0..50 {
            let new = Facts { provider: ProviderId(Uuid::from_u128(id)), since: now(), provider_reviews: 0, ..facts() };
            let turns: Vec<i64> = (0..30).filter(|n| Standing::of(&new, day(*n)).part(Part::Newcomer) > 0).collect();
            assert_eq!(turns.len(), 10, "{turns:?}");
            assert!(turns.windows(2).all(|pair| pair[1] - pair[0] == 3), "{turns:?}");
            assert_eq!(Standing::of(&new, day(turns[0])), Standing::of(&new, day(turns[0])), "nothing is drawn");
            let known = Facts { provider_reviews: NEW_UNTIL_REVIEWS, ..new.clone() };
            assert_eq!(Standing::of(&known, day(turns[0])).part(Part::Newcomer), 0);
            assert_eq!(Standing::of(&new, day(91 + turns[0])).part(Part::Newcomer), 0, "nobody stays new");
        }
        let first = |id| (0..3).find(|n| is_turn_of(ProviderId(Uuid::from_u128(id)), day(*n)));
        let days: std::collections::BTreeSet<_> = (0..50).map(first).collect();
        assert_eq!(days.len(), 3, "they take turns");
    }

    #[test]
    fn only_who_is_good_in_everything_is_featured() {
        let good = Facts { stars: 100, reviews: 20, kept: 100, ..facts() };
        let featured = |facts: &Facts, reviews| may_be_featured(&Standing::of(facts, now()), reviews);
        assert!(featured(&good, FEATURED_REVIEWS) && !featured(&good, FEATURED_REVIEWS - 1));
        assert!(!featured(&Facts { verified: false, ..good.clone() }, 20));
        assert!(!featured(&Facts { free_at: None, ..good.clone() }, 20));
        assert!(!featured(&Facts { stars: 80, ..good.clone() }, 20));
        assert!(!featured(&Facts { broken: 20, ..good }, 20));
    }

    #[test]
    fn nearness_fades() {
        assert_eq!([0.0, 15.0, 30.0, 500.0].map(nearness), [NEAR, NEAR / 2, 0, 0]);
    }

    proptest! {
        #[test]
        fn points_stay_in_bounds(stars in 0..5_000_000_i64, reviews in 0..1_000_000_i64, kept in 0..1_000_000_i64,
                                 broken in 0..1_000_000_i64, answers in 0..100_000_i64, minutes in 0..100_000_000_i64,
                                 free in -1000..10_000_i64) {
            let free_at = Some(now() + SignedDuration::from_hours(free));
            let facts = Facts { stars, reviews, kept, broken, instant: false, answers, answer_minutes: minutes, free_at, ..facts() };
            let standing = Standing::of(&facts, now());
            for part in Part::ALL {
                prop_assert!((0..=part.most()).contains(&standing.part(part)), "{part:?} {standing:?}");
            }
            prop_assert!((0..=10_000).contains(&standing.total()));
            prop_assert_eq!(Standing::read(standing.points()), Some(standing));
        }
    }
}
