//! Statements about a person's own details.

use crate::accounts::profile::{PastSuspension, Profile};
use crate::kernel::{Error, UserId, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

/// Who a person is, to themselves.
pub(in crate::accounts) async fn profile(db: impl PgExecutor<'_>, user: UserId) -> Result<Profile, Error> {
    let row = sqlx::query!(
        r#"SELECT email, email_verified_at IS NOT NULL AS "email_verified!", phone, phone_verified_at IS NOT NULL AS "phone_verified!",
               first_name, last_name, picture, zone, locale, created_at AS "created_at: jiff_sqlx::Timestamp",
               password_changed_at AS "password_changed_at: jiff_sqlx::Timestamp",
               EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS "two_factor!",
               (SELECT count(*) FROM recovery_codes r WHERE r.user_id = u.id AND r.used_at IS NULL) AS "recovery_codes!",
               (SELECT email FROM account_links l WHERE l.user_id = u.id AND l.purpose = 'change_email') AS new_email,
               (SELECT coalesce(json_agg(json_build_object('at', s.at, 'lifted_at', s.lifted_at, 'reason', s.reason,
                           'evidence', s.evidence, 'appeal', s.appeal, 'answer', s.answer) ORDER BY s.id DESC), '[]')
                FROM suspensions s WHERE s.user_id = u.id AND s.lifted_at IS NOT NULL) AS "suspensions!: Json<Vec<PastSuspension>>"
           FROM users u WHERE id = $1 AND deleted_at IS NULL"#,
        user.0
    )
    .fetch_one(db)
    .await?;
    Ok(Profile {
        email: row.email,
        email_verified: row.email_verified,
        new_email: row.new_email,
        phone: row.phone,
        phone_verified: row.phone_verified,
        first_name: row.first_name,
        last_name: row.last_name,
        picture: row.picture,
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        locale: row.locale,
        since: row.created_at.to_jiff(),
        password_changed: row.password_changed_at.map(jiff_sqlx::Timestamp::to_jiff),
        two_factor: row.two_factor,
        recovery_codes: usize::try_from(row.recovery_codes).unwrap_or(0),
        suspensions: row.suspensions.0,
    })
}

/// Writes names, phone, zone and locale. Another phone number has to be proved again, and a code that went to the old
/// one is worthless.
pub(in crate::accounts) async fn save_profile(
    conn: &mut PgConnection,
    user: UserId,
    (first_name, last_name): (&str, &str),
    phone: Option<&str>,
    zone: &Zone,
    locale: &str,
) -> Result<(), Error> {
    sqlx::query!("DELETE FROM phone_codes WHERE user_id = $1 AND phone IS DISTINCT FROM $2", user.0, phone)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "UPDATE users SET first_name = $2, last_name = $3, zone = $5, locale = $6, phone = $4,
             phone_verified_at = CASE WHEN phone IS NOT DISTINCT FROM $4 THEN phone_verified_at END
         WHERE id = $1",
        user.0,
        first_name,
        last_name,
        phone,
        zone.name(),
        locale,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An address in lower case and whose it is, for letters to them.
pub(in crate::accounts) async fn by_email(
    db: impl PgExecutor<'_>,
    email: &str,
) -> Result<Option<(UserId, String)>, Error> {
    let row = sqlx::query!("SELECT id, first_name FROM users WHERE email = $1 AND deleted_at IS NULL", email)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| (UserId(row.id), row.first_name)))
}

/// How many letters of a kind a person was written since an instant. Two that are about to be written count each other: the
/// second waits here for the first.
pub(in crate::accounts) async fn letters_since(
    conn: &mut PgConnection,
    user: UserId,
    kind: &str,
    since: Timestamp,
) -> Result<i64, Error> {
    sqlx::query!("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user.0).fetch_optional(&mut *conn).await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM outbound_messages WHERE user_id = $1 AND kind = $2 AND created_at > $3"#,
        user.0,
        kind,
        since.to_sqlx() as _
    );
    Ok(count.fetch_one(conn).await?)
}

/// Address, first name and password hash of a person.
pub(in crate::accounts) async fn secrets(
    db: impl PgExecutor<'_>,
    user: UserId,
) -> Result<(String, String, String), Error> {
    let row =
        sqlx::query!("SELECT email, first_name, password_hash FROM users WHERE id = $1 AND deleted_at IS NULL", user.0)
            .fetch_one(db)
            .await?;
    Ok((row.email, row.first_name, row.password_hash))
}

/// The address is proved to be the person's own.
pub(in crate::accounts) async fn email_is_verified(
    conn: &mut PgConnection,
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE users SET email_verified_at = coalesce(email_verified_at, $3) WHERE id = $1 AND email = $2",
        user.0,
        email,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Another address, proved already. `users_email` refuses one that somebody else has meanwhile.
pub(in crate::accounts) async fn change_email(
    conn: &mut PgConnection,
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE users SET email = $2, email_verified_at = $3 WHERE id = $1",
        user.0,
        email,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Another password.
pub(in crate::accounts) async fn set_password(
    conn: &mut PgConnection,
    user: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE users SET password_hash = $2, password_changed_at = $3 WHERE id = $1",
        user.0,
        hash,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same password in a newer hash.
pub(in crate::accounts) async fn renew_hash(conn: &mut PgConnection, user: UserId, hash: &str) -> Result<(), Error> {
    sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.0, hash).execute(conn).await?;
    Ok(())
}

/// Whether the address is proved to be the person's own.
pub(in crate::accounts) async fn is_proved(db: impl PgExecutor<'_>, user: UserId) -> Result<bool, Error> {
    let proved =
        sqlx::query_scalar!(r#"SELECT email_verified_at IS NOT NULL AS "proved!" FROM users WHERE id = $1"#, user.0);
    Ok(proved.fetch_one(db).await?)
}

/// The person works for a provider from now on.
pub(in crate::accounts) async fn is_providers(
    conn: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'provider', $2) ON CONFLICT DO NOTHING",
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
