//! The statements of bookings.

use super::commands::{Address, Book, BookError};
use super::life::State;
use crate::catalog::{Asked, At, Bookable, BookingMode, CancellationPolicy, Kind, Line, Place, Question, Quote};
use crate::kernel::{BookingId, Error, MemberId, Money, OwnPlaceId, PackageId, ProviderId, ServiceId, UserId, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub(super) mod ahead;
pub(super) mod answers;
pub(super) mod appointments;
pub(super) mod lists;
pub(super) mod people;
pub(super) mod portal;
pub(super) mod read;
pub(super) mod reassign;
pub(super) mod reschedule;

/// A booking about to be written.
pub(super) struct NewBooking {
    pub id: BookingId,
    pub reference: String,
    pub customer: UserId,
    pub provider: ProviderId,
    pub service: ServiceId,
    pub package: Option<PackageId>,
    pub member: MemberId,
    pub any_member: bool,
    pub kind: Kind,
    pub title: String,
    pub lines: Vec<Line>,
    pub total: Money,
    pub booking_mode: BookingMode,
    pub cancellation_policy: CancellationPolicy,
    pub visit: Option<(Timestamp, Timestamp)>,
    pub due_at: Option<Timestamp>,
    pub zone: Zone,
    pub place: Place,
    pub address: Address,
    /// Whether anybody could tell where its postal code is.
    pub code_known: bool,
    pub note: String,
    /// Minutes reserved for the way, before and after.
    pub travel: u16,
    /// The place of the business it belongs to.
    pub at: At,
    pub questions: Vec<Question>,
    pub clock_at: Option<Timestamp>,
    pub key: Uuid,
    pub now: Timestamp,
}

/// Writes a new booking and the first line of its history, in one statement.
pub(super) async fn insert(conn: &mut PgConnection, b: &NewBooking) -> Result<(), Error> {
    sqlx::query!(
        "WITH booking AS (
            INSERT INTO bookings (id, reference, customer_id, provider_id, service_id, package_id, member_id, any_member, kind,
                state, title, lines, total_minor, currency, booking_mode, cancellation_policy, starts_at, ends_at, due_at, zone,
                place, street, postal_code, city, note, clock_at, idempotency_key, created_at, updated_at, questions, travel_min,
                at_main, own_place_id, region, country, code_known)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held', $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27, $27, $28, $29, $30, $31, $32, $33, $34)
            RETURNING id, customer_id, created_at)
         INSERT INTO booking_events (booking_id, seq, at, event, from_state, to_state, actor_id, capacity)
         SELECT id, 1, created_at, 'hold', NULL, 'held', customer_id, 'customer' FROM booking",
        b.id.0,
        b.reference,
        b.customer.0,
        b.provider.0,
        b.service.0,
        b.package.map(|p| p.0),
        b.member.0,
        b.any_member,
        b.kind.name(),
        b.title,
        json!(b.lines),
        b.total.minor,
        b.total.currency.code(),
        b.booking_mode.name(),
        b.cancellation_policy.name(),
        b.visit.map(|(start, _)| start.to_sqlx()) as _,
        b.visit.map(|(_, end)| end.to_sqlx()) as _,
        b.due_at.map(ToSqlx::to_sqlx) as _,
        b.zone.name(),
        b.place.name(),
        b.address.street,
        b.address.postal_code,
        b.address.city,
        b.note,
        b.clock_at.map(ToSqlx::to_sqlx) as _,
        b.key,
        b.now.to_sqlx() as _,
        json!(b.questions),
        i16::try_from(b.travel).unwrap_or(i16::MAX),
        b.at.columns().0,
        b.at.columns().1.map(|id| id.0),
        b.address.region,
        b.address.country,
        b.code_known,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A booking that a key has already made.
pub(super) struct Known {
    reference: String,
    state: String,
    service_slug: String,
    starts_at: Option<jiff_sqlx::Timestamp>,
    package_id: Option<Uuid>,
    lines: serde_json::Value,
    member_id: Uuid,
    any_member: bool,
    street: String,
    postal_code: String,
    city: String,
    region: String,
    country: String,
    note: String,
}

impl Known {
    /// The same wish again gets the same booking. Another wish under the same key is a form that was used
    /// before: the person came back to it and changed something, or let go of what it had made.
    pub fn answers(self, command: &Book, service: &Bookable, quote: &Quote) -> Result<String, BookError> {
        let over = State::parse(&self.state).is_none_or(|state| matches!(state, State::Cancelled | State::Expired));
        if !over && self.is_wished_by(command, service, quote) {
            return Ok(self.reference);
        }
        let words = format!("This form already made booking {}. Send it again to make another one.", self.reference);
        Err(Error::Conflict(words).into())
    }

    /// Lengths and extras are lines of the price; the title is the service's of now, as the lines are.
    fn is_wished_by(&self, command: &Book, service: &Bookable, quote: &Quote) -> bool {
        let kept = Address {
            street: self.street.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            country: self.country.clone(),
        };
        self.service_slug == command.service
            && self.starts_at.map(jiff_sqlx::Timestamp::to_jiff)
                == command.start.filter(|_| service.kind() == Kind::Visit)
            && self.package_id == command.choice.package.map(|p| p.0)
            && self.lines == json!(quote.lines)
            && (self.any_member == command.member.is_none())
            && command.member.is_none_or(|member| member.0 == self.member_id)
            && kept == command.address
            && self.note == command.note
    }
}

/// The booking of a customer's key, if the key has been used.
pub(super) async fn by_key(db: impl PgExecutor<'_>, customer: UserId, key: Uuid) -> Result<Option<Known>, Error> {
    Ok(sqlx::query_as!(
        Known,
        r#"SELECT b.reference, b.state, s.slug AS service_slug, b.starts_at AS "starts_at: jiff_sqlx::Timestamp",
            b.package_id, b.lines, b.member_id, b.any_member, b.street, b.postal_code, b.city, b.region, b.country, b.note
        FROM bookings b JOIN services s ON s.id = b.service_id WHERE b.customer_id = $1 AND b.idempotency_key = $2"#,
        customer.0,
        key
    )
    .fetch_optional(db)
    .await?)
}

/// A time a customer keeps during checkout.
pub(super) struct OwnHold {
    pub booking: BookingId,
    pub member: MemberId,
    pub starts_at: Option<Timestamp>,
}

/// What a customer holds of a service at the moment.
pub(super) async fn own_holds(
    db: impl PgExecutor<'_>,
    customer: UserId,
    service: ServiceId,
) -> Result<Vec<OwnHold>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id, member_id, starts_at AS "starts_at: jiff_sqlx::Timestamp"
        FROM bookings WHERE customer_id = $1 AND service_id = $2 AND state = 'held'"#,
        customer.0,
        service.0
    );
    let holds = rows.fetch_all(db).await?.into_iter().map(|row| OwnHold {
        booking: BookingId(row.id),
        member: MemberId(row.member_id),
        starts_at: row.starts_at.map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(holds.collect())
}

/// A booking in the hands of a transaction: nobody else moves it meanwhile.
pub(super) struct Locked {
    pub id: BookingId,
    pub reference: String,
    pub state: State,
    pub kind: Kind,
    pub booking_mode: BookingMode,
    pub customer: UserId,
    pub provider: ProviderId,
    pub service: ServiceId,
    pub member: MemberId,
    pub starts_at: Option<Timestamp>,
    pub promised: Option<Timestamp>,
    pub clock_at: Option<Timestamp>,
    /// Minutes that are reserved for the way, before and after.
    pub travel: u16,
    /// The place of the business it belongs to.
    pub at: At,
    /// Since when it is in its state; moving a visit is no change of it.
    pub since: Timestamp,
}

/// Which booking is meant.
#[derive(Clone, Debug)]
pub(super) enum Key {
    Id(BookingId),
    Reference(String),
}

impl Key {
    const fn id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(id.0),
            Self::Reference(_) => None,
        }
    }

    fn reference(&self) -> Option<&str> {
        match self {
            Self::Id(_) => None,
            Self::Reference(reference) => Some(reference),
        }
    }
}

