//! Booking a service: the time is held for ten minutes, the price is frozen, and the customer is asked to
//! confirm. However many people ask for one time at once, exactly one of them gets it.

use super::advance::carry_out;
use super::commands::{Address, Book, BookError, Words};
use super::life::{self, Capacity, Event, State};
use super::offered::offered_by;
use super::open_to::open_to;
use super::price::quote_for;
use super::store::{self, Key, NewBooking};
use crate::availability::{self, Claim, OpenDay, Rules, lock_members, reserve};
use crate::catalog::{At, Bookable, Going, Kind, Pair, Quote, bookable, going_to, keep_apart};
use crate::kernel::geocoder::Sought;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, BookingId, Context, Error, FieldErrors, MemberId, Object, Scope, Tx, UserId, WriteError, can,
    constraint, reference, write,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// How many free times are named when the wanted one is taken.
const ALTERNATIVES: usize = 4;
/// How far the search for alternatives goes.
pub(super) const ALTERNATIVE_DAYS: u16 = 14;

impl WriteError for BookError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::SlotTaken(_) | Self::OutOfArea(_) | Self::NotForYou => None,
        }
    }
}

/// The rules of a service for a visit of so many minutes, without any way: [`Rules::going`] adds it.
#[must_use]
pub fn rules_for(service: &Bookable, minutes: u32) -> Rules {
    let short = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
    Rules {
        duration: short(minutes),
        interval: short(service.slot_interval_min),
        buffer_before: short(service.buffer_before_min),
        buffer_after: short(service.buffer_after_min),
        min_notice: service.booking_mode.notice(service.min_notice_min),
        horizon_days: short(service.horizon_days),
        travel: 0,
        at: At::Everywhere,
        daily_limit: service.daily_limit.map(short),
    }
}

/// Holds a time (or a delivery) for a customer and returns the booking's reference. Sending the same
/// command twice returns the same booking.
///
/// # Errors
/// [`BookError::SlotTaken`] with the nearest free times; [`BookError::NotForYou`] when one of the two has blocked the
/// other; [`BookError::OutOfArea`] when the business does not go to the address; complaints about fields; not signed in; the
/// service is not on offer.
pub async fn book(ctx: &Context, actor: &Actor, command: Book) -> Result<String, BookError> {
    let customer = actor.signed_in_for(Scope::BookingsWrite)?;
    if !can(actor, Action::Book, &Object::default()) {
        return Err(Error::Forbidden("booking".to_owned()).into());
    }
    let mut conn = ctx.pool.acquire().await.map_err(Error::from)?;
    let known = store::by_key(&mut *conn, customer, command.key).await?;
    let service = bookable(&mut conn, command.service.as_str()).await?;
    drop(conn);
    service.on_offer()?;
    if actor.works_for(service.provider) {
        return Err(Error::Conflict("This is your own business: you cannot book it yourself.".to_owned()).into());
    }
    if !service.priced.has_a_price() {
        let words = "The price of this service is named on request. It cannot be booked directly.";
        return Err(Error::Conflict(words.to_owned()).into());
    }
    let command = Book { address: command.address.settled(&service), ..command };
    let quote = quote_for(&service, &command.choice, command.start)?;
    if let Some(known) = known {
        return known.answers(&command, &service, &quote);
    }
    check(&service, &command)?;
    let going = going(ctx, &service, &command).await?;
    let rules = rules_for(&service, quote.minutes).going(going.way);
    let wish = match service.kind() {
        Kind::Delivery => {
            let candidates = service.members.iter().map(|m| m.id).take(1).collect();
            Wish { candidates, visit: None, code_known: going.code_known }
        }
        Kind::Visit => {
            let wish = visit_wish(ctx, customer, &service, &rules, &command).await?;
            Wish { code_known: going.code_known, ..wish }
        }
    };
    if wish.candidates.is_empty() {
        return Err(Error::Conflict("Nobody does this service at the moment.".to_owned()).into());
    }
    let done = hold(ctx, actor, customer, &service, &quote, &command, &wish).await;
    match done {
        Err(BookError::Refused(Error::Internal(inner)))
            if inner.downcast_ref::<sqlx::Error>().is_some_and(|e| constraint::violates(e, "bookings_once")) =>
        {
            let known = store::by_key(&ctx.pool, customer, command.key).await?;
            known.ok_or_else(|| Error::internal("a booking's key vanished"))?.answers(&command, &service, &quote)
        }
        Err(BookError::SlotTaken(_)) => Err(taken(ctx, &service, &rules, &command).await?),
        done => done,
    }
}

/// The way to the address of the wished visit, if the business goes there.
async fn going(ctx: &Context, service: &Bookable, command: &Book) -> Result<Going, BookError> {
    let Address { city, country, postal_code, .. } = command.address.clone();
    going_to(ctx, &service.base, &Sought { city, country, postal_code }).await.map_err(BookError::OutOfArea)
}

