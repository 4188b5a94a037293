//! Statements of the back office about people.

use crate::accounts::operators::{Figures, Invitation, PeopleFilter, Person, PersonRow, Suspension};
use crate::kernel::{Error, Role, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::{Json, Uuid};
use sqlx::{PgConnection, PgExecutor};

struct Row {
    id: Uuid,
    name: String,
    email: String,
    roles: Vec<String>,
    created_at: jiff_sqlx::Timestamp,
    suspended: bool,
}

impl From<Row> for PersonRow {
    fn from(row: Row) -> Self {
        Self {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            roles: row.roles.iter().filter_map(|role| Role::parse(role)).collect(),
            since: row.created_at.to_jiff(),
            suspended: row.suspended,
        }
    }
}

/// `$which` decides which index is read.
macro_rules! people {
    ($which:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT u.id, u.first_name || ' ' || u.last_name AS "name!", u.email,
                   ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role) AS "roles!",
                   u.created_at AS "created_at: _", u.suspended_at IS NOT NULL AS "suspended!"
               FROM users u
               WHERE u.deleted_at IS NULL AND (u.created_at, u.id) < ($1, $5) AND (NOT $3 OR u.suspended_at IS NOT NULL)
                 AND ($2 = '' OR EXISTS (SELECT FROM user_roles r WHERE r.user_id = u.id AND r.role = $2)) "#
                + $which
                + " ORDER BY u.created_at DESC, u.id DESC LIMIT $4",
            $($argument),+
        )
    };
}

/// People who came before somebody, the newest first.
pub(in crate::accounts) async fn people(
    db: impl PgExecutor<'_>,
    filter: &PeopleFilter,
    (before, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<PersonRow>, Error> {
    let role = filter.role.map(Role::name).unwrap_or_default();
    let before = before.to_sqlx();
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let words: String = filter.words.trim().chars().take(80).collect();
    let rows = if words.is_empty() {
        people!("", before as _, role, filter.suspended, size, id).fetch_all(db).await?
    } else {
        let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " ").to_lowercase());
        people!(
            "AND lower(u.first_name || ' ' || u.last_name || ' ' || u.email) LIKE $6",
            before as _,
            role,
            filter.suspended,
            size,
            id,
            pattern
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows.into_iter().map(PersonRow::from).collect())
}

/// A person with everything operators see.
pub(in crate::accounts) async fn person(
    db: impl PgExecutor<'_>,
    user: UserId,
    now: Timestamp,
) -> Result<Person, Error> {
    let row = sqlx::query!(
        r#"SELECT u.id, u.first_name || ' ' || u.last_name AS "name!", u.email, u.phone,
               ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role) AS "roles!",
               u.created_at AS "created_at: jiff_sqlx::Timestamp", u.suspended_at IS NOT NULL AS "suspended!",
               u.email_verified_at IS NOT NULL AS "email_verified!",
               EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
                   OR EXISTS (SELECT FROM passkeys k WHERE k.user_id = u.id) AS "two_factor!",
               (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.expires > $2) AS "sessions!",
               (SELECT max(last_seen) FROM sessions s WHERE s.user_id = u.id) AS "last_seen: jiff_sqlx::Timestamp",
               (SELECT count(*) FROM bookings b WHERE b.customer_id = u.id) AS "bookings!",
               (SELECT coalesce(json_agg(json_build_array(p.slug, p.name) ORDER BY p.name), '[]')
                FROM members m JOIN providers p ON p.id = m.provider_id
                WHERE m.user_id = u.id AND m.active) AS "businesses!: Json<Vec<(String, String)>>",
               (SELECT coalesce(json_agg(json_build_object('at', s.at, 'by', b.first_name || ' ' || b.last_name,
                   'reason', s.reason, 'evidence', s.evidence, 'appeal', s.appeal, 'appealed_at', s.appealed_at,
                   'lifted_at', s.lifted_at, 'answer', s.answer) ORDER BY s.id DESC), '[]')
                FROM suspensions s JOIN users b ON b.id = s.by_id WHERE s.user_id = u.id) AS "suspensions!: Json<Vec<Suspension>>"
           FROM users u WHERE u.id = $1 AND u.deleted_at IS NULL"#,
        user.0,
        now.to_sqlx() as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Person {
        row: Row {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: row.roles,
            created_at: row.created_at,
            suspended: row.suspended,
        }
        .into(),
        phone: row.phone,
        email_verified: row.email_verified,
        two_factor: row.two_factor,
        sessions: usize::try_from(row.sessions).unwrap_or(0),
        last_seen: row.last_seen.map(jiff_sqlx::Timestamp::to_jiff),
        bookings: usize::try_from(row.bookings).unwrap_or(0),
        businesses: row.businesses.0,
        suspensions: row.suspensions.0,
    })
}

/// Suspends, if that is not the case already.
pub(in crate::accounts) async fn suspend(
    conn: &mut PgConnection,
    id: Uuid,
    user: UserId,
    by: UserId,
    (reason, evidence): (&str, &str),
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "WITH now_suspended AS (
            UPDATE users SET suspended_at = $4, suspended_reason = $5 WHERE id = $2 AND suspended_at IS NULL RETURNING id)
         INSERT INTO suspensions (id, user_id, by_id, at, reason, evidence)
         SELECT $1, id, $3, $4, $5, $6 FROM now_suspended",
        id,
        user.0,
        by.0,
        now.to_sqlx() as _,
        reason,
        evidence,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Restores, if it is suspended.
