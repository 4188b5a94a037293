//! Who is written to about a booking.

use super::super::life::Capacity;
use crate::kernel::{BookingId, Error, MemberId, UserId};
use sqlx::PgConnection;

/// Somebody on one of the two sides.
pub(in crate::bookings) struct Person {
    pub side: Capacity,
    pub user: UserId,
    pub email: String,
    pub first_name: String,
    /// Given and family name.
    pub name: String,
    /// Was to do the visit until it was given to somebody else.
    pub former: bool,
}

/// The customer, and the member who does it. For a member without a login, and for one who rests or has left and so sees
/// nothing of the business any more, the owners.
pub(in crate::bookings) async fn of(conn: &mut PgConnection, booking: BookingId) -> Result<Vec<Person>, Error> {
    let rows = sqlx::query!(
        r#"SELECT true AS "customer!", u.id AS "id!", u.email AS "email!", u.first_name AS "first_name!",
            u.first_name || ' ' || u.last_name AS "name!"
        FROM bookings b JOIN users u ON u.id = b.customer_id
        WHERE b.id = $1 AND u.deleted_at IS NULL
        UNION ALL
        SELECT false, u.id, u.email, u.first_name, u.first_name || ' ' || u.last_name
        FROM bookings b
        JOIN members does ON does.id = b.member_id
        JOIN members m ON m.active AND (m.id = does.id OR (m.provider_id = does.provider_id AND m.role = 'owner'
            AND (does.user_id IS NULL OR NOT does.active)))
        JOIN users u ON u.id = m.user_id
        WHERE b.id = $1 AND u.deleted_at IS NULL"#,
        booking.0
    )
    .fetch_all(conn)
    .await?;
    let people = rows.into_iter().map(|row| Person {
        side: if row.customer { Capacity::Customer } else { Capacity::Provider },
        user: UserId(row.id),
        email: row.email,
        first_name: row.first_name,
        name: row.name,
        former: false,
    });
    Ok(people.collect())
}

/// Whoever was written to about the visits of a member: the member, or the owners in their place.
pub(in crate::bookings) async fn former(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Person>, Error> {
    let rows = sqlx::query!(
        r#"SELECT u.id, u.email, u.first_name, u.first_name || ' ' || u.last_name AS "name!"
        FROM members did
        JOIN members m ON m.active AND (m.id = did.id OR (m.provider_id = did.provider_id AND m.role = 'owner'
            AND (did.user_id IS NULL OR NOT did.active)))
        JOIN users u ON u.id = m.user_id
        WHERE did.id = $1 AND u.deleted_at IS NULL"#,
        member.0
    )
    .fetch_all(conn)
    .await?;
    let people = rows.into_iter().map(|row| Person {
        side: Capacity::Provider,
        user: UserId(row.id),
        email: row.email,
        first_name: row.first_name,
        name: row.name,
        former: true,
    });
    Ok(people.collect())
}