/// The member of a booking, to lock before the booking itself.
pub(super) async fn member_of(db: impl PgExecutor<'_>, key: &Key) -> Result<MemberId, Error> {
    let found = sqlx::query_scalar!(
        "SELECT member_id FROM bookings WHERE id = $1 OR reference = $2",
        key.id(),
        key.reference()
    );
    Ok(MemberId(found.fetch_one(db).await?))
}

/// Whether nothing new can be agreed with a member: their business is hidden, or they are off the market.
pub(super) async fn out_of_reach(conn: &mut PgConnection, member: MemberId) -> Result<(bool, bool), Error> {
    let row = sqlx::query!(
        "SELECT p.hidden, m.active FROM members m JOIN providers p ON p.id = m.provider_id WHERE m.id = $1",
        member.0
    );
    let row = row.fetch_one(conn).await?;
    Ok((row.hidden, !row.active))
}

/// Takes a booking in hand.
pub(super) async fn lock(conn: &mut PgConnection, key: &Key) -> Result<Locked, Error> {
    let row = sqlx::query!(
        r#"SELECT id, reference, state, kind, booking_mode, customer_id, provider_id, service_id, member_id, travel_min, at_main, own_place_id,
            starts_at AS "starts_at: jiff_sqlx::Timestamp", coalesce(ends_at, due_at) AS "promised: jiff_sqlx::Timestamp",
            clock_at AS "clock_at: jiff_sqlx::Timestamp",
            coalesce((SELECT max(e.at) FROM booking_events e
                      WHERE e.booking_id = bookings.id AND e.from_state IS DISTINCT FROM e.to_state), updated_at)
                AS "since!: jiff_sqlx::Timestamp"
        FROM bookings WHERE id = $1 OR reference = $2 FOR UPDATE"#,
        key.id(),
        key.reference()
    )
    .fetch_one(conn)
    .await?;
    Ok(Locked {
        id: BookingId(row.id),
        state: known(State::parse(&row.state), "state", &row.reference)?,
        kind: known(Kind::parse(&row.kind), "kind", &row.reference)?,
        booking_mode: known(BookingMode::parse(&row.booking_mode), "booking_mode", &row.reference)?,
        reference: row.reference,
        customer: UserId(row.customer_id),
        provider: ProviderId(row.provider_id),
        service: ServiceId(row.service_id),
        member: MemberId(row.member_id),
        starts_at: row.starts_at.map(jiff_sqlx::Timestamp::to_jiff),
        promised: row.promised.map(jiff_sqlx::Timestamp::to_jiff),
        clock_at: row.clock_at.map(jiff_sqlx::Timestamp::to_jiff),
        travel: u16::try_from(row.travel_min).unwrap_or(0),
        at: At::of_columns(row.at_main, row.own_place_id.map(OwnPlaceId)),
        since: row.since.to_jiff(),
    })
}

