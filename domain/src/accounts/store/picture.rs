//! The statement about a person's picture.

use crate::kernel::{Error, UserId};
use sqlx::PgConnection;

/// Another picture, or none; says what there was before. Whoever is shown with the old one elsewhere, as a member or as
/// the only owner of their own business, is shown with the new one.
pub(in crate::accounts) async fn set_picture(
    conn: &mut PgConnection,
    user: UserId,
    key: Option<&str>,
) -> Result<Option<String>, Error> {
    let old = sqlx::query_scalar!(
        r#"WITH before AS (SELECT picture FROM users WHERE id = $1 AND deleted_at IS NULL FOR UPDATE),
                person AS (UPDATE users SET picture = $2 FROM before WHERE id = $1),
                faces AS (UPDATE members m SET picture = $2 FROM before b
                          WHERE m.user_id = $1 AND m.picture IS NOT DISTINCT FROM b.picture),
                traders AS (UPDATE providers p SET picture = $2 FROM members m, before b
                            WHERE m.user_id = $1 AND m.role = 'owner' AND p.id = m.provider_id AND p.kind = 'sole'
                              AND p.picture IS NOT DISTINCT FROM b.picture)
           SELECT picture FROM before"#,
        user.0,
        key
    );
    Ok(old.fetch_one(conn).await?)
}
