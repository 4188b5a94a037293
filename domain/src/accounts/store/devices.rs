//! Statements about browsers a person is known in, and about how long the next try has to wait.

use crate::kernel::{Error, UserId};
use jiff::Timestamp;
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

/// Remembers a browser; says whether the person has others, and whether this one is new.
pub(in crate::accounts) async fn remember(
    conn: &mut PgConnection,
    user: UserId,
    hash: &[u8],
    now: Timestamp,
) -> Result<(bool, bool), Error> {
    let row = sqlx::query!(
        r#"WITH before AS (SELECT count(*) AS devices, bool_or(hash = $2) AS this FROM known_devices WHERE user_id = $1),
            put AS (
                INSERT INTO known_devices (user_id, hash, first_seen, last_seen) VALUES ($1, $2, $3, $3)
                ON CONFLICT (user_id, hash) DO UPDATE SET last_seen = excluded.last_seen)
           SELECT devices > 0 AS "others!", NOT coalesce(this, false) AS "new!" FROM before"#,
        user.0,
        hash,
        now.to_sqlx() as _,
    )
    .fetch_one(conn)
    .await?;
    Ok((row.others, row.new))
}

/// Forgets all browsers of a person.
pub(in crate::accounts) async fn forget(conn: &mut PgConnection, user: UserId) -> Result<(), Error> {
    sqlx::query!("DELETE FROM known_devices WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// Until when tries under any of these keys have to wait.
pub(in crate::accounts) async fn delayed_until(
    db: impl PgExecutor<'_>,
    keys: &[Vec<u8>],
) -> Result<Option<Timestamp>, Error> {
    let until = sqlx::query_scalar!(
        r#"SELECT max(until) AS "until: jiff_sqlx::Timestamp" FROM login_delays WHERE key = ANY($1)"#,
        keys
    );
    Ok(until.fetch_one(db).await?.map(jiff_sqlx::Timestamp::to_jiff))
}

/// Counts a failure under a key. The first `free` cost nothing; then the wait doubles from one second up to
/// `longest` seconds. A day without failures forgets them.
pub(in crate::accounts) async fn slow_down(
    conn: &mut PgConnection,
    key: &[u8],
    now: Timestamp,
    free: i32,
    longest: i32,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO login_delays AS d (key, failures, until) VALUES ($1, 1, $2)
         ON CONFLICT (key) DO UPDATE SET
             failures = CASE WHEN d.until < $2::timestamptz - interval '1 day' THEN 1 ELSE least(d.failures + 1, 40) END,
             until = CASE WHEN d.until < $2::timestamptz - interval '1 day' OR d.failures < $3 THEN $2
                     ELSE $2::timestamptz + make_interval(secs => least($4::int, 2 ^ least(d.failures - $3, 20))::int) END",
        key,
        now.to_sqlx() as _,
        free,
        longest,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A success forgets the failures of its key.
pub(in crate::accounts) async fn forgive(conn: &mut PgConnection, key: &[u8]) -> Result<(), Error> {
    sqlx::query!("DELETE FROM login_delays WHERE key = $1", key).execute(conn).await?;
    Ok(())
}
