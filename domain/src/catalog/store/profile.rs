//! Statements about what a business says of itself.

use crate::catalog::profile::{Described, Profile};
use crate::kernel::{Error, ProviderId};
use sqlx::{PgConnection, PgExecutor};

/// What it says, and in which version.
pub(in crate::catalog) async fn described(db: impl PgExecutor<'_>, provider: ProviderId) -> Result<Described, Error> {
    let row = sqlx::query!(
        "SELECT slug, name, city, described, headline, about, skills, radius_km, postal_codes FROM providers WHERE id = $1",
        provider.0
    )
    .fetch_one(db)
    .await?;
    Ok(Described {
        slug: row.slug,
        name: row.name,
        city: row.city,
        version: row.described,
        profile: Profile {
            headline: row.headline,
            about: row.about,
            skills: row.skills,
            radius_km: row.radius_km,
            postal_codes: row.postal_codes,
        },
    })
}

/// Keeps what it says, unless it was changed meanwhile.
pub(in crate::catalog) async fn describe(
    conn: &mut PgConnection,
    provider: ProviderId,
    seen: i32,
    profile: &Profile,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE providers SET headline = $3, about = $4, skills = $5, radius_km = $6, postal_codes = $7,
             described = described + 1
         WHERE id = $1 AND described = $2",
        provider.0,
        seen,
        profile.headline,
        profile.about,
        &profile.skills,
        profile.radius_km,
        &profile.postal_codes,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