/// Who could do it, and when.
#[derive(Clone)]
struct Wish {
    candidates: Vec<MemberId>,
    visit: Option<(Timestamp, Rules)>,
    /// Nobody could tell otherwise whether the address lies in the area.
    code_known: bool,
}

fn check(service: &Bookable, command: &Book) -> Result<(), BookError> {
    let mut wrong = FieldErrors::new();
    if service.kind() == Kind::Visit {
        if command.start.is_none() {
            wrong.add("start", "Choose a time.");
        }
        if service.takes_address() {
            command.address.check(&mut wrong);
        }
    }
    if command.note.chars().count() > 2000 {
        wrong.add("note", "Please keep the note under 2,000 characters.");
    }
    if let Some(member) = command.member
        && service.members.iter().all(|m| m.id != member)
    {
        wrong.add("member", "That person does not do this service any more. Please choose again.");
    }
    Ok(wrong.into_result()?)
}

/// A quick look before any lock is taken: is the time offered, and by whom?
async fn visit_wish(
    ctx: &Context,
    customer: UserId,
    service: &Bookable,
    rules: &Rules,
    command: &Book,
) -> Result<Wish, BookError> {
    let start = command.start.ok_or_else(|| Error::invalid("start", "Choose a time."))?;
    let date = availability::civil::date(&service.zone.rules(), start);
    let Some((open, timetable)) = open_to(ctx, Some(customer), service, rules, command.member, start).await? else {
        return Err(taken(ctx, service, rules, command).await?);
    };
    // Anyone free: whoever has least to do that day comes first.
    let zone = service.zone.rules();
    let of_day = |at: Option<Timestamp>| at.is_some_and(|at| availability::civil::date(&zone, at) == date);
    let able = || timetable.members.iter().filter(|m| open.members.contains(&m.id));
    let mut candidates: Vec<(usize, MemberId)> =
        able().map(|m| (m.taken.iter().filter(|t| of_day(t.visit)).count(), m.id)).collect();
    candidates.sort_by_key(|(busy, _)| *busy);
    let candidates = candidates.into_iter().map(|(_, id)| id).collect();
    Ok(Wish { candidates, visit: Some((start, *rules)), code_known: true })
}

/// The nearest free times to a wanted one.
async fn taken(ctx: &Context, service: &Bookable, rules: &Rules, command: &Book) -> Result<BookError, Error> {
    let now = ctx.clock.now();
    let wanted = command.start.unwrap_or(now).max(now);
    let zone = service.zone.rules();
    let first = availability::civil::date(&zone, wanted.checked_sub(SignedDuration::from_hours(24)).unwrap_or(wanted));
    let offered = offered_by(ctx, service, rules, command.member, first, ALTERNATIVE_DAYS).await?;
    Ok(BookError::SlotTaken(nearest(&offered.days, wanted)))
}

/// The free times nearest to a wanted one, in order; that one is not among them.
pub(super) fn nearest(days: &[OpenDay], wanted: Timestamp) -> Vec<Timestamp> {
    let mut times: Vec<Timestamp> = days.iter().flat_map(|day| &day.times).map(|time| time.start).collect();
    times.retain(|start| *start != wanted);
    times.sort_by_key(|start| start.duration_since(wanted).abs());
    times.truncate(ALTERNATIVES);
    times.sort_unstable();
    times
}

async fn hold(
    ctx: &Context,
    actor: &Actor,
    customer: UserId,
    service: &Bookable,
    quote: &Quote,
    command: &Book,
    wish: &Wish,
) -> Result<String, BookError> {
    let for_tx = (ctx.clone(), service.clone(), quote.clone(), command.clone(), wish.clone());
    write(ctx, actor, move |tx| {
        let (ctx, service, quote, command, wish) = for_tx.clone();
        Box::pin(async move {
            let id: BookingId = ctx.id();
            let mut member = wish.candidates.first().copied();
            let pair = Pair { customer, provider: service.provider };
            if let Some((start, rules)) = wish.visit {
                // Whoever chooses again gives the earlier choice back: one's own hold must not stand in one's way.
                let given_back = store::own_holds(&mut *tx.conn(), customer, service.id).await?;
                let mut members = wish.candidates.clone();
                members.extend(given_back.iter().map(|hold| hold.member));
                lock_members(tx.conn(), &members).await?;
                if let Some(known) = store::by_key(&mut *tx.conn(), customer, command.key).await? {
                    return known.answers(&command, &service, &quote);
                }
                if keep_apart(tx, pair).await? {
                    return Err(BookError::NotForYou);
                }
                for hold in given_back {
                    give_back(&ctx, tx, hold.booking).await?;
                }
                let candidates = still_free(tx, &service, &wish, start, rules).await?;
                member = claim(&ctx, tx, id, &candidates, start, &rules).await?;
            } else if keep_apart(tx, pair).await? {
                return Err(BookError::NotForYou);
            }
            let member = member.ok_or_else(|| BookError::SlotTaken(Vec::new()))?;
            let booking = NewBooking::of(&ctx, id, customer, &service, &quote, &command, member, &wish, tx.now());
            store::insert(tx.conn(), &booking).await?;
            leave_trace(tx, &booking);
            Ok(booking.reference)
        })
    })
    .await
}

