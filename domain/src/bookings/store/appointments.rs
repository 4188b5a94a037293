//! Visits for feeds. A hold is no appointment yet, and what never was more than a hold never was one.

use super::super::appointments::Visit;
use super::super::commands::Address;
use super::super::life::State;
use super::known;
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

/// What a feed holds at most.
const MOST: i64 = 2000;

struct Row {
    reference: String,
    state: String,
    title: String,
    other: String,
    member_name: String,
    street: String,
    postal_code: String,
    city: String,
    region: String,
    country: String,
    starts_at: jiff_sqlx::Timestamp,
    ends_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
    steps: i64,
}

impl Row {
    fn read(self) -> Result<Visit, Error> {
        Ok(Visit {
            state: known(State::parse(&self.state), "state", &self.reference)?,
            reference: self.reference,
            title: self.title,
            other: self.other,
            member_name: self.member_name,
            address: Address {
                street: self.street,
                postal_code: self.postal_code,
                city: self.city,
                region: self.region,
                country: self.country,
            },
            starts: self.starts_at.to_jiff(),
            ends: self.ends_at.to_jiff(),
            changed: self.updated_at.to_jiff(),
            steps: self.steps,
        })
    }
}

/// A customer's visits that end, or were changed, after an instant.
pub(in crate::bookings) async fn of_customer(
    db: impl PgExecutor<'_>,
    customer: UserId,
    since: Timestamp,
) -> Result<Vec<Visit>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT b.reference, b.state, b.title, p.name AS other, m.name AS member_name, b.street, b.postal_code, b.city, b.region, b.country,
            b.starts_at AS "starts_at!: jiff_sqlx::Timestamp", b.ends_at AS "ends_at!: jiff_sqlx::Timestamp",
            b.updated_at AS "updated_at: jiff_sqlx::Timestamp", h.steps AS "steps!"
        FROM bookings b
        JOIN providers p ON p.id = b.provider_id
        JOIN members m ON m.id = b.member_id
        CROSS JOIN LATERAL (SELECT count(*) AS steps, bool_or(e.to_state IN ('requested', 'confirmed')) AS asked
                            FROM booking_events e WHERE e.booking_id = b.id) h
        WHERE b.customer_id = $1 AND b.sort_at > $2 AND b.kind = 'visit' AND b.state <> 'held' AND h.asked
          AND (b.state NOT IN ('cancelled', 'declined', 'expired') OR b.updated_at > $2)
        ORDER BY b.sort_at DESC, b.id DESC LIMIT $3"#,
        customer.0,
        since.to_sqlx() as _,
        MOST,
    );
    rows.fetch_all(db).await?.into_iter().map(Row::read).collect()
}

/// The visits a person does as an active member of businesses, in the same bounds.
pub(in crate::bookings) async fn of_worker(
    db: impl PgExecutor<'_>,
    person: UserId,
    since: Timestamp,
) -> Result<Vec<Visit>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT b.reference, b.state, b.title, u.first_name || ' ' || u.last_name AS "other!", m.name AS member_name,
            b.street, b.postal_code, b.city, b.region, b.country,
            b.starts_at AS "starts_at!: jiff_sqlx::Timestamp", b.ends_at AS "ends_at!: jiff_sqlx::Timestamp",
            b.updated_at AS "updated_at: jiff_sqlx::Timestamp", h.steps AS "steps!"
        FROM members m
        JOIN bookings b ON b.provider_id = m.provider_id AND b.member_id = m.id
        JOIN users u ON u.id = b.customer_id
        CROSS JOIN LATERAL (SELECT count(*) AS steps, bool_or(e.to_state IN ('requested', 'confirmed')) AS asked
                            FROM booking_events e WHERE e.booking_id = b.id) h
        WHERE m.user_id = $1 AND m.active AND b.sort_at > $2 AND b.kind = 'visit' AND b.state <> 'held' AND h.asked
          AND (b.state NOT IN ('cancelled', 'declined', 'expired') OR b.updated_at > $2)
        ORDER BY b.sort_at DESC, b.id DESC LIMIT $3"#,
        person.0,
        since.to_sqlx() as _,
        MOST,
    );
    rows.fetch_all(db).await?.into_iter().map(Row::read).collect()
}
