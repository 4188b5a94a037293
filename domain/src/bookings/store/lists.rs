//! Lists of bookings: one statement for each side and direction, so that each has one plan for all values.

use super::super::life::State;
use super::super::views::{ListFilter, ListRow};
use super::read::instant;
use super::{awaited, known};
use crate::catalog::{Kind, Question};
use crate::kernel::page::PAGE_SIZE;
use crate::kernel::{BookingId, Currency, Error, MemberId, Money, ProviderId, UserId, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

/// Whose bookings are listed.
#[derive(Clone, Copy)]
pub(in crate::bookings) enum Whose {
    Customer(UserId),
    Provider(ProviderId, Option<MemberId>),
}

struct Row {
    id: Uuid,
    sort_at: jiff_sqlx::Timestamp,
    reference: String,
    state: String,
    kind: String,
    title: String,
    other: String,
    member_name: String,
    member_active: bool,
    starts_at: Option<jiff_sqlx::Timestamp>,
    ends_at: Option<jiff_sqlx::Timestamp>,
    due_at: Option<jiff_sqlx::Timestamp>,
    zone: String,
    total_minor: i64,
    currency: String,
    clock_at: Option<jiff_sqlx::Timestamp>,
    picture: Option<String>,
    questions: Json<Vec<Question>>,
    answers: Json<Vec<String>>,
}

/// `$whose` narrows by `$1` and `$2`, `$other` is the other side's name, `$beyond` and `$order` are the direction.
macro_rules! bookings {
    ($whose:literal, $other:literal, $beyond:literal, $order:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT b.id, b.sort_at AS "sort_at!: _", b.reference, b.state, b.kind, b.title, "#
                + $other
                + r#" AS "other!", m.name AS member_name, m.active AS member_active, b.starts_at AS "starts_at: _", b.ends_at AS "ends_at: _",
                    b.due_at AS "due_at: _", b.zone, b.total_minor, b.currency, b.clock_at AS "clock_at: _",
                    (SELECT key FROM service_pictures sp WHERE sp.service_id = b.service_id ORDER BY position LIMIT 1) AS picture,
                    CASE WHEN b.state = 'confirmed' THEN b.questions ELSE '[]' END AS "questions!: _", b.answers AS "answers: _"
                FROM bookings b
                JOIN providers p ON p.id = b.provider_id
                JOIN members m ON m.id = b.member_id
                JOIN users u ON u.id = b.customer_id
                WHERE "#
                + $whose
                + r#" AND b.state = ANY($3)
                  AND ($4 = '%%' OR lower(b.title || ' ' || b.reference || ' ' || m.name || ' ' || "#
                + $other
                + ") LIKE $4) AND (b.sort_at, b.id) "
                + $beyond
                + " ($5, $6) ORDER BY "
                + $order
                + " LIMIT $7",
            $($argument),+
        )
    };
}

/// A page of bookings and one more. Open ones come nearest first, past ones latest first. What is not over is named in
/// the statement, so that an index without all that is over serves it: years of work lie before the next visit.
pub(in crate::bookings) async fn list(
    db: impl PgExecutor<'_>,
    whose: Whose,
    filter: ListFilter,
    words: &str,
    after: Option<(Timestamp, Uuid)>,
) -> Result<Vec<ListRow>, Error> {
    let states: Vec<String> = filter.states().iter().map(|state| state.name().to_owned()).collect();
    let words: String = words.trim().chars().take(80).collect();
    let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " ").to_lowercase());
    let backwards = filter == ListFilter::Past;
    let first = if backwards { (Timestamp::MAX, Uuid::max()) } else { (Timestamp::UNIX_EPOCH, Uuid::nil()) };
    let (at, id) = after.unwrap_or(first);
    let at = at.to_sqlx();
    let size = i64::try_from(PAGE_SIZE + 1).unwrap_or(21);
    let rows = match (whose, backwards) {
        (Whose::Customer(UserId(me)), false) => {
            bookings!(
                "b.customer_id = $1 AND $2::uuid IS NULL
                 AND b.state IN ('held', 'requested', 'confirmed', 'started', 'done')",
                "p.name",
                ">",
                "b.sort_at, b.id",
                me,
                None::<Uuid>,
                &states,
                pattern,
                at as _,
                id,
                size,
            )
            .fetch_all(db)
            .await?
        }
        (Whose::Customer(UserId(me)), true) => {
            bookings!(
                "b.customer_id = $1 AND $2::uuid IS NULL",
                "p.name",
                "<",
                "b.sort_at DESC, b.id DESC",
                me,
                None::<Uuid>,
                &states,
                pattern,
                at as _,
                id,
                size,
            )
            .fetch_all(db)
            .await?
        }
        (Whose::Provider(business, member), false) => {
            bookings!(
                "b.provider_id = $1 AND ($2::uuid IS NULL OR b.member_id = $2)
                 AND b.state IN ('held', 'requested', 'confirmed', 'started', 'done')",
                "(u.first_name || ' ' || u.last_name)",
                ">",
                "b.sort_at, b.id",
                business.0,
                member.map(|m| m.0),
                &states,
                pattern,
                at as _,
                id,
                size,
            )
            .fetch_all(db)
            .await?
        }
        (Whose::Provider(business, member), true) => {
            bookings!(
                "b.provider_id = $1 AND ($2::uuid IS NULL OR b.member_id = $2)",
                "(u.first_name || ' ' || u.last_name)",
                "<",
                "b.sort_at DESC, b.id DESC",
                business.0,
                member.map(|m| m.0),
                &states,
                pattern,
                at as _,
                id,
                size,
            )
            .fetch_all(db)
            .await?
        }
    };
    rows.into_iter()
        .map(|row| {
            Ok(ListRow {
                id: BookingId(row.id),
                sort_at: row.sort_at.to_jiff(),
                state: known(State::parse(&row.state), "state", &row.reference)?,
                kind: known(Kind::parse(&row.kind), "kind", &row.reference)?,
                title: row.title,
                other: row.other,
                member_name: row.member_name,
                member_active: row.member_active,
                visit: instant(row.starts_at).zip(instant(row.ends_at)),
                due_at: instant(row.due_at),
                zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
                total: Money::new(row.total_minor, known(Currency::parse(&row.currency), "currency", &row.reference)?),
                clock_at: instant(row.clock_at),
                picture: row.picture,
                awaited: awaited(row.questions.0, row.answers.0),
                reference: row.reference,
            })
        })
        .collect()
}
