//! Moving a visit to another time. The old time is given back and the new one is taken in one transaction, or neither:
//! a visit is never without a time, and never has two. It keeps its length, its way, its price, and the person who comes.

use super::advance::{audit_action, capacity, moved_on, take};
use super::book::{ALTERNATIVE_DAYS, nearest, rules_for};
use super::commands::{Reschedule, RescheduleError};
use super::life::{self, ANSWER_BEFORE, Capacity, Event, State};
use super::queries::find;
use super::store::reschedule::{self as store, Moved};
use super::store::{Key, Locked};
use super::tell::{News, tell};
use super::views::BookingView;
use crate::availability::{self, Away, Claim, OpenDay, Rules, Timetable, open_days, reserve};
use crate::catalog::quote::length_words;
use crate::catalog::{At, Bookable, Kind, bookable};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, MemberId, Scope, Tx, WriteError, Zone, reference, write};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::json;
use sqlx::PgExecutor;

/// What is left for the answer at least when a request is moved, in minutes before the latest instant for an answer.
const LEFT_TO_ANSWER: u32 = 60;

impl WriteError for RescheduleError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::SlotTaken(_) => None,
        }
    }
}

/// A visit that the actor may move, and where to.
#[derive(Clone, Debug)]
pub struct Movable {
    /// The booking as the actor sees it.
    pub booking: BookingView,
    /// When the visit begins and ends at present.
    pub visit: (Timestamp, Timestamp),
    /// The zone in which the days are days.
    pub zone: Zone,
    /// Today there.
    pub today: Date,
    /// The first of the days that were looked at.
    pub first: Date,
    /// Days with free times; those without any are left out, and so is the present time.
    pub days: Vec<OpenDay>,
    /// When the business is away, from the first of the days on.
    pub away: Vec<Away>,
}

/// Where a visit can be moved to, on so many days from `from` on (at the earliest today): three statements.
///
/// # Errors
/// Not found for those who may not see the booking; a conflict, in words, when the actor cannot move it.
pub async fn movable(
    ctx: &Context,
    actor: &Actor,
    typed: &str,
    from: Option<Date>,
    days: u16,
) -> Result<Movable, Error> {
    let (booking, own, service) = to_move(ctx, actor, typed).await?;
    let now = ctx.clock.now();
    let today = availability::civil::date(&service.zone.rules(), now);
    let horizon = i32::try_from(service.horizon_days).unwrap_or(0);
    let first = from.unwrap_or(today).clamp(today, today.checked_add(horizon.days()).unwrap_or(today));
    let (days, mut away) = free(&ctx.pool, &service, &own, first, days, now).await?;
    away.retain(|away| away.dates.last >= first);
    Ok(Movable { visit: own.visit, zone: service.zone, today, first, days, away, booking })
}

/// A booking whose visit the actor may move, and how its service is booked: two statements.
pub(super) async fn to_move(ctx: &Context, actor: &Actor, typed: &str) -> Result<(BookingView, Own, Bookable), Error> {
    let booking = find(ctx, actor, typed).await?;
    let (by, visit) = match (booking.capacity, booking.visit) {
        (Some(by), Some(visit)) if booking.can(Event::Reschedule) => (by, visit),
        _ => return Err(moved_on(booking.state)),
    };
    let mut conn = ctx.pool.acquire().await?;
    let service = bookable(&mut conn, booking.service).await?;
    in_time(by, visit.0, &service, ctx.clock.now())?;
    let own = Own {
        member: booking.member,
        visit,
        rules: rules(&service, by, booking.state, visit, (booking.travel, booking.at)),
    };
    Ok((booking, own, service))
}

/// Moves a visit. Sending the same command twice moves it once.
///
/// # Errors
/// [`RescheduleError::SlotTaken`] with the nearest free times; not found for anyone but its two sides; a conflict when the
/// booking has moved on meanwhile, or when it is too late; complaints about fields.
pub async fn reschedule(ctx: &Context, actor: &Actor, command: Reschedule) -> Result<(), RescheduleError> {
    actor.signed_in_for(Scope::BookingsWrite)?;
    let start = check(&command)?;
    let for_tx = (ctx.clone(), command);
    write(ctx, actor, move |tx| {
        let (ctx, command) = for_tx.clone();
        Box::pin(async move { carry_out(&ctx, tx, &command, start).await })
    })
    .await
}

