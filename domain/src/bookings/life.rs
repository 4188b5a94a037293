//! The life of a booking as one table: from which state, on which event, by whom, to which state. What is
//! not a row cannot happen. Every state that waits has a clock and an outcome.

use crate::catalog::{BookingMode, Kind};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])+ $name:ident { $($(#[$word:meta])+ $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$word])+ #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the database, in addresses and in the history.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The one of a name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

words! {
    /// Where a booking is in its life.
    State {
        /// A checkout is under way; the time is kept for ten minutes.
        Held = "held",
        /// The provider has been asked.
        Requested = "requested",
        /// Agreed.
        Confirmed = "confirmed",
        /// The work is under way.
        Started = "started",
        /// The provider says it is done; the customer is asked to confirm.
        Done = "done",
        /// Confirmed by the customer, or by lapse.
        Completed = "completed",
        /// The provider said no.
        Declined = "declined",
        /// One of the two called it off.
        Cancelled = "cancelled",
        /// A clock ran out.
        Expired = "expired",
    }
}

words! {
    /// What can happen to a booking.
    Event {
        /// The customer confirms a hold of a service that is booked at once.
        Confirm = "confirm",
        /// The customer confirms a hold of a service that the provider accepts first.
        Request = "request",
        /// The provider says yes.
        Accept = "accept",
        /// The provider says no.
        Decline = "decline",
        /// The provider begins the work.
        Start = "start",
        /// The provider says the work is done.
        Finish = "finish",
        /// The customer confirms it, with satisfaction 1–5.
        SignOff = "sign_off",
        /// One of the two calls it off.
        Cancel = "cancel",
        /// One of the two moves the visit to another time.
        Reschedule = "reschedule",
        /// The business gives the visit to another of its people.
        Reassign = "reassign",
        /// The clock of the state ran out.
        Lapse = "lapse",
    }
}

words! {
    /// In which capacity somebody acts on a booking.
    Capacity {
        /// Who booked.
        Customer = "customer",
        /// Who was booked: the member, or a manager of the business.
        Provider = "provider",
        /// The marketplace's clock.
        Clock = "system",
    }
}

/// What a move does to the reserved time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// Nothing.
    Keep,
    /// It waits for the provider.
    Pending,
    /// It is agreed.
    Confirmed,
    /// It is given back.
    Release,
    /// It is given back, and another one is taken for the same.
    Move,
    /// It is given back, and the same of somebody else is taken.
    Give,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// In this state …
    pub from: State,
    /// … this may happen …
    pub event: Event,
    /// … by doing of this side …
    pub by: Capacity,
    /// … and leads here …
    pub to: State,
    /// … with this effect on the reserved time.
    pub time: Time,
}

const fn row(from: State, event: Event, by: Capacity, to: State, time: Time) -> Move {
    Move { from, event, by, to, time }
}

/// The table of life.
pub const LIFE: &[Move] = &[
    row(State::Held, Event::Confirm, Capacity::Customer, State::Confirmed, Time::Confirmed),
    row(State::Held, Event::Request, Capacity::Customer, State::Requested, Time::Pending),
    row(State::Held, Event::Cancel, Capacity::Customer, State::Cancelled, Time::Release),
    row(State::Held, Event::Lapse, Capacity::Clock, State::Expired, Time::Release),
    row(State::Requested, Event::Accept, Capacity::Provider, State::Confirmed, Time::Confirmed),
    row(State::Requested, Event::Decline, Capacity::Provider, State::Declined, Time::Release),
    row(State::Requested, Event::Cancel, Capacity::Customer, State::Cancelled, Time::Release),
    row(State::Requested, Event::Reschedule, Capacity::Customer, State::Requested, Time::Move),
    row(State::Requested, Event::Reschedule, Capacity::Provider, State::Requested, Time::Move),
    row(State::Requested, Event::Reassign, Capacity::Provider, State::Requested, Time::Give),
    row(State::Requested, Event::Lapse, Capacity::Clock, State::Expired, Time::Release),
    row(State::Confirmed, Event::Start, Capacity::Provider, State::Started, Time::Keep),
    row(State::Confirmed, Event::Cancel, Capacity::Customer, State::Cancelled, Time::Release),
    row(State::Confirmed, Event::Cancel, Capacity::Provider, State::Cancelled, Time::Release),
    row(State::Confirmed, Event::Reschedule, Capacity::Customer, State::Confirmed, Time::Move),
    row(State::Confirmed, Event::Reschedule, Capacity::Provider, State::Confirmed, Time::Move),
    row(State::Confirmed, Event::Reassign, Capacity::Provider, State::Confirmed, Time::Give),
    row(State::Confirmed, Event::Lapse, Capacity::Clock, State::Expired, Time::Release),
    row(State::Started, Event::Finish, Capacity::Provider, State::Done, Time::Keep),
    row(State::Started, Event::Cancel, Capacity::Provider, State::Cancelled, Time::Release),
    row(State::Started, Event::Lapse, Capacity::Clock, State::Done, Time::Keep),
    row(State::Done, Event::SignOff, Capacity::Customer, State::Completed, Time::Keep),
    row(State::Done, Event::Lapse, Capacity::Clock, State::Completed, Time::Keep),
];

/// How long a checkout keeps its time.
pub const HOLD: SignedDuration = SignedDuration::from_mins(10);
/// The longest a provider may take to answer a request.
pub const ANSWER: SignedDuration = SignedDuration::from_hours(24);
/// A request is answered at least this long before the visit.
pub const ANSWER_BEFORE: SignedDuration = SignedDuration::from_hours(2);
/// How long a customer has to confirm before it counts as confirmed: from the end of a visit on, if it was done sooner.
pub const SIGN_OFF: SignedDuration = SignedDuration::from_hours(48);
/// How long after the end of a visit (or the due date) somebody may still say how it went.
pub const UNATTENDED: SignedDuration = SignedDuration::from_hours(48);
/// The same for a delivery, which may be late.
pub const UNDELIVERED: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long before a visit its customer is asked once more for answers that the work waits for.
pub const ASK_AGAIN_BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// Not sooner than this after the letter that has just asked.
pub const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(2);
/// A delivery has no time to come: so long after it was agreed.
pub const ASK_AGAIN_DELIVERY: SignedDuration = SignedDuration::from_hours(24);

/// When the customer of a booking that comes into a state, or is moved in it, is asked once more for open answers: once,
/// a day before the visit. `None`: nothing waits for answers then, or there is no time left to ask twice.
#[must_use]
pub fn asks_again(state: State, kind: Kind, now: Timestamp, starts_at: Option<Timestamp>) -> Option<Timestamp> {
    if !matches!(state, State::Confirmed) {
        return None;
    }
    match (kind, starts_at) {
        (Kind::Delivery, _) => now.checked_add(ASK_AGAIN_DELIVERY).ok(),
        (Kind::Visit, Some(start)) => {
            let soonest = now.checked_add(ASK_AGAIN_AFTER).ok()?;
            Some(start.checked_sub(ASK_AGAIN_BEFORE).ok()?.max(soonest)).filter(|at| *at < start)
        }
        (Kind::Visit, None) => None,
    }
}

/// The row of an event in a state by a side, if it may happen.
#[must_use]
pub fn find(from: State, event: Event, by: Capacity) -> Option<&'static Move> {
    LIFE.iter().find(|row| row.from == from && row.event == event && row.by == by)
}

/// What a move says about the word of the provider; ranking counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A booking was completed.
    Kept,
    /// An agreed booking was called off by the provider or not begun, or a request was left without an answer.
    Broken,
    /// A request was answered; yes and no are both an answer.
    Answered,
}

