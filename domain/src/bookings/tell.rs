//! Telling the two sides by mail what happened to a booking, in the transaction in which it happens: the customer, and the
//! member who does the work. What is agreed comes with an appointment for their calendar, and so does every later change of it.

use super::appointments::{Visit, appointment};
use super::calendar_file::{self, Standing};
use super::letters;
use super::life::{Capacity, Event, Move, State};
use super::store::people::{self, Person};
use super::store::{Locked, read};
use super::views::BookingView;
use crate::kernel::{Context, Email, Error, MemberId, Tx};
use crate::notifications::{self, Enclosed};

/// Something that people are written about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// The provider is asked.
    Requested,
    /// It is agreed.
    Confirmed,
    /// The provider said no.
    Declined,
    /// The provider said nothing in time.
    Unanswered,
    /// The visit has another time.
    Moved,
    /// Somebody else of the business does it, in place of this member.
    Given(MemberId),
    /// It is called off.
    Cancelled,
    /// The customer still owes answers that the work waits for.
    Unsaid,
    /// The work is done, as the provider or the clock says; the customer is asked to confirm it.
    Done,
}

impl News {
    /// What a move of the table of life means to people. A hold is nothing yet.
    pub const fn of(row: &Move) -> Option<Self> {
        match (row.from, row.event) {
            (State::Held, Event::Cancel) => None,
            (_, Event::Request) => Some(Self::Requested),
            (_, Event::Confirm | Event::Accept) => Some(Self::Confirmed),
            (_, Event::Decline) => Some(Self::Declined),
            (State::Requested, Event::Lapse) => Some(Self::Unanswered),
            (_, Event::Reschedule) => Some(Self::Moved),
            (_, Event::Cancel) => Some(Self::Cancelled),
            _ if matches!(row.to, State::Done) => Some(Self::Done),
            _ => None,
        }
    }

    /// The word in the list of messages.
    const fn kind(self) -> &'static str {
        match self {
            Self::Requested => "bookings.requested",
            Self::Confirmed => "bookings.confirmed",
            Self::Declined => "bookings.declined",
            Self::Unanswered => "bookings.unanswered",
            Self::Moved => "bookings.moved",
            Self::Given(_) => "bookings.given",
            Self::Cancelled => "bookings.cancelled",
            Self::Unsaid => "bookings.questions",
            Self::Done => "bookings.done",
        }
    }

    /// Who said no, nothing, or that it is done, knows; who asked waits.
    const fn is_for(self, side: Capacity) -> bool {
        !matches!((self, side), (Self::Declined | Self::Unanswered | Self::Unsaid | Self::Done, Capacity::Provider))
    }
}

/// Writes to both sides. The booking and its history say already what happened.
pub(super) async fn tell(ctx: &Context, tx: &mut Tx, booking: &Locked, news: News) -> Result<(), Error> {
    let mut view = read::booking(tx.conn(), &booking.reference).await?;
    // That an operator did it is read from the audit, whose entry is written when the transaction ends.
    if let Some(entry) = view.history.last_mut() {
        entry.on_behalf = tx.actor().behalf.is_some();
    }
    let mut people = people::of(tx.conn(), booking.id).await?;
    if let News::Given(from) = news {
        // Owners are written to in place of people without a login: one letter is enough when both are such.
        let told: Vec<_> = people.iter().map(|person| person.user).collect();
        let former = people::former(tx.conn(), from).await?;
        people.extend(former.into_iter().filter(|person| !told.contains(&person.user)));
    }
    for person in &people {
        if !news.is_for(person.side) {
            continue;
        }
        // Nobody's booking fails because a letter about it cannot be addressed.
        let Some(to) = Email::parse(&person.email) else {
            tracing::warn!(user = %person.user.0, "an account's address is none: a letter is left out");
            continue;
        };
        let shown = view.clone().shown_to(Some(person.side));
        let letter = letters::letter(ctx, news, &shown, person, tx.now());
        let calendar = invitation(ctx, news, &view, person, tx).unwrap_or_default();
        let other = people.iter().find(|other| other.side != person.side).map(|other| other.user);
        let enclosed = Enclosed { calendar: &calendar, about: other };
        notifications::email_with(tx, ctx, &to, Some(person.user), news.kind(), &letter, enclosed).await?;
    }
    Ok(())
}

/// The appointment of a visit that is, or was, agreed: the same that is in their feeds, with the next number of its
/// sequence. Each side is invited alone, so that neither learns the other's address.
fn invitation(ctx: &Context, news: News, view: &BookingView, person: &Person, tx: &Tx) -> Option<String> {
    let (starts, ends) = view.visit?;
    let agreed = view.history.iter().any(|entry| entry.to == State::Confirmed);
    let brings = agreed && matches!(news, News::Confirmed | News::Moved | News::Given(_) | News::Cancelled);
    let customer = person.side == Capacity::Customer;
    let visit = Visit {
        reference: view.reference.clone(),
        state: view.state,
        title: view.title.clone(),
        other: if customer { view.provider_name.clone() } else { view.customer_name.clone() },
        member_name: view.member_name.clone(),
        address: view.address.clone(),
        starts,
        ends,
        changed: tx.now(),
        steps: i64::try_from(view.history.len()).unwrap_or(i64::MAX),
    };
    let organizer = ctx.post.sender();
    brings.then(|| {
        let mut appointment = appointment(ctx, visit, person.side);
        if person.former {
            // To them it is called off; the booking is not, and nothing of it is theirs to open any more.
            appointment.standing = Standing::Cancelled;
            appointment.about = format!("Booking {}, done by {}", view.reference, view.member_name);
            appointment.page = None;
        }
        calendar_file::invitation(&appointment, &organizer, (&person.name, &person.email))
    })
}
