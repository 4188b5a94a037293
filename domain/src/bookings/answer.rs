//! Answering what the business asked: by the customer, until the work begins. What was asked is what the booking was
//! made with, whatever the listing asks by now.

use super::advance::take;
use super::life::{self, Capacity, State};
use super::store::{self, Key, Locked, answers};
use crate::catalog::Question;
use crate::catalog::questions::in_one_line;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, FieldErrors, Object, Scope, Tx, can, reference, write};
use serde_json::json;

/// The name of the field of an answer, by the place of its question.
#[must_use]
pub fn answer_field(place: usize) -> String {
    format!("answer-{place}")
}

/// Keeps the answers of a customer, in the order of the questions; all of them at once, so that an emptied field is an
/// answer taken back. The same answers again change nothing.
///
/// # Errors
/// Not found for anyone but its two sides; forbidden for the provider; a conflict when the work has begun or the booking
/// is over; messages beside `answer-0` and so on.
pub async fn answer(ctx: &Context, actor: &Actor, typed: &str, answers: Vec<String>) -> Result<(), Error> {
    actor.signed_in_for(Scope::BookingsWrite)?;
    let key = Key::Reference(reference::normalise(typed));
    write(ctx, actor, move |tx| {
        let (key, answers) = (key.clone(), answers.clone());
        Box::pin(async move {
            let booking = take(tx, &key).await?;
            require_customer(tx.actor(), &booking)?;
            if !life::takes_answers(booking.state) {
                return Err(too_late(booking.state));
            }
            let (questions, before) = answers::of(tx.conn(), booking.id).await?;
            let read = read(&questions, &answers)?;
            if read == before {
                return Ok(());
            }
            let now = tx.now();
            answers::put(tx.conn(), booking.id, &read, now).await?;
            let given = read.iter().filter(|answer| !answer.is_empty()).count();
            tx.audit(AuditEntry {
                action: "booking.answered",
                object_kind: "booking",
                object_id: booking.id.0,
                capacity: Capacity::Customer.name(),
                detail: json!({ "reference": booking.reference, "asked": questions.len(), "answered": given }),
                personal: json!({ "answers": read }),
            });
            tx.event("booking.answered", booking.id);
            Ok(())
        })
    })
    .await
}

/// Somebody who is neither side does not know the booking exists.
fn require_customer(actor: &Actor, booking: &Locked) -> Result<(), Error> {
    let object =
        Object { customer: Some(booking.customer), provider: Some(booking.provider), member: Some(booking.member) };
    if can(actor, Action::ActAsCustomer, &object) {
        return Ok(());
    }
    if can(actor, Action::ActAsProvider, &object) || can(actor, Action::SeeBooking, &object) {
        return Err(Error::Forbidden("answering is for the customer".to_owned()));
    }
    Err(Error::NotFound)
}

fn too_late(state: State) -> Error {
    Error::Conflict(match state {
        State::Held => "Book first. Then the questions wait for you here.".to_owned(),
        State::Started => "The work has begun. Tell your provider directly if something is different.".to_owned(),
        _ => format!("That is not possible any more: this booking is “{}”.", state.title()),
    })
}

/// Every question gets the answer of its place; what is sent beyond them is nothing.
fn read(questions: &[Question], typed: &[String]) -> Result<Vec<String>, Error> {
    let mut wrong = FieldErrors::new();
    let mut read = Vec::with_capacity(questions.len());
    for (place, question) in questions.iter().enumerate() {
        match question.read(typed.get(place).map_or("", String::as_str)) {
            Ok(answer) => read.push(answer),
            Err(words) => wrong.add(&answer_field(place), words),
        }
    }
    wrong.into_result()?;
    Ok(read)
}

/// What is asked, needed and not answered yet.
pub(super) async fn awaited(tx: &mut Tx, booking: &Locked) -> Result<Vec<Question>, Error> {
    let (questions, answers) = answers::of(tx.conn(), booking.id).await?;
    Ok(store::awaited(questions, answers))
}

/// Says to the provider what the work waits for.
pub(super) fn not_yet(awaited: &[Question]) -> Error {
    Error::Conflict(format!(
        "Not quite yet: the customer still has to answer {}. The questions wait on their page of this booking; you can start \
         as soon as the answers are in.",
        in_one_line(awaited)
    ))
}