/// What a move says about the word of the provider, if anything.
#[must_use]
pub const fn word(row: &Move) -> Option<Word> {
    match (row.from, row.event, row.by) {
        _ if matches!(row.to, State::Completed) => Some(Word::Kept),
        (_, Event::Accept | Event::Decline, _) => Some(Word::Answered),
        (_, Event::Cancel, Capacity::Provider) | (State::Requested | State::Confirmed, Event::Lapse, _) => {
            Some(Word::Broken)
        }
        _ => None,
    }
}

/// Whether this happens only when the questions of the business that need an answer have one.
#[must_use]
pub const fn needs_answers(event: Event) -> bool {
    matches!(event, Event::Start)
}

/// Whether the customer can answer in this state: once it is asked for or agreed, until the work begins.
#[must_use]
pub const fn takes_answers(state: State) -> bool {
    matches!(state, State::Requested | State::Confirmed)
}

/// What a side can do now, in the order of the table.
pub fn open_to(state: State, by: Capacity, mode: BookingMode) -> impl Iterator<Item = Event> {
    let rows = LIFE.iter().filter(move |row| row.from == state && row.by == by);
    rows.map(|row| row.event).filter(move |event| fits(*event, mode))
}

/// A hold is confirmed at once or asked for, as the service says; never the other way round.
#[must_use]
pub fn fits(event: Event, mode: BookingMode) -> bool {
    match event {
        Event::Confirm => mode == BookingMode::Instant,
        Event::Request => mode == BookingMode::Request,
        _ => true,
    }
}

/// When a booking that enters `state` at `now` ends by itself. `promised` is the end of the visit or the
/// due date, `starts` the beginning of the visit.
#[must_use]
pub fn clock(
    state: State,
    kind: Kind,
    now: Timestamp,
    starts: Option<Timestamp>,
    promised: Option<Timestamp>,
) -> Option<Timestamp> {
    let after = |at: Timestamp, by: SignedDuration| at.checked_add(by).ok();
    match state {
        State::Held => after(now, HOLD),
        State::Requested => {
            let answer = after(now, ANSWER)?;
            let latest = starts.and_then(|starts| starts.checked_sub(ANSWER_BEFORE).ok());
            Some(latest.map_or(answer, |latest| latest.min(answer)).max(now))
        }
        State::Confirmed | State::Started => {
            after(promised?.max(now), if kind == Kind::Visit { UNATTENDED } else { UNDELIVERED })
        }
        State::Done => {
            after(if kind == Kind::Visit { promised.map_or(now, |end| end.max(now)) } else { now }, SIGN_OFF)
        }
        State::Completed | State::Declined | State::Cancelled | State::Expired => None,
    }
}