pub(in crate::accounts) async fn restore(
    conn: &mut PgConnection,
    user: UserId,
    by: UserId,
    answer: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    sqlx::query!(
        "UPDATE suspensions SET lifted_at = $3, lifted_by = $2, answer = $4 WHERE user_id = $1 AND lifted_at IS NULL",
        user.0,
        by.0,
        now.to_sqlx() as _,
        answer,
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!(
        "UPDATE users SET suspended_at = NULL, suspended_reason = '' WHERE id = $1 AND suspended_at IS NOT NULL",
        user.0
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps what a suspended person says, once.
pub(in crate::accounts) async fn appeal(
    conn: &mut PgConnection,
    user: UserId,
    words: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE suspensions SET appeal = $2, appealed_at = $3
         WHERE user_id = $1 AND lifted_at IS NULL AND appealed_at IS NULL",
        user.0,
        words,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Reason, evidence and appeal of the suspension in force.
pub(in crate::accounts) async fn in_force(
    db: impl PgExecutor<'_>,
    user: UserId,
) -> Result<Option<(String, String, String)>, Error> {
    let row = sqlx::query!(
        "SELECT reason, evidence, appeal FROM suspensions WHERE user_id = $1 AND lifted_at IS NULL",
        user.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.reason, row.evidence, row.appeal)))
}

/// Takes a role away; the last superadmin keeps theirs.
pub(in crate::accounts) async fn take_role(conn: &mut PgConnection, user: UserId, role: Role) -> Result<bool, Error> {
    // Two superadmins who take each other's role at once meet here; the second finds itself the last one.
    let holders =
        sqlx::query_scalar!("SELECT user_id FROM user_roles WHERE role = $1 ORDER BY user_id FOR UPDATE", role.name())
            .fetch_all(&mut *conn)
            .await?;
    if role == Role::Superadmin && holders.len() < 2 {
        return Err(Error::Conflict("This is the last superadmin. Somebody has to be one.".to_owned()));
    }
    let done = sqlx::query!("DELETE FROM user_roles WHERE user_id = $1 AND role = $2", user.0, role.name())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps an invitation; earlier ones of the same address and role end.
pub(in crate::accounts) async fn invite(
    conn: &mut PgConnection,
    id: Uuid,
    (email, role): (&str, Role),
    hash: &[u8],
    by: Option<UserId>,
    (now, expires): (Timestamp, Timestamp),
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE operator_invitations SET revoked_at = $3
         WHERE email = $1 AND role = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
        email,
        role.name(),
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO operator_invitations (id, email, role, hash, by_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        email,
        role.name(),
        hash,
        by.map(|by| by.0),
        now.to_sqlx() as _,
        expires.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Invitations that wait.
pub(in crate::accounts) async fn invitations(
    db: impl PgExecutor<'_>,
    now: Timestamp,
) -> Result<Vec<Invitation>, Error> {
    let rows = sqlx::query!(
        r#"SELECT i.id, i.email, i.role, coalesce(b.first_name || ' ' || b.last_name, 'the command line') AS "by!",
               i.expires_at AS "expires_at: jiff_sqlx::Timestamp"
           FROM operator_invitations i LEFT JOIN users b ON b.id = i.by_id
           WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $1 ORDER BY i.id DESC LIMIT 100"#,
        now.to_sqlx() as _
    )
    .fetch_all(db)
    .await?;
    let invitation = |(id, email, role, by, expires): (_, _, String, _, jiff_sqlx::Timestamp)| {
        Some(Invitation { id, email, role: Role::parse(&role)?, by, expires: expires.to_jiff() })
    };
    Ok(rows.into_iter().filter_map(|r| invitation((r.id, r.email, r.role, r.by, r.expires_at))).collect())
}

/// Address and role of an invitation that works.
pub(in crate::accounts) async fn offered(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<(String, Role)>, Error> {
    let row = sqlx::query!(
        "SELECT email, role FROM operator_invitations
         WHERE hash = $1 AND expires_at > $2 AND accepted_at IS NULL AND revoked_at IS NULL",
        hash,
        now.to_sqlx() as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| Some((row.email, Role::parse(&row.role)?))))
}

/// Takes an invitation back, if it waits.
pub(in crate::accounts) async fn revoke(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE operator_invitations SET revoked_at = $2 WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL",
        id,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Uses an invitation up and gives its role; of many at once, one does.
pub(in crate::accounts) async fn accept(
    conn: &mut PgConnection,
    hash: &[u8],
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<Option<(Uuid, Role)>, Error> {
    let row = sqlx::query!(
        "WITH taken AS (
            UPDATE operator_invitations SET accepted_at = $4, accepted_by = $2
            WHERE hash = $1 AND email = $3 AND expires_at > $4 AND accepted_at IS NULL AND revoked_at IS NULL
            RETURNING id, role),
         given AS (
            INSERT INTO user_roles (user_id, role, granted_at) SELECT $2, role, $4 FROM taken ON CONFLICT DO NOTHING)
         SELECT id, role FROM taken",
        hash,
        user.0,
        email,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| Some((row.id, Role::parse(&row.role)?))))
}

/// How much there is of everything. Counting stops where nobody needs to know more.
pub(in crate::accounts) async fn figures(db: impl PgExecutor<'_>, week_ago: Timestamp) -> Result<Figures, Error> {
    Ok(sqlx::query_as!(
        Figures,
        r#"SELECT (SELECT count(*) FROM (SELECT FROM users WHERE deleted_at IS NULL LIMIT 100000) AS counted) AS "people!",
               (SELECT count(*) FROM (SELECT FROM users WHERE deleted_at IS NULL AND created_at > $1 LIMIT 100000) AS counted) AS "new_people!",
               (SELECT count(*) FROM suspensions WHERE lifted_at IS NULL) AS "suspended!",
               (SELECT count(*) FROM suspensions WHERE lifted_at IS NULL AND appealed_at IS NOT NULL) AS "appeals!""#,
        week_ago.to_sqlx() as _
    )
    .fetch_one(db)
    .await?)
}
