//! Statements about codes that were sent to phones, and about how many were.

use crate::accounts::phone::{CODE_TRIES, Phone, SentCode};
use crate::kernel::{Error, UserId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// A person's number, whether it is proved, and the code that works now.
pub(in crate::accounts) async fn phone(db: impl PgExecutor<'_>, user: UserId, now: Timestamp) -> Result<Phone, Error> {
    let row = sqlx::query!(
        r#"SELECT u.phone, u.phone_verified_at AS "confirmed: jiff_sqlx::Timestamp", c.tries AS "tries?",
               c.expires_at AS "expires?: jiff_sqlx::Timestamp"
           FROM users u LEFT JOIN phone_codes c ON c.user_id = u.id AND c.expires_at > $2 AND c.tries < $3
           WHERE u.id = $1 AND u.deleted_at IS NULL"#,
        user.0,
        now.to_sqlx() as _,
        CODE_TRIES.cast_signed(),
    )
    .fetch_one(db)
    .await?;
    Ok(Phone {
        number: row.phone,
        confirmed: row.confirmed.map(jiff_sqlx::Timestamp::to_jiff),
        code: row.expires.zip(row.tries).map(|(expires, tries)| SentCode {
            expires: expires.to_jiff(),
            tries_left: CODE_TRIES.saturating_sub(u32::try_from(tries).unwrap_or(CODE_TRIES)),
        }),
    })
}

/// Keeps a code; an earlier one of the person is no longer one.
pub(in crate::accounts) async fn put_code(
    conn: &mut PgConnection,
    user: UserId,
    number: &str,
    hash: &[u8],
    (now, expires): (Timestamp, Timestamp),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO phone_codes (user_id, phone, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id) DO UPDATE SET phone = excluded.phone, hash = excluded.hash, tries = 0,
             created_at = excluded.created_at, expires_at = excluded.expires_at",
        user.0,
        number,
        hash,
        now.to_sqlx() as _,
        expires.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A code that is being tried.
pub(in crate::accounts) struct TriedCode {
    pub number: String,
    pub hash: Vec<u8>,
    /// This one counted.
    pub tries: u32,
}

/// Counts a try of the code that works now; of many at the same moment each waits for the one before.
pub(in crate::accounts) async fn try_code(
    conn: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<Option<TriedCode>, Error> {
    let row = sqlx::query!(
        "UPDATE phone_codes SET tries = tries + 1 WHERE user_id = $1 AND expires_at > $2 AND tries < $3
         RETURNING phone, hash, tries",
        user.0,
        now.to_sqlx() as _,
        CODE_TRIES.cast_signed(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| TriedCode { number: row.phone, hash: row.hash, tries: row.tries.unsigned_abs() }))
}

/// Forgets a person's code.
pub(in crate::accounts) async fn forget_code(conn: &mut PgConnection, user: UserId) -> Result<(), Error> {
    sqlx::query!("DELETE FROM phone_codes WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// The number is proved, if it is still the person's.
pub(in crate::accounts) async fn confirm(
    conn: &mut PgConnection,
    user: UserId,
    number: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE users SET phone_verified_at = $3 WHERE id = $1 AND phone = $2",
        user.0,
        number,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A budget after something was spent.
pub(in crate::accounts) struct Spent {
    pub kind: String,
    pub spent: i32,
    pub until: Timestamp,
}

/// Counts one under each budget, beginning a new window where the old one is over. Rows are taken in one order, so that
/// two transactions cannot wait for each other in a circle.
pub(in crate::accounts) async fn spend(
    conn: &mut PgConnection,
    wanted: &[(&str, [u8; 32], SignedDuration)],
    now: Timestamp,
) -> Result<Vec<Spent>, Error> {
    let kinds: Vec<String> = wanted.iter().map(|(kind, ..)| (*kind).to_owned()).collect();
    let subjects: Vec<Vec<u8>> = wanted.iter().map(|(_, subject, _)| subject.to_vec()).collect();
    let windows: Vec<f64> = wanted.iter().map(|(.., window)| window.as_secs_f64()).collect();
    let rows = sqlx::query!(
        r#"INSERT INTO phone_budgets AS b (kind, subject, spent, until)
           SELECT w.kind, w.subject, 1, $4::timestamptz + make_interval(secs => w.seconds)
           FROM unnest($1::text[], $2::bytea[], $3::float8[]) AS w (kind, subject, seconds)
           ORDER BY w.kind, w.subject
           ON CONFLICT (kind, subject) DO UPDATE SET
               spent = CASE WHEN b.until <= $4 THEN 1 ELSE b.spent + 1 END,
               until = CASE WHEN b.until <= $4 THEN excluded.until ELSE b.until END
           RETURNING kind, spent, until AS "until: jiff_sqlx::Timestamp""#,
        &kinds,
        &subjects,
        &windows,
        now.to_sqlx() as _,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Spent { kind: row.kind, spent: row.spent, until: row.until.to_jiff() }).collect())
}

/// Forgets budgets whose window is over.
pub(in crate::accounts) async fn forget_budgets(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM phone_budgets WHERE until <= $1", now.to_sqlx() as _).execute(db).await?;
    Ok(done.rows_affected())
}
