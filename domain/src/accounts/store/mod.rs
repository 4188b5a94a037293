//! Statements about people and their roles.

pub(super) mod api_keys;
pub(super) mod behalf;
pub(super) mod contact;
pub(super) mod devices;
pub(super) mod factors;
pub(super) mod links;
pub(super) mod operators;
pub(super) mod passkeys;
pub(super) mod people;
pub(super) mod phone;
pub(super) mod picture;
pub(super) mod privacy;
pub(super) mod sessions;

use super::Registration;
use crate::kernel::{Error, Role, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgPool};

/// What signing in looks at.
#[derive(Clone)]
pub(super) struct Login {
    pub id: UserId,
    pub email: String,
    pub first_name: String,
    pub password_hash: String,
    pub suspended: bool,
    pub suspended_reason: String,
    pub two_factor: bool,
    /// How often all sessions were ended.
    pub round: i64,
}

/// The account of an address in lower case.
pub(super) async fn find(pool: &PgPool, email: &str) -> Result<Option<Login>, Error> {
    Ok(sqlx::query_as!(
        Login,
        r#"SELECT id AS "id: UserId", email, first_name, password_hash, suspended_at IS NOT NULL AS "suspended!", suspended_reason, round,
               EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = users.id AND t.confirmed_at IS NOT NULL)
                   OR EXISTS (SELECT FROM passkeys p WHERE p.user_id = users.id) AS "two_factor!"
           FROM users WHERE email = $1 AND deleted_at IS NULL"#,
        email
    )
    .fetch_optional(pool)
    .await?)
}

/// The account of a person.
pub(super) async fn find_person(pool: &PgPool, user: UserId) -> Result<Option<Login>, Error> {
    Ok(sqlx::query_as!(
        Login,
        r#"SELECT id AS "id: UserId", email, first_name, password_hash, suspended_at IS NOT NULL AS "suspended!", suspended_reason, round,
               EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = users.id AND t.confirmed_at IS NOT NULL)
                   OR EXISTS (SELECT FROM passkeys p WHERE p.user_id = users.id) AS "two_factor!"
           FROM users WHERE id = $1 AND deleted_at IS NULL"#,
        user.0
    )
    .fetch_optional(pool)
    .await?)
}

/// Adds a person with roles, if the address is new; says whether it was.
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: UserId,
    registration: &Registration,
    password_hash: &str,
    roles: &[Role],
    now: Timestamp,
) -> Result<bool, Error> {
    let roles: Vec<String> = roles.iter().map(|role| role.name().to_owned()).collect();
    // Of two at the same time one waits here for the other, and then finds the address taken.
    let done = sqlx::query!(
        "WITH person AS (
            INSERT INTO users (id, email, phone, first_name, last_name, password_hash, zone, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (email) DO NOTHING RETURNING id
         )
         INSERT INTO user_roles (user_id, role, granted_at) SELECT id, role, $8 FROM person, unnest($9::text[]) role",
        id.0,
        registration.email.as_str(),
        registration.phone,
        registration.first_name,
        registration.last_name,
        password_hash,
        registration.zone.name(),
        now.to_sqlx() as _,
        &roles,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Which of these addresses have an account.
pub(super) async fn existing(pool: &PgPool, emails: &[String]) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!("SELECT email FROM users WHERE email = ANY($1)", emails).fetch_all(pool).await?)
}

/// Whether an address of a domain has an account.
pub(super) async fn anybody_of(pool: &PgPool, domain: &str) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM users WHERE email LIKE '%@' || $1 AND deleted_at IS NULL) AS "found!""#,
        domain
    );
    Ok(found.fetch_one(pool).await?)
}

/// Operators with addresses of a domain who have no second factor.
pub(super) async fn operators_of(pool: &PgPool, domain: &str) -> Result<Vec<UserId>, Error> {
    let roles: Vec<String> =
        Role::STORED.into_iter().filter(|role| role.is_operators()).map(|role| role.name().to_owned()).collect();
    let found = sqlx::query_scalar!(
        "SELECT DISTINCT u.id FROM users u JOIN user_roles r ON r.user_id = u.id
         WHERE r.role = ANY($1) AND u.email LIKE '%@' || $2 AND NOT EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id)
         ORDER BY u.id",
        &roles,
        domain
    );
    Ok(found.fetch_all(pool).await?.into_iter().map(UserId).collect())
}

/// All addresses of a domain count as proved.
pub(super) async fn confirm_addresses_of(pool: &PgPool, domain: &str) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE users SET email_verified_at = created_at WHERE email LIKE '%@' || $1 AND email_verified_at IS NULL",
        domain
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Deletes what has no more use; says how many rows.
pub(super) async fn sweep(
    pool: &PgPool,
    now: Timestamp,
    sign_ins: Timestamp,
    devices: Timestamp,
) -> Result<u64, Error> {
    let count = sqlx::query_scalar!(
        r#"WITH links AS (DELETE FROM account_links WHERE expires_at < $1 RETURNING 1),
            codes AS (DELETE FROM phone_codes WHERE expires_at < $1 RETURNING 1),
            waits AS (DELETE FROM login_delays WHERE until < $1::timestamptz - interval '1 day' RETURNING 1),
            challenges AS (DELETE FROM passkey_ceremonies WHERE expires_at < $1 RETURNING 1),
            asks AS (DELETE FROM forgotten_passwords WHERE at < $1::timestamptz - interval '1 day' RETURNING 1),
            logins AS (DELETE FROM sign_ins WHERE at < $2 RETURNING 1),
            devices AS (DELETE FROM known_devices WHERE last_seen < $3 RETURNING 1)
           SELECT (SELECT count(*) FROM links) + (SELECT count(*) FROM codes) + (SELECT count(*) FROM waits)
                + (SELECT count(*) FROM asks) + (SELECT count(*) FROM logins) + (SELECT count(*) FROM devices)
                + (SELECT count(*) FROM challenges) AS "count!""#,
        now.to_sqlx() as _,
        sign_ins.to_sqlx() as _,
        devices.to_sqlx() as _,
    );
    Ok(u64::try_from(count.fetch_one(pool).await?).unwrap_or(0))
}
