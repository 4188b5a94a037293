//! Statements about searches people keep.

use crate::catalog::saved::{SavedSearch, passed, read};
use crate::catalog::search::SearchQuery;
use crate::kernel::{Error, UserId, constraint};
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgExecutor};

/// A search that is about to be kept.
pub(in crate::catalog) struct NewSearch<'s> {
    pub id: Uuid,
    pub user: UserId,
    pub name: &'s str,
    /// What it asks for, as text.
    pub asked: &'s str,
}

/// What became of it.
pub(in crate::catalog) enum Inserted {
    Kept,
    Twice,
    TooMany,
}

/// Keeps a search if there is room and it is not kept already.
pub(in crate::catalog) async fn insert(
    conn: &mut PgConnection,
    new: &NewSearch<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Inserted, Error> {
    let row = sqlx::query!(
        r#"WITH added AS (
               INSERT INTO saved_searches (id, user_id, name, asked, created_at)
               SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM saved_searches WHERE user_id = $2) < $6
               ON CONFLICT (user_id, asked) DO NOTHING RETURNING id
           )
           SELECT EXISTS (SELECT FROM added) AS "added!",
                  EXISTS (SELECT FROM saved_searches WHERE user_id = $2 AND asked = $4) AS "had!""#,
        new.id,
        new.user.0,
        new.name,
        new.asked,
        now.to_sqlx() as _,
        most
    )
    .fetch_one(conn)
    .await?;
    Ok(match (row.added, row.had) {
        (true, _) => Inserted::Kept,
        (false, true) => Inserted::Twice,
        (false, false) => Inserted::TooMany,
    })
}

/// From now on new services are looked for; those of today are none.
pub(in crate::catalog) async fn watch(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO saved_search_looks (search_id, looked_at, seen)
         SELECT $1, $2, coalesce(max(number), 0) FROM listing_ranks
         ON CONFLICT (search_id) DO NOTHING",
        id,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nothing is looked for any more.
pub(in crate::catalog) async fn unwatch(conn: &mut PgConnection, id: Uuid) -> Result<(), Error> {
    sqlx::query!("DELETE FROM saved_search_looks WHERE search_id = $1", id).execute(conn).await?;
    Ok(())
}

/// What somebody keeps, the latest first.
pub(in crate::catalog) async fn of(
    db: impl PgExecutor<'_>,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<SavedSearch>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.name, s.asked, s.alert, s.created_at AS "since: Stored", u.zone
           FROM saved_searches s JOIN users u ON u.id = s.user_id
           WHERE s.user_id = $1 ORDER BY s.id DESC"#,
        user.0
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let query = read(&row.asked);
        SavedSearch {
            id: row.id,
            name: row.name,
            passed: passed(&query, &row.zone, now),
            query,
            alert: row.alert,
            since: row.since.to_jiff(),
        }
    });
    Ok(rows.collect())
}

/// Another name; says whether there is such a search of theirs.
pub(in crate::catalog) async fn rename(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    name: &str,
) -> Result<bool, Error> {
    let done = sqlx::query!("UPDATE saved_searches SET name = $3 WHERE id = $2 AND user_id = $1", user.0, id, name);
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// What became of a search that is to ask for something else.
pub(in crate::catalog) enum Changed {
    /// It asks for it now; whether letters tell of what is new.
    Asks(bool),
    /// They keep another one that asks for the same.
    Twice,
}

/// What somebody's search asks for, and the zone of the person; held until the end of the transaction.
pub(in crate::catalog) async fn asked(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
) -> Result<Option<(SearchQuery, String)>, Error> {
    let row = sqlx::query!(
        "SELECT s.asked, u.zone FROM saved_searches s JOIN users u ON u.id = s.user_id
         WHERE s.id = $2 AND s.user_id = $1 FOR UPDATE OF s",
        user.0,
        id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| (read(&row.asked), row.zone)))
}

/// Has a search ask for something else.
pub(in crate::catalog) async fn ask_for(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    asked: &str,
) -> Result<Changed, Error> {
    let done = sqlx::query_scalar!(
        "UPDATE saved_searches SET asked = $3 WHERE id = $2 AND user_id = $1 RETURNING alert",
        user.0,
        id,
        asked
    );
    match done.fetch_one(conn).await {
        Ok(alert) => Ok(Changed::Asks(alert)),
        Err(error) if constraint::violates(&error, "saved_searches_user_id_asked_key") => Ok(Changed::Twice),
        Err(error) => Err(error.into()),
    }
}

