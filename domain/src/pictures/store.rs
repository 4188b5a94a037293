//! Statements about kept pictures.

use super::Prints;
use crate::kernel::Error;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// Keeps prints, unless they are kept already. Either way their row is locked until the end of the transaction, so that
/// nobody finds them unused before the new reference is there.
pub(super) async fn keep(conn: &mut PgConnection, prints: &Prints, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO pictures (key, created_at) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET created_at = pictures.created_at",
        prints.key,
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    let widths: Vec<i32> = prints.files.iter().filter_map(|(width, _)| i32::try_from(*width).ok()).collect();
    let contents: Vec<Vec<u8>> = prints.files.iter().map(|(_, file)| file.clone()).collect();
    sqlx::query!(
        "INSERT INTO picture_files (key, width, content)
         SELECT $1, width, content FROM unnest($2::int[], $3::bytea[]) AS f (width, content) ON CONFLICT DO NOTHING",
        prints.key,
        &widths,
        &contents
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One file.
pub(super) async fn file(db: impl PgExecutor<'_>, key: &str, width: i32) -> Result<Vec<u8>, Error> {
    let content = sqlx::query_scalar!("SELECT content FROM picture_files WHERE key = $1 AND width = $2", key, width);
    Ok(content.fetch_one(db).await?)
}

/// The largest file of a picture.
pub(super) async fn largest(db: impl PgExecutor<'_>, key: &str) -> Result<Option<Vec<u8>>, Error> {
    let content =
        sqlx::query_scalar!("SELECT content FROM picture_files WHERE key = $1 ORDER BY width DESC LIMIT 1", key);
    Ok(content.fetch_optional(db).await?)
}