/// What is asked, needed and not answered yet.
pub(super) fn awaited(questions: Vec<Question>, answers: Vec<String>) -> Vec<Question> {
    let asked = Asked::pairs(questions, answers);
    asked.into_iter().filter(Asked::is_awaited).map(|asked| asked.question).collect()
}

/// A stored word that no code knows is a broken promise, and says where it stands.
pub(super) fn known<T>(value: Option<T>, column: &str, reference: &str) -> Result<T, Error> {
    value.ok_or_else(|| Error::internal(format!("bookings.{column} of {reference} holds an unknown word")))
}

/// A step of a booking's life, ready to be written.
pub(super) struct Step<'s> {
    pub booking: BookingId,
    pub event: &'s str,
    pub from: State,
    pub to: State,
    pub actor: Option<UserId>,
    pub capacity: &'s str,
    pub note: &'s str,
    pub satisfaction: Option<i16>,
    pub clock_at: Option<Timestamp>,
    /// When open answers are asked for once more, if something is asked.
    pub ask_again_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Moves a booking on and adds the line to its history, in one statement.
pub(super) async fn step(conn: &mut PgConnection, s: &Step<'_>) -> Result<(), Error> {
    sqlx::query!(
        "WITH moved AS (
            UPDATE bookings SET state = $2, clock_at = $3, satisfaction = coalesce($4, satisfaction), updated_at = $5,
                ask_again_at = CASE WHEN answered_at IS NULL AND jsonb_path_exists(questions, '$[*] ? (@.required == true)')
                    THEN $11::timestamptz END
            WHERE id = $1 RETURNING id)
         INSERT INTO booking_events (booking_id, seq, at, event, from_state, to_state, actor_id, capacity, note)
         SELECT id, (SELECT coalesce(max(seq), 0) + 1 FROM booking_events WHERE booking_id = $1), $5, $6, $7, $2, $8, $9, $10 FROM moved",
        s.booking.0,
        s.to.name(),
        s.clock_at.map(ToSqlx::to_sqlx) as _,
        s.satisfaction,
        s.now.to_sqlx() as _,
        s.event,
        s.from.name(),
        s.actor.map(|a| a.0),
        s.capacity,
        s.note,
        s.ask_again_at.map(ToSqlx::to_sqlx) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Bookings whose clock has run out, the longest ago first.
pub(super) async fn overdue(db: impl PgExecutor<'_>, now: Timestamp, limit: i64) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT id FROM bookings WHERE clock_at <= $1 ORDER BY clock_at LIMIT $2",
        now.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?)
}
