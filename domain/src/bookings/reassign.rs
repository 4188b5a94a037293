//! Giving a visit to somebody else of the business: whoever was to do it is ill, has left, or has too much. Time, length,
//! price and state stay; the time of the one is given back and the same time of the other is taken in one transaction, or
//! neither ([decision 14](../../../docs/decisions/0014-moving-visits.md)).

use super::advance::{audit_action, moved_on, take_with};
use super::commands::{Reassign, ReassignError};
use super::life::{Capacity, Event, State};
use super::queries::find;
use super::reschedule::{rules, stands, swap};
use super::store::reassign::{self as store, Given};
use super::store::reschedule::by_key;
use super::store::{Key, Locked};
use super::tell::{News, tell};
use super::views::BookingView;
use crate::availability::why::{Asked, Standing, why};
use crate::availability::{Rules, Teammate, civil, teammates};
use crate::catalog::{At, Bookable, bookable};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, Context, Error, FieldErrors, MemberId, Object, Scope, Tx, UserId, WriteError, Zone, can, reference,
    write,
};
use jiff::Timestamp;
use serde_json::json;

impl WriteError for ReassignError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::NotFree { .. } => None,
        }
    }
}

/// A visit that the actor may give to somebody else, and to whom.
#[derive(Clone, Debug)]
pub struct Givable {
    /// The booking as the actor sees it.
    pub booking: BookingView,
    /// When the visit begins and ends.
    pub visit: (Timestamp, Timestamp),
    /// The zone of the visit.
    pub zone: Zone,
    /// Everybody else who works for the business, in the order of the team.
    pub others: Vec<Other>,
}

/// Somebody a visit might be given to.
#[derive(Clone, Debug)]
pub struct Other {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// They do the service.
    pub does: bool,
    /// Why they cannot do the visit, a sentence for each rule in the way; none: they can.
    pub against: Vec<String>,
}

/// To whom a visit can be given, and why not to others: three statements.
///
/// # Errors
/// Not found for those who may not see the booking; forbidden for those who do not run the business; a conflict, in words,
/// when the visit cannot be given at all.
pub async fn givable(ctx: &Context, actor: &Actor, typed: &str) -> Result<Givable, Error> {
    let booking = find(ctx, actor, typed).await?;
    require(actor, &booking)?;
    let visit = booking.visit.filter(|_| booking.can(Event::Reassign)).ok_or_else(|| moved_on(booking.state))?;
    let now = ctx.clock.now();
    ahead(visit.0, now)?;
    let mut conn = ctx.pool.acquire().await?;
    let service = bookable(&mut conn, booking.service).await?;
    let date = civil::date(&service.zone.rules(), visit.0);
    let mates = teammates(&mut *conn, service.id, &service.zone, date, now).await?;
    let wanted = Wanted::of(&service, booking.customer, visit, (booking.travel, booking.at), now);
    let others = mates.iter().filter(|mate| mate.times.id != booking.member).map(|mate| Other {
        id: mate.times.id,
        name: mate.times.name.clone(),
        does: mate.does,
        against: wanted.against(mate),
    });
    Ok(Givable { others: others.collect(), visit, zone: service.zone, booking })
}

/// Gives a visit to another of the people of the business. Sending the same command twice gives it once.
///
/// # Errors
/// [`ReassignError::NotFree`] with what is in the way; not found for those who may not see the booking; forbidden for those
/// who do not run the business; a conflict when it has moved on meanwhile; complaints about fields.
pub async fn reassign(ctx: &Context, actor: &Actor, command: Reassign) -> Result<(), ReassignError> {
    actor.signed_in_for(Scope::BookingsWrite)?;
    // Before anything is locked: who may not takes nobody's locks.
    require(actor, &find(ctx, actor, &command.reference).await?)?;
    let to = check(&command)?;
    let for_tx = (ctx.clone(), command);
    write(ctx, actor, move |tx| {
        let (ctx, command) = for_tx.clone();
        Box::pin(async move { carry_out(&ctx, tx, &command, to).await })
    })
    .await
}

/// Who comes is for those to say who run the business.
fn require(actor: &Actor, booking: &BookingView) -> Result<(), Error> {
    let object =
        Object { customer: Some(booking.customer), provider: Some(booking.provider), member: Some(booking.member) };
    if can(actor, Action::GiveVisit, &object) {
        return Ok(());
    }
    Err(Error::Forbidden("giving visits to somebody else is for those who run the business".to_owned()))
}

fn check(command: &Reassign) -> Result<MemberId, Error> {
    let mut wrong = FieldErrors::new();
    if command.to.is_none() {
        wrong.add("member", "Choose who does it.");
    }
    match command.note.trim().chars().count() {
        0 => wrong.add("note", "Say why, in a few words."),
        1..=2000 => {}
        _ => wrong.add("note", "Please keep it under 2,000 characters."),
    }
    wrong.clone().into_result()?;
    command.to.ok_or(Error::Invalid(wrong))
}

