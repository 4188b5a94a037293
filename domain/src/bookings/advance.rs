//! Moving a booking on: accept, decline, start, finish, sign off, cancel. The table of life decides.

use super::answer;
use super::commands::Words;
use super::life::{self, Capacity, Event, Move, State, Time, Word};
use super::store::{self, Key, Locked, Step};
use super::tell::{News, tell};
use crate::availability::{self, lock_members};
use crate::catalog;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, Context, Error, FieldErrors, MemberId, Object, Overtaken, Scope, Tx, can, reference, write,
};
use serde_json::json;

/// Lets `event` happen to a booking, if the actor may and its state allows it.
///
/// # Errors
/// Not found for anyone but its two sides; a conflict when the booking has moved on meanwhile; complaints
/// about the words.
pub async fn advance(ctx: &Context, actor: &Actor, typed: &str, event: Event, words: Words) -> Result<State, Error> {
    check(event, &words)?;
    actor.signed_in_for(Scope::BookingsWrite)?;
    if event == Event::SignOff {
        // What the customer signs is their own word.
        actor.in_person()?;
    }
    let key = Key::Reference(reference::normalise(typed));
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let (ctx, key, words) = (for_tx.clone(), key.clone(), words.clone());
        Box::pin(async move {
            let booking = take(tx, &key).await?;
            let (by, event) = capacity(tx.actor(), &booking, event)?;
            let row = life::find(booking.state, event, by).filter(|row| life::fits(row.event, booking.booking_mode));
            let row = row.ok_or_else(|| moved_on(booking.state))?;
            // A hold that ran out is over, even if its clock has not been looked at yet.
            if booking.state == State::Held
                && event != Event::Cancel
                && booking.clock_at.is_some_and(|at| at <= tx.now())
            {
                return Err(hold_is_over());
            }
            // What was only held, or only asked for, is not agreed yet: a business that was hidden meanwhile agrees to
            // nothing new, and nobody to work of whoever was taken off the market. What is agreed stays.
            if agrees(event) {
                let (hidden, rests) = store::out_of_reach(tx.conn(), booking.member).await?;
                if hidden || rests {
                    return Err(unreachable_meanwhile(event, hidden));
                }
            }
            if life::needs_answers(row.event) {
                let awaited = answer::awaited(tx, &booking).await?;
                if !awaited.is_empty() {
                    return Err(answer::not_yet(&awaited));
                }
            }
            carry_out(&ctx, tx, &booking, row, &words).await
        })
    })
    .await
}

fn check(event: Event, words: &Words) -> Result<(), Error> {
    let mut wrong = FieldErrors::new();
    if event == Event::SignOff && !words.satisfaction.is_some_and(|n| (1..=5).contains(&n)) {
        wrong.add("satisfaction", "Tell us how satisfied you are, from 1 to 5.");
    }
    if words.note.chars().count() > 2000 {
        wrong.add("note", "Please keep it under 2,000 characters.");
    }
    if event == Event::Decline && words.note.trim().is_empty() {
        wrong.add("note", "Give the customer a short reason.");
    }
    wrong.into_result()
}

/// Takes the member's lock, then the booking: everybody in this order.
pub(super) async fn take(tx: &mut Tx, key: &Key) -> Result<Locked, Error> {
    take_with(tx, key, &[]).await
}

/// The same with the locks of others whose time is wanted. Whoever waited while the visit was given to somebody else holds
/// the wrong lock, and begins again.
pub(super) async fn take_with(tx: &mut Tx, key: &Key, others: &[MemberId]) -> Result<Locked, Error> {
    let member = store::member_of(&mut *tx.conn(), key).await?;
    lock_members(tx.conn(), &[&[member], others].concat()).await?;
    let booking = store::lock(tx.conn(), key).await?;
    if booking.member == member { Ok(booking) } else { Err(Error::Internal(Box::new(Overtaken))) }
}

/// In which capacity the actor acts. Somebody who is neither side does not know the booking exists.
/// Confirming means asking when the service is on request: people press one button.
pub(super) fn capacity(actor: &Actor, booking: &Locked, event: Event) -> Result<(Capacity, Event), Error> {
    let object =
        Object { customer: Some(booking.customer), provider: Some(booking.provider), member: Some(booking.member) };
    let as_customer = can(actor, Action::ActAsCustomer, &object);
    let as_provider = can(actor, Action::ActAsProvider, &object);
    let event = match event {
        Event::Confirm | Event::Request if life::fits(Event::Request, booking.booking_mode) => Event::Request,
        Event::Confirm | Event::Request => Event::Confirm,
        other => other,
    };
    let by_table = |by| life::LIFE.iter().any(|row| row.event == event && row.by == by);
    match (as_customer && by_table(Capacity::Customer), as_provider && by_table(Capacity::Provider)) {
        (true, _) => Ok((Capacity::Customer, event)),
        (_, true) => Ok((Capacity::Provider, event)),
        _ if as_customer || as_provider => Err(Error::Forbidden(format!("{} is for the other side", event.name()))),
        _ if can(actor, Action::SeeBooking, &object) => {
            Err(Error::Forbidden(format!("{} is for the two sides of a booking", event.name())))
        }
        _ => Err(Error::NotFound),
    }
}