/// Forgets a search; says whether there was one of theirs.
pub(in crate::catalog) async fn remove(conn: &mut PgConnection, user: UserId, id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM saved_searches WHERE id = $2 AND user_id = $1", user.0, id);
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// Letters on or off; says whether there is such a search of theirs.
pub(in crate::catalog) async fn set_alert(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    alert: bool,
) -> Result<bool, Error> {
    let done = sqlx::query!("UPDATE saved_searches SET alert = $3 WHERE id = $2 AND user_id = $1", user.0, id, alert);
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// No more letters to somebody; says whether there were any.
pub(in crate::catalog) async fn stop(conn: &mut PgConnection, user: UserId) -> Result<bool, Error> {
    let done = sqlx::query!(
        "WITH ended AS (
             DELETE FROM saved_search_looks k USING saved_searches s WHERE s.id = k.search_id AND s.user_id = $1
         )
         UPDATE saved_searches SET alert = false WHERE user_id = $1 AND alert",
        user.0
    );
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// Whose searches were looked at last before an instant, the longest ago first.
pub(in crate::catalog) async fn due(
    db: impl PgExecutor<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<UserId>, Error> {
    let due = sqlx::query_scalar!(
        r#"SELECT s.user_id AS "user: UserId" FROM saved_search_looks k JOIN saved_searches s ON s.id = k.search_id
           WHERE k.looked_at <= $1 GROUP BY s.user_id ORDER BY min(k.looked_at) LIMIT $2"#,
        before.to_sqlx() as _,
        limit
    );
    Ok(due.fetch_all(db).await?)
}

/// A search that is looked for.
pub(in crate::catalog) struct Watched {
    pub id: Uuid,
    pub name: String,
    /// The day it asks for is over where the person is.
    pub passed: bool,
    pub query: SearchQuery,
    /// The number of the newest listing it knows.
    pub seen: i64,
    /// Address and given name of who reads the letters; `None` if the address is not proved, or the account rests.
    pub reader: Option<(String, String)>,
}

/// All searches of a person that are looked for.
pub(in crate::catalog) async fn watched(
    db: impl PgExecutor<'_>,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Watched>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.name, s.asked, k.seen, u.zone, u.email, u.first_name,
                  u.email_verified_at IS NOT NULL AND u.suspended_at IS NULL AND u.deleted_at IS NULL AS "reads!"
           FROM saved_searches s JOIN saved_search_looks k ON k.search_id = s.id JOIN users u ON u.id = s.user_id
           WHERE s.user_id = $1 ORDER BY s.id"#,
        user.0
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let query = read(&row.asked);
        Watched {
            id: row.id,
            name: row.name,
            passed: passed(&query, &row.zone, now),
            query,
            seen: row.seen,
            reader: row.reads.then_some((row.email, row.first_name)),
        }
    });
    Ok(rows.collect())
}

/// The number of the newest listing; `None` while others are on their way in, whose numbers may be lower.
pub(in crate::catalog) async fn newest(db: impl PgExecutor<'_>) -> Result<Option<i64>, Error> {
    Ok(sqlx::query_scalar!("SELECT newest_listing()").fetch_one(db).await?)
}

/// All of a person's searches know the listings up to a number; says whether a look was due at all.
pub(in crate::catalog) async fn looked(
    conn: &mut PgConnection,
    user: UserId,
    before: Timestamp,
    (newest, now): (i64, Timestamp),
) -> Result<bool, Error> {
    let due = sqlx::query_scalar!(
        "SELECT k.search_id FROM saved_search_looks k JOIN saved_searches s ON s.id = k.search_id
         WHERE s.user_id = $1 AND k.looked_at <= $2 ORDER BY k.search_id FOR UPDATE OF k",
        user.0,
        before.to_sqlx() as _
    )
    .fetch_all(&mut *conn)
    .await?;
    if due.is_empty() {
        return Ok(false);
    }
    sqlx::query!(
        "UPDATE saved_search_looks k SET looked_at = $2, seen = greatest(k.seen, $3) FROM saved_searches s
         WHERE s.id = k.search_id AND s.user_id = $1",
        user.0,
        now.to_sqlx() as _,
        newest
    )
    .execute(conn)
    .await?;
    Ok(true)
}