/// Calls off a hold in whose place another time is chosen.
async fn give_back(ctx: &Context, tx: &mut Tx, hold: BookingId) -> Result<(), Error> {
    let hold = store::lock(tx.conn(), &Key::Id(hold)).await?;
    match life::find(hold.state, Event::Cancel, Capacity::Customer) {
        Some(row) if hold.state == State::Held => {
            let words = Words { note: "Another time was chosen.".to_owned(), ..Words::default() };
            carry_out(ctx, tx, &hold, row, &words).await.map(drop)
        }
        // It was confirmed or ran out meanwhile.
        _ => Ok(()),
    }
}

/// What the quick look saw may be over by the time the lock is held: hours were changed, a limit is reached. Whoever
/// changes hours takes the same lock, so what is seen under it stays until the booking stands.
async fn still_free(
    tx: &mut Tx,
    service: &Bookable,
    wish: &Wish,
    start: Timestamp,
    rules: Rules,
) -> Result<Vec<MemberId>, Error> {
    let date = availability::civil::date(&service.zone.rules(), start);
    let now = tx.now();
    let timetable = availability::timetable(&mut *tx.conn(), service.id, &service.zone, date, 1, now).await?;
    let days = availability::open_days(&timetable, &rules, None, date, 1, now);
    let open = days.into_iter().flat_map(|day| day.times).find(|time| time.start == start);
    let free = open.map(|time| time.members).unwrap_or_default();
    Ok(wish.candidates.iter().copied().filter(|id| free.contains(id)).collect())
}

/// Takes the time of the first candidate who has it.
async fn claim(
    ctx: &Context,
    tx: &mut Tx,
    booking: BookingId,
    candidates: &[MemberId],
    start: Timestamp,
    rules: &Rules,
) -> Result<Option<MemberId>, Error> {
    let (visit, during) = rules.ranges(start).ok_or_else(|| Error::invalid("start", "Choose another time."))?;
    for member in candidates.iter().copied() {
        let claim = Claim {
            member,
            booking: Some(booking),
            state: availability::State::Hold,
            during,
            visit,
            expires_at: tx.now().checked_add(life::HOLD).ok(),
            note: String::new(),
        };
        if reserve(ctx, tx, &claim).await?.is_some() {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

fn leave_trace(tx: &mut Tx, booking: &NewBooking) {
    tx.audit(AuditEntry {
        action: "booking.held",
        object_kind: "booking",
        object_id: booking.id.0,
        capacity: Capacity::Customer.name(),
        detail: json!({
            "reference": booking.reference, "service": booking.service, "member": booking.member,
            "start": booking.visit.map(|(start, _)| start), "total": booking.total, "to": State::Held.name(),
        }),
        personal: json!({ "note": booking.note, "address": booking.address }),
    });
    tx.event("booking.held", booking.id);
}

impl NewBooking {
    #[expect(clippy::too_many_arguments, reason = "a booking is made of all of these, once")]
    fn of(
        ctx: &Context,
        id: BookingId,
        customer: UserId,
        service: &Bookable,
        quote: &Quote,
        command: &Book,
        member: MemberId,
        wish: &Wish,
        now: Timestamp,
    ) -> Self {
        let (start, travel, at) =
            wish.visit.map_or((None, 0, At::Everywhere), |(start, rules)| (Some(start), rules.travel, rules.at));
        let minutes = SignedDuration::from_mins(i64::from(quote.minutes));
        let visit = start.and_then(|start| Some((start, start.checked_add(minutes).ok()?)));
        let days = SignedDuration::from_hours(24 * i64::from(quote.days));
        Self {
            id,
            reference: reference::booking(ctx.chance.bytes()),
            customer,
            provider: service.provider,
            service: service.id,
            package: command.choice.package,
            member,
            any_member: command.member.is_none(),
            kind: service.kind(),
            title: service.priced.title.clone(),
            lines: quote.lines.clone(),
            total: quote.total,
            booking_mode: service.booking_mode,
            cancellation_policy: service.cancellation_policy,
            due_at: if visit.is_none() { now.checked_add(days).ok() } else { None },
            clock_at: life::clock(State::Held, service.kind(), now, start, None),
            visit,
            zone: service.zone.clone(),
            place: service.place,
            address: command.address.clone(),
            code_known: wish.code_known,
            note: command.note.clone(),
            travel,
            at,
            questions: service.questions.clone(),
            key: command.key,
            now,
        }
    }
}
