//! A booking and its history, by the table of life: what the table does not allow cannot be told.

use super::market::{Market, minutes_between, shift};
use super::notes;
use crate::drawing::dice::Dice;
use domain::bookings::life::{self, Capacity, Event, State};
use domain::catalog::{BookingMode, Kind};
use domain::kernel::Error;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// How far a booking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Held,
    Requested,
    Confirmed,
    Started,
    Done,
    Completed,
    /// Confirmed by nobody in time.
    Lapsed,
    Declined,
    CancelledByCustomer,
    CancelledByProvider,
    /// A hold or a request that ran out.
    Expired,
    /// Confirmed, under way or done: as the time of day says.
    ByTheClock,
}

impl Ending {
    /// What happened, in order.
    pub fn events(self, mode: BookingMode) -> Vec<(Event, Capacity)> {
        use Capacity::{Clock, Customer, Provider};
        let asked = (Event::Request, Customer);
        let agreed = match mode {
            BookingMode::Instant => vec![(Event::Confirm, Customer)],
            BookingMode::Request => vec![asked, (Event::Accept, Provider)],
        };
        let with = |more: &[(Event, Capacity)]| [agreed.as_slice(), more].concat();
        let (start, finish) = ((Event::Start, Provider), (Event::Finish, Provider));
        match self {
            Self::Held => Vec::new(),
            Self::Requested => vec![asked],
            Self::Confirmed | Self::ByTheClock => agreed,
            Self::Started => with(&[start]),
            Self::Done => with(&[start, finish]),
            Self::Completed => with(&[start, finish, (Event::SignOff, Customer)]),
            Self::Lapsed => with(&[start, finish, (Event::Lapse, Clock)]),
            Self::Declined => vec![asked, (Event::Decline, Provider)],
            Self::CancelledByCustomer => with(&[(Event::Cancel, Customer)]),
            Self::CancelledByProvider => with(&[(Event::Cancel, Provider)]),
            Self::Expired if mode == BookingMode::Request => vec![asked, (Event::Lapse, Clock)],
            Self::Expired => vec![(Event::Lapse, Clock)],
        }
    }

    /// The ending that the time of day decides.
    pub fn by_the_clock(self, now: Timestamp, starts: Option<Timestamp>, promised: Timestamp) -> Self {
        match (self, starts) {
            (Self::ByTheClock, Some(starts)) if shift(starts, 5) > now => Self::Confirmed,
            (Self::ByTheClock, Some(_)) if shift(promised, 15) > now => Self::Started,
            (Self::ByTheClock, Some(_)) => Self::Done,
            (other, _) => other,
        }
    }

    /// Whether the time stays taken.
    pub fn keeps_time(self) -> bool {
        !matches!(self, Self::Declined | Self::CancelledByCustomer | Self::CancelledByProvider | Self::Expired)
    }
}

/// The times a history is told by.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub kind: Kind,
    pub booked: Timestamp,
    pub starts: Option<Timestamp>,
    /// End of the visit, or the due date.
    pub promised: Timestamp,
}

/// Who appears in it.
#[derive(Clone, Copy, Debug)]
pub struct Sides {
    pub booking: Uuid,
    pub customer: Uuid,
    pub provider: Uuid,
}

/// What became of a booking.
#[derive(Debug)]
pub struct Life {
    pub state: State,
    pub clock: Option<Timestamp>,
    pub updated: Timestamp,
    pub events: Vec<Value>,
}

/// Tells a booking's life.
///
/// # Errors
/// The table of life does not allow it.
pub fn tell(
    market: &Market,
    times: &Times,
    sides: &Sides,
    script: &[(Event, Capacity)],
    dice: &mut Dice,
) -> Result<Life, Error> {
    let mut state = State::Held;
    let mut at = times.booked;
    let mut clock = life::clock(state, times.kind, at, times.starts, Some(times.promised));
    let hold = json!({
        "booking_id": sides.booking, "seq": 1, "at": at, "event": "hold", "from_state": null, "to_state": state.name(),
        "actor_id": sides.customer, "capacity": Capacity::Customer.name(), "note": "",
    });
    let mut events = vec![hold];
    for (event, by) in script {
        let row = life::find(state, *event, *by);
        let row =
            row.ok_or_else(|| Error::internal(format!("{} cannot {} by {}", state.name(), event.name(), by.name())))?;
        let wanted = moment(*event, times, at, clock, dice);
        at = wanted.min(market.minutes(-1)).max(shift(at, 1));
        let actor = match by {
            Capacity::Customer => Some(sides.customer),
            Capacity::Provider => Some(sides.provider),
            Capacity::Clock => None,
        };
        let note = match event {
            Event::Decline => notes::declined(dice),
            Event::Cancel => notes::cancelled(dice, *by == Capacity::Customer),
            _ => "",
        };
        events.push(json!({
            "booking_id": sides.booking, "seq": events.len() + 1, "at": at, "event": event.name(), "from_state": state.name(),
            "to_state": row.to.name(), "actor_id": actor, "capacity": by.name(), "note": note,
        }));
        state = row.to;
        clock = life::clock(state, times.kind, at, times.starts, Some(times.promised));
    }
    Ok(Life { state, clock, updated: at, events })
}

/// When an event likely happens.
fn moment(event: Event, times: &Times, before: Timestamp, clock: Option<Timestamp>, dice: &mut Dice) -> Timestamp {
    let starts = times.starts.unwrap_or_else(|| shift(before, 60));
    match event {
        Event::Confirm | Event::Request => shift(before, minutes_between(dice, 1, 5)),
        Event::Accept | Event::Decline => {
            let wanted = shift(before, minutes_between(dice, 8, 420));
            wanted.min(clock.map_or(wanted, |clock| shift(clock, -5)))
        }
        Event::Cancel => {
            let left = starts.max(shift(before, 120)).duration_since(before).as_mins();
            shift(before, left * minutes_between(dice, 10, 80) / 100)
        }
        Event::Start => match times.kind {
            Kind::Visit => shift(starts, minutes_between(dice, -4, 6)),
            Kind::Delivery => shift(before, minutes_between(dice, 120, 1800)),
        },
        Event::Finish => match times.kind {
            Kind::Visit => shift(times.promised, minutes_between(dice, -12, 10)),
            Kind::Delivery => shift(times.promised, -minutes_between(dice, 60, 2400)),
        },
        Event::SignOff => shift(before, minutes_between(dice, 10, 2300)),
        Event::Lapse => clock.unwrap_or(before),
        // Nobody moves a visit in the story.
        Event::Reschedule | Event::Reassign => before,
    }
}