pub(super) fn moved_on(state: State) -> Error {
    Error::Conflict(format!("That is not possible any more: this booking is “{}”.", state.title()))
}

/// Whether an event makes an agreement, or asks for one.
const fn agrees(event: Event) -> bool {
    matches!(event, Event::Confirm | Event::Request | Event::Accept)
}

/// `hidden`: the whole business; else the person who would do it.
fn unreachable_meanwhile(event: Event, hidden: bool) -> Error {
    let words = match (event, hidden) {
        (Event::Accept, true) => {
            "Your business is hidden at the moment and cannot agree to anything new. The portal says why."
        }
        (Event::Accept, false) => {
            "Whoever was asked for cannot be booked at present. Give the visit to somebody else, activate them again under “Team”, or \
             decline."
        }
        (_, true) => {
            "This business cannot be booked at the moment. Nothing was agreed, and the time is given back by itself."
        }
        (_, false) => {
            "Whoever you chose cannot be booked any more. Nothing was agreed, and the time is given back by itself. Please \
             choose again."
        }
    };
    Error::Conflict(words.to_owned())
}

fn hold_is_over() -> Error {
    Error::Conflict("The ten minutes were over and the time was given back. Please choose a time again.".to_owned())
}

/// Writes a move down: the booking, its history, its time, its clock, the audit entry and the event, and the letters about it.
pub(super) async fn carry_out(
    ctx: &Context,
    tx: &mut Tx,
    booking: &Locked,
    row: &Move,
    words: &Words,
) -> Result<State, Error> {
    let kept = match row.time {
        Time::Keep => true,
        // Where to is more than a word: `reschedule` does it.
        Time::Move => return Err(Error::invalid("start", "Choose a time.")),
        // To whom is more than a word too: `reassign` does it.
        Time::Give => return Err(Error::invalid("member", "Choose a person.")),
        Time::Pending => promote(tx, booking, availability::State::Pending).await?,
        Time::Confirmed => promote(tx, booking, availability::State::Confirmed).await?,
        Time::Release => {
            if booking.starts_at.is_some() {
                availability::release(tx, booking.id, booking.member).await?;
            }
            true
        }
    };
    if !kept {
        return Err(hold_is_over());
    }
    // Only signing off says how satisfied somebody is, whatever else a form sends along.
    let satisfaction = words.satisfaction.filter(|_| row.event == Event::SignOff);
    let now = tx.now();
    let clock_at = life::clock(row.to, booking.kind, now, booking.starts_at, booking.promised);
    let actor = tx.actor().user;
    let step = Step {
        booking: booking.id,
        event: row.event.name(),
        from: row.from,
        to: row.to,
        actor: if row.by == Capacity::Clock { None } else { actor },
        capacity: row.by.name(),
        note: words.note.trim(),
        satisfaction: satisfaction.map(i16::from),
        clock_at,
        ask_again_at: life::asks_again(row.to, booking.kind, now, booking.starts_at),
        now,
    };
    store::step(tx.conn(), &step).await?;
    match word(tx, booking, row).await? {
        Some(Word::Kept) => catalog::count_completed(tx.conn(), booking.service, booking.provider).await?,
        Some(Word::Broken) => catalog::count_broken(tx.conn(), booking.provider).await?,
        Some(Word::Answered) => {
            catalog::count_answer(tx.conn(), booking.provider, now.duration_since(booking.since)).await?;
        }
        None => {}
    }
    tx.audit(AuditEntry {
        action: audit_action(row.event),
        object_kind: "booking",
        object_id: booking.id.0,
        capacity: row.by.name(),
        detail: json!({ "reference": booking.reference, "from": row.from, "to": row.to, "satisfaction": satisfaction }),
        personal: json!({ "note": words.note }),
    });
    tx.event("booking.moved", booking.id);
    if let Some(news) = News::of(row) {
        tell(ctx, tx, booking, news).await?;
    }
    Ok(row.to)
}

/// What a move says about the word of the provider. Work that ran out of time because the customer left questions
/// without an answer says nothing.
async fn word(tx: &mut Tx, booking: &Locked, row: &Move) -> Result<Option<Word>, Error> {
    let left = row.from == State::Confirmed && row.event == Event::Lapse;
    if left && !answer::awaited(tx, booking).await?.is_empty() {
        return Ok(None);
    }
    Ok(life::word(row))
}

/// Visits reserve time; deliveries have none to move.
async fn promote(tx: &mut Tx, booking: &Locked, to: availability::State) -> Result<bool, Error> {
    match booking.starts_at {
        Some(_) => availability::promote(tx, booking.id, to).await,
        None => Ok(true),
    }
}

pub(super) const fn audit_action(event: Event) -> &'static str {
    match event {
        Event::Confirm => "booking.confirmed",
        Event::Request => "booking.requested",
        Event::Accept => "booking.accepted",
        Event::Decline => "booking.declined",
        Event::Start => "booking.started",
        Event::Finish => "booking.finished",
        Event::SignOff => "booking.signed_off",
        Event::Cancel => "booking.cancelled",
        Event::Reschedule => "booking.rescheduled",
        Event::Reassign => "booking.reassigned",
        Event::Lapse => "booking.lapsed",
    }
}
