//! Texts of services that are not on show, made of those that are; and how far saved searches have looked.

use crate::story::Text;
use domain::kernel::Error;
use jiff::Timestamp;
use sqlx::PgConnection;

/// Writes the texts.
///
/// # Errors
/// The database is away.
pub async fn write(conn: &mut PgConnection, texts: &[Text]) -> Result<(), Error> {
    for text in texts {
        sqlx::query!(
            "INSERT INTO service_revisions (service_id, number, state, content, author_id, created_at, updated_at,
                 submitted_at, live_at, decided_at, note)
             VALUES ($1, $2, $3, service_content($4) || $5::jsonb, $6, $7::text::timestamptz, $7::text::timestamptz,
                 $8::text::timestamptz, $9::text::timestamptz, $10::text::timestamptz, $11)",
            text.service,
            text.number,
            text.state.name(),
            text.like,
            text.changes,
            text.author,
            text.at.to_string(),
            text.submitted_at.map(|at| at.to_string()),
            text.live_at.map(|at| at.to_string()),
            text.decided_at.map(|at| at.to_string()),
            text.note
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Saved searches with letters know everything that is on offer now.
///
/// # Errors
/// The database is away.
pub async fn look(conn: &mut PgConnection, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO saved_search_looks (search_id, looked_at, seen)
         SELECT s.id, $1::text::timestamptz, (SELECT coalesce(max(number), 0) FROM listing_ranks) FROM saved_searches s WHERE s.alert",
        now.to_string()
    )
    .execute(conn)
    .await?;
    Ok(())
}