fn check(command: &Reschedule) -> Result<Timestamp, Error> {
    let mut wrong = FieldErrors::new();
    if command.note.chars().count() > 2000 {
        wrong.add("note", "Please keep it under 2,000 characters.");
    }
    if command.start.is_none() {
        wrong.add("start", "Choose a time.");
    }
    wrong.clone().into_result()?;
    command.start.ok_or(Error::Invalid(wrong))
}

/// Everything under the lock of the person whose time it is: what is found free stays free.
async fn carry_out(ctx: &Context, tx: &mut Tx, command: &Reschedule, start: Timestamp) -> Result<(), RescheduleError> {
    let booking = take(tx, &Key::Reference(reference::normalise(&command.reference))).await?;
    let (by, event) = capacity(tx.actor(), &booking, Event::Reschedule)?;
    if let Some(before) = store::by_key(tx.conn(), booking.id, command.key).await? {
        let again = "This form has moved the visit already. Send it again to move it once more.";
        return if before.start == Some(start) { Ok(()) } else { Err(Error::Conflict(again.to_owned()).into()) };
    }
    let visit = stands(&booking, by, event, command.seen, tx.now())?;
    if start == visit.0 {
        return Err(Error::invalid("start", "The visit is at that time already. Choose another one.").into());
    }
    let service = bookable(tx.conn(), booking.service).await?;
    in_time(by, visit.0, &service, tx.now())?;
    let own = Own {
        member: booking.member,
        visit,
        rules: rules(&service, by, booking.state, visit, (booking.travel, booking.at)),
    };
    if !is_free(tx, &service, &own, start).await? || !swap(ctx, tx, &booking, booking.member, &own.rules, start).await?
    {
        return Err(RescheduleError::SlotTaken(others(tx, &service, &own, start).await?));
    }
    put_down(tx, &booking, by, command, (visit.0, start)).await?;
    tell(ctx, tx, &booking, News::Moved).await?;
    Ok(())
}

/// When the visit is at present, if this can happen to it at all and nobody moved it meanwhile.
pub(super) fn stands(
    booking: &Locked,
    by: Capacity,
    event: Event,
    seen: Option<Timestamp>,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), Error> {
    let over = booking.clock_at.is_some_and(|at| at <= now);
    let visit = booking.starts_at.zip(booking.promised).filter(|_| booking.kind == Kind::Visit);
    let visit = visit.filter(|_| !over && life::find(booking.state, event, by).is_some());
    let visit = visit.ok_or_else(|| moved_on(booking.state))?;
    if seen.is_some_and(|seen| seen != visit.0) {
        let words = "Somebody moved this visit while you were choosing. Look at the time it has now, and choose again.";
        return Err(Error::Conflict(words.to_owned()));
    }
    Ok(visit)
}

/// Customers move a visit as long as they could still book it. The business moves it until it begins the work.
fn in_time(by: Capacity, starts: Timestamp, service: &Bookable, now: Timestamp) -> Result<(), Error> {
    let notice = SignedDuration::from_mins(i64::from(service.min_notice_min));
    let latest = starts.checked_sub(notice).unwrap_or(starts);
    if by == Capacity::Provider || now < latest {
        return Ok(());
    }
    let name = &service.provider_name;
    let words = if now < starts {
        let notice = length_words(service.min_notice_min);
        format!("You can move this visit until {notice} before it begins. Ask {name}: they still can.")
    } else {
        format!("The time of this visit has come. Ask {name} to move it.")
    };
    Err(Error::Conflict(words))
}

/// How a service is booked, for a visit that keeps its length, its way, and the place it belongs to. The notice is there
/// for the business, which may do without it; a request needs time for its answer, whoever moves it.
pub(super) fn rules(
    service: &Bookable,
    by: Capacity,
    state: State,
    (from, to): (Timestamp, Timestamp),
    (travel, at): (u16, At),
) -> Rules {
    let minutes = u32::try_from(to.duration_since(from).as_mins()).unwrap_or(0);
    let rules = rules_for(service, minutes).with_travel(travel);
    let notice = if by == Capacity::Provider { 0 } else { rules.min_notice };
    let answer = u32::try_from(ANSWER_BEFORE.as_mins()).unwrap_or(0) + LEFT_TO_ANSWER;
    let min_notice = if state == State::Requested { notice.max(answer) } else { notice };
    Rules { min_notice, at, ..rules }
}