/// A visit whose time has come can only be moved: nobody is sent to one that has begun.
fn ahead(starts: Timestamp, now: Timestamp) -> Result<(), Error> {
    if now < starts {
        return Ok(());
    }
    let words =
        "The time of this visit has come. Move it to another time first; then you can give it to somebody else.";
    Err(Error::Conflict(words.to_owned()))
}

/// Everything under the locks of both: who gives time back, and who is found free.
async fn carry_out(ctx: &Context, tx: &mut Tx, command: &Reassign, to: MemberId) -> Result<(), ReassignError> {
    let booking = take_with(tx, &Key::Reference(reference::normalise(&command.reference)), &[to]).await?;
    if let Some(before) = by_key(tx.conn(), booking.id, command.key).await? {
        let again = "This form has done its work already. Send it again to give the visit to somebody else.";
        return if before.member == Some(to) { Ok(()) } else { Err(Error::Conflict(again.to_owned()).into()) };
    }
    let now = tx.now();
    let visit = stands(&booking, Capacity::Provider, Event::Reassign, command.seen, now)?;
    ahead(visit.0, now)?;
    if command.from.is_some_and(|from| from != booking.member) {
        let words = "Somebody gave this visit to another person while you were choosing. Look who does it now, and choose again.";
        return Err(Error::Conflict(words.to_owned()).into());
    }
    if to == booking.member {
        return Err(Error::invalid("member", "The visit is theirs already. Choose somebody else.").into());
    }
    let service = bookable(tx.conn(), booking.service).await?;
    let date = civil::date(&service.zone.rules(), visit.0);
    let mates = teammates(&mut *tx.conn(), service.id, &service.zone, date, now).await?;
    let mate = mates.iter().find(|mate| mate.times.id == to);
    let mate = mate.ok_or_else(|| Error::invalid("member", "Choose somebody who works here."))?;
    let wanted = Wanted::of(&service, booking.customer, visit, (booking.travel, booking.at), now);
    let mut against = wanted.against(mate);
    if against.is_empty() && !swap(ctx, tx, &booking, to, &wanted.rules, visit.0).await? {
        against.push("Somebody else has that time.".to_owned());
    }
    if !against.is_empty() {
        return Err(ReassignError::NotFree { name: mate.times.name.clone(), against });
    }
    put_down(tx, &booking, to, command).await?;
    tell(ctx, tx, &booking, News::Given(booking.member)).await?;
    Ok(())
}

/// The visit somebody is wanted for.
struct Wanted<'w> {
    service: &'w Bookable,
    customer: UserId,
    start: Timestamp,
    rules: Rules,
    now: Timestamp,
}

impl<'w> Wanted<'w> {
    /// The time is agreed and stays: from which minute on one begins, how long ahead, and how far, was asked when it was
    /// chosen. Hours, absences, limits, and what is kept free around it are those of whoever is to do it.
    fn of(
        service: &'w Bookable,
        customer: UserId,
        visit: (Timestamp, Timestamp),
        place: (u16, At),
        now: Timestamp,
    ) -> Self {
        let rules = rules(service, Capacity::Provider, State::Confirmed, visit, place);
        let rules = Rules { interval: 1, min_notice: 0, horizon_days: u16::MAX, ..rules };
        Self { service, customer, start: visit.0, rules, now }
    }

    /// What is in somebody's way, a sentence for each rule.
    fn against(&self, mate: &Teammate) -> Vec<String> {
        if mate.user == Some(self.customer) {
            return vec!["They booked this visit themselves.".to_owned()];
        }
        // Hours and bookings say nothing about somebody who does not do it at all.
        if !mate.active {
            return vec!["They cannot be booked at present.".to_owned()];
        }
        if !mate.does {
            return vec!["They do not do this service.".to_owned()];
        }
        let asked = Asked {
            zone: &self.service.zone.rules(),
            calendar: &mate.times.calendar,
            rules: &self.rules,
            taken: &mate.times.taken,
            // What is agreed stays when the service is paused.
            standing: Standing { on_offer: true, does: true, active: true },
            now: self.now,
        };
        let verdicts = why(&asked, self.start).into_iter();
        verdicts.filter(|verdict| !verdict.passed).map(|verdict| verdict.said).collect()
    }
}

/// Writes it down: the booking, its history, the audit entry and the event.
async fn put_down(tx: &mut Tx, booking: &Locked, to: MemberId, command: &Reassign) -> Result<(), Error> {
    let given = Given {
        booking: booking.id,
        from: booking.member,
        to,
        actor: tx.actor().user,
        capacity: Capacity::Provider.name(),
        note: command.note.trim(),
        key: command.key,
        now: tx.now(),
    };
    store::write(tx.conn(), &given).await?;
    tx.audit(AuditEntry {
        action: audit_action(Event::Reassign),
        object_kind: "booking",
        object_id: booking.id.0,
        capacity: Capacity::Provider.name(),
        detail: json!({ "reference": booking.reference, "from": booking.member, "to": to }),
        personal: json!({ "note": command.note }),
    });
    tx.event("booking.reassigned", booking.id);
    Ok(())
}
