//! Statements about browsers a person is known in, and about how long the next try has to wait.

use crate::kernel::{Error, UserId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// Whether a browser is one the person has signed in with before.
pub(in crate::accounts) async fn known(db: impl PgExecutor<'_>, user: UserId, hash: &[u8]) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM known_devices WHERE user_id = $1 AND hash = $2) AS "known!""#,
        user.0,
        hash
    );
    Ok(found.fetch_one(db).await?)
}

/// Whether a browser is one somebody has signed in to the account of an address with.
pub(in crate::accounts) async fn known_at(db: impl PgExecutor<'_>, email: &str, hash: &[u8]) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM users u JOIN known_devices d ON d.user_id = u.id
                          WHERE u.email = $1 AND u.deleted_at IS NULL AND d.hash = $2) AS "known!""#,
        email,
        hash
    );
    Ok(found.fetch_one(db).await?)
}

/// Remembers a browser by its new secret instead of its old one; says whether somebody is to hear of it: it is new, and not
/// the one somebody logs in with for the first time after registering. Logins are kept for `kept`: of an older account nobody
/// knows which was the first, and so none is.
pub(in crate::accounts) async fn remember(
    conn: &mut PgConnection,
    user: UserId,
    (old, fresh): (&[u8], &[u8]),
    (now, kept): (Timestamp, SignedDuration),
) -> Result<bool, Error> {
    let since = now.checked_sub(kept).map_err(Error::internal)?;
    let told = sqlx::query_scalar!(
        r#"WITH before AS (
                SELECT EXISTS (SELECT FROM known_devices WHERE user_id = $1 AND hash = $2) AS known,
                       EXISTS (SELECT FROM known_devices WHERE user_id = $1)
                    OR EXISTS (SELECT FROM sign_ins WHERE user_id = $1 AND outcome = 'opened')
                    OR EXISTS (SELECT FROM users WHERE id = $1 AND (password_changed_at IS NOT NULL OR created_at < $5)) AS again),
            gone AS (DELETE FROM known_devices WHERE user_id = $1 AND hash = $2 AND hash <> $4 RETURNING first_seen),
            put AS (
                INSERT INTO known_devices (user_id, hash, first_seen, last_seen)
                SELECT $1, $4, coalesce((SELECT first_seen FROM gone), $3), $3
                ON CONFLICT (user_id, hash) DO UPDATE SET last_seen = excluded.last_seen)
           SELECT again AND NOT known AS "told!" FROM before"#,
        user.0,
        old,
        now.to_sqlx() as _,
        fresh,
        since.to_sqlx() as _,
    );
    Ok(told.fetch_one(conn).await?)
}

/// Forgets all browsers of a person.
pub(in crate::accounts) async fn forget(conn: &mut PgConnection, user: UserId) -> Result<(), Error> {
    sqlx::query!("DELETE FROM known_devices WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// Takes a turn under each key, before anything is checked, so that many tries at once cannot share one look. The first
/// `free` cost nothing; then the wait doubles from one second up to `longest` seconds. A day of peace forgets all.
/// `Some` tells until when to wait; nothing may be checked then.
pub(in crate::accounts) async fn take_turn(
    db: impl PgExecutor<'_>,
    keys: &[(Vec<u8>, i32)],
    now: Timestamp,
    longest: i32,
) -> Result<Option<Timestamp>, Error> {
    let (keys, free): (Vec<Vec<u8>>, Vec<i32>) = keys.iter().cloned().unzip();
    // Counted from below zero: what is left of the free tries.
    let row = sqlx::query!(
        r#"WITH turns AS (
            INSERT INTO login_delays AS d (key, failures, until)
            SELECT key, 1 - free, $3 FROM unnest($1::bytea[], $2::int[]) AS wanted (key, free)
            ON CONFLICT (key) DO UPDATE SET
                failures = CASE WHEN d.until < $3::timestamptz - interval '1 day' THEN excluded.failures
                           ELSE least(d.failures + 1, 40) END,
                until = CASE WHEN d.until < $3::timestamptz - interval '1 day' OR d.failures < 0 THEN greatest(d.until, $3)
                        ELSE $3::timestamptz + make_interval(secs => least($4::int, 2 ^ least(d.failures, 20))::int) END
            WHERE d.until <= $3 OR d.failures < 0
            RETURNING 1)
           SELECT (SELECT count(*) FROM turns) AS "taken!",
               (SELECT max(until) FROM login_delays WHERE key = ANY($1)) AS "until: jiff_sqlx::Timestamp""#,
        &keys,
        &free,
        now.to_sqlx() as _,
        longest,
    )
    .fetch_one(db)
    .await?;
    let all = usize::try_from(row.taken).is_ok_and(|taken| taken == keys.len());
    // What another one wrote a moment ago is not seen here; it is a wait of a second at least.
    let until = row.until.map_or(now, jiff_sqlx::Timestamp::to_jiff).max(now);
    Ok((!all).then_some(until))
}

/// A success forgets the failures of its own key.
pub(in crate::accounts) async fn forgive(conn: &mut PgConnection, key: &[u8]) -> Result<(), Error> {
    sqlx::query!("DELETE FROM login_delays WHERE key = $1", key).execute(conn).await?;
    Ok(())
}

/// A success gives the turn it took back to a key that others share.
pub(in crate::accounts) async fn give_back(conn: &mut PgConnection, key: &[u8], now: Timestamp) -> Result<(), Error> {
    sqlx::query!("UPDATE login_delays SET failures = failures - 1, until = $2 WHERE key = $1", key, now.to_sqlx() as _)
        .execute(conn)
        .await?;
    Ok(())
}