/// A visit that is to be moved: its own time does not stand in its way.
pub(super) struct Own {
    /// Whose time it is.
    pub member: MemberId,
    /// When it begins and ends at present.
    pub visit: (Timestamp, Timestamp),
    /// How another time for it is chosen.
    pub rules: Rules,
}

impl Own {
    /// The free times of a timetable on some days, without the present one.
    pub fn open(&self, timetable: &Timetable, first: Date, days: u16, now: Timestamp) -> Vec<OpenDay> {
        let mut open = open_days(timetable, &self.rules, Some(self.member), first, days, now);
        for day in &mut open {
            day.times.retain(|time| time.start != self.visit.0);
        }
        open.retain(|day| !day.times.is_empty());
        open
    }
}

/// Free times on some days, without the present one.
async fn free(
    db: impl PgExecutor<'_>,
    service: &Bookable,
    own: &Own,
    first: Date,
    days: u16,
    now: Timestamp,
) -> Result<(Vec<OpenDay>, Vec<Away>), Error> {
    let timetable = availability::timetable(db, service.id, &service.zone, first, days, now).await?;
    let timetable = timetable.without(own.member, own.visit.0);
    let open = own.open(&timetable, first, days, now);
    Ok((open, timetable.away))
}

async fn is_free(tx: &mut Tx, service: &Bookable, own: &Own, start: Timestamp) -> Result<bool, Error> {
    let (date, now) = (availability::civil::date(&service.zone.rules(), start), tx.now());
    let (days, _) = free(tx.conn(), service, own, date, 1, now).await?;
    Ok(days.iter().flat_map(|day| &day.times).any(|time| time.start == start))
}

/// The nearest free times to a wanted one.
async fn others(tx: &mut Tx, service: &Bookable, own: &Own, wanted: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let now = tx.now();
    let wanted = wanted.max(now);
    let day_before = wanted.checked_sub(SignedDuration::from_hours(24)).unwrap_or(wanted);
    let first = availability::civil::date(&service.zone.rules(), day_before);
    let (days, _) = free(tx.conn(), service, own, first, ALTERNATIVE_DAYS, now).await?;
    Ok(nearest(&days, wanted))
}

/// Gives the old time back and takes the new one, of whoever is to do it. False: it is taken, and the transaction must not
/// commit.
pub(super) async fn swap(
    ctx: &Context,
    tx: &mut Tx,
    booking: &Locked,
    member: MemberId,
    rules: &Rules,
    start: Timestamp,
) -> Result<bool, Error> {
    let (visit, during) = rules.ranges(start).ok_or_else(|| Error::invalid("start", "Choose another time."))?;
    let state = match booking.state {
        State::Requested => availability::State::Pending,
        _ => availability::State::Confirmed,
    };
    availability::release(tx, booking.id, booking.member).await?;
    let claim =
        Claim { member, booking: Some(booking.id), state, during, visit, expires_at: None, note: String::new() };
    Ok(reserve(ctx, tx, &claim).await?.is_some())
}

/// Writes the move down: the booking, its history, its clock, the audit entry and the event. The provider's time to answer
/// a request goes on counting from when they were asked.
async fn put_down(
    tx: &mut Tx,
    booking: &Locked,
    by: Capacity,
    command: &Reschedule,
    (from, start): (Timestamp, Timestamp),
) -> Result<(), Error> {
    let now = tx.now();
    let length = booking.promised.map(|end| end.duration_since(from)).unwrap_or_default();
    let end = start.checked_add(length).map_err(Error::internal)?;
    let since = if booking.state == State::Requested { booking.since } else { now };
    let clock_at = life::clock(booking.state, booking.kind, since, Some(start), Some(end)).map(|at| at.max(now));
    let moved = Moved {
        booking: booking.id,
        from,
        visit: (start, end),
        clock_at,
        ask_again_at: life::asks_again(booking.state, booking.kind, now, Some(start)),
        actor: tx.actor().user,
        capacity: by.name(),
        note: command.note.trim(),
        key: command.key,
        now,
    };
    store::write(tx.conn(), &moved).await?;
    tx.audit(AuditEntry {
        action: audit_action(Event::Reschedule),
        object_kind: "booking",
        object_id: booking.id.0,
        capacity: by.name(),
        detail: json!({ "reference": booking.reference, "from": from, "to": start }),
        personal: json!({ "note": command.note }),
    });
    tx.event("booking.moved", booking.id);
    Ok(())
}