impl State {
    /// Whether nothing can happen any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        LIFE.iter().all(|row| row.from != self)
    }

    /// One or two words for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Held => "Not confirmed yet",
            Self::Requested => "Waiting for an answer",
            Self::Confirmed => "Confirmed",
            Self::Started => "Under way",
            Self::Done => "Done – please confirm",
            Self::Completed => "Completed",
            Self::Declined => "Declined",
            Self::Cancelled => "Cancelled",
            Self::Expired => "Expired",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_rows_contradict_each_other() {
        let mut seen = HashSet::new();
        for row in LIFE {
            assert!(seen.insert((row.from, row.event, row.by)), "{row:?} stands twice");
        }
    }

    #[test]
    fn every_waiting_state_has_a_clock_and_an_outcome() {
        let now = Timestamp::UNIX_EPOCH;
        for state in State::ALL.iter().copied().filter(|state| !state.is_over()) {
            for kind in [Kind::Visit, Kind::Delivery] {
                assert!(clock(state, kind, now, Some(now), Some(now)).is_some(), "{state:?} waits for ever");
            }
            assert!(find(state, Event::Lapse, Capacity::Clock).is_some(), "{state:?} has no outcome");
        }
        for state in State::ALL.iter().copied().filter(|state| state.is_over()) {
            assert_eq!(clock(state, Kind::Visit, now, Some(now), Some(now)), None);
        }
    }

    #[test]
    fn every_state_can_be_reached_and_every_live_one_ends() {
        let mut reached = HashSet::from([State::Held]);
        while let Some(row) = LIFE.iter().find(|row| reached.contains(&row.from) && !reached.contains(&row.to)) {
            reached.insert(row.to);
        }
        assert_eq!(reached.len(), State::ALL.len());
    }

    #[test]
    fn time_is_given_back_exactly_when_nothing_will_happen_in_it() {
        for row in LIFE {
            let gone = matches!(row.to, State::Declined | State::Cancelled | State::Expired);
            assert_eq!(row.time == Time::Release, gone, "{row:?}");
        }
    }

    #[test]
    fn moving_a_visit_moves_its_time_and_nothing_else() {
        for row in LIFE {
            let (moves, gives) = (row.event == Event::Reschedule, row.event == Event::Reassign);
            assert_eq!((row.time == Time::Move, row.time == Time::Give), (moves, gives), "{row:?}");
            assert!(!(moves || gives) || (row.from == row.to && word(row).is_none()), "{row:?}");
            assert!(!gives || row.by == Capacity::Provider, "who comes is for the business to say: {row:?}");
        }
    }

    #[test]
    fn what_customers_do_says_nothing_about_the_providers_word() {
        let of = |word| LIFE.iter().filter(move |row| super::word(row) == Some(word));
        assert!(of(Word::Kept).all(|row| row.to == State::Completed));
        assert!(of(Word::Answered).all(|row| row.from == State::Requested && row.by == Capacity::Provider));
        assert!(of(Word::Broken).all(|row| row.by != Capacity::Customer && row.from != State::Held));
        assert_eq!([Word::Kept, Word::Answered, Word::Broken].map(|word| of(word).count()), [2, 2, 4]);
    }

    #[test]
    fn what_needs_answers_begins_where_answers_are_taken() {
        for row in LIFE.iter().filter(|row| needs_answers(row.event)) {
            assert!(takes_answers(row.from) && !takes_answers(row.to), "{row:?}");
            assert_eq!(row.by, Capacity::Provider, "the customer would only stop themselves");
        }
    }

    #[test]
    fn silence_confirms_no_visit_whose_time_is_not_over() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let ends = |kind, end| clock(State::Done, kind, at("2026-11-02T09:00:00Z"), None, Some(at(end)));
        assert_eq!(ends(Kind::Visit, "2026-11-02T08:00:00Z"), Some(at("2026-11-04T09:00:00Z")), "done in its time");
        assert_eq!(
            ends(Kind::Visit, "2026-11-06T12:00:00Z"),
            Some(at("2026-11-08T12:00:00Z")),
            "said to be done before"
        );
        assert_eq!(ends(Kind::Delivery, "2026-11-06T12:00:00Z"), Some(at("2026-11-04T09:00:00Z")), "it is there");
    }

    #[test]
    fn a_request_is_answered_in_a_day_or_two_hours_before() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let now = at("2026-11-02T09:00:00Z");
        let clock = |starts: &str| clock(State::Requested, Kind::Visit, now, Some(at(starts)), None);
        assert_eq!(clock("2026-11-09T09:00:00Z"), Some(at("2026-11-03T09:00:00Z")));
        assert_eq!(clock("2026-11-02T15:00:00Z"), Some(at("2026-11-02T13:00:00Z")));
        assert_eq!(clock("2026-11-02T10:00:00Z"), Some(now));
    }
}
