//! Statements about businesses for those who check them.

use crate::kernel::{Error, ProviderId};
use crate::onboarding::{Business, BusinessRow, BusinessesFilter};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::{Json, Uuid};

struct Row {
    id: ProviderId,
    slug: String,
    name: String,
    city: String,
    country: String,
    since: jiff_sqlx::Timestamp,
    verified: bool,
    suspended_at: Option<jiff_sqlx::Timestamp>,
    suspended_reason: String,
    papers_over_at: Option<jiff_sqlx::Timestamp>,
    services: i64,
    documents: i64,
}

impl From<Row> for BusinessRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            city: row.city,
            country: row.country,
            since: row.since.to_jiff(),
            verified: row.verified,
            suspended_at: row.suspended_at.map(jiff_sqlx::Timestamp::to_jiff),
            reason: row.suspended_reason,
            papers_over_at: row.papers_over_at.map(jiff_sqlx::Timestamp::to_jiff),
            services: row.services,
            documents: row.documents,
        }
    }
}

/// `$which` decides which index is read.
macro_rules! businesses {
    ($which:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id: _", p.slug, p.name, p.city, p.country, p.created_at AS "since: _",
                   p.verified_at IS NOT NULL AS "verified!", p.suspended_at AS "suspended_at: _", p.suspended_reason,
                   p.papers_over_at AS "papers_over_at: _",
                   (SELECT count(*) FROM services s WHERE s.provider_id = p.id AND s.status = 'live') AS "services!",
                   (SELECT count(*) FROM applications a JOIN application_documents d ON d.application_id = a.id
                    WHERE a.provider_id = p.id AND d.state = 'sent') AS "documents!"
               FROM providers p WHERE "#
                + $which,
            $($argument),+
        )
    };
}

/// Businesses that began before one, the newest first.
pub(in crate::onboarding) async fn page(
    db: impl PgExecutor<'_>,
    filter: &BusinessesFilter,
    (before, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<BusinessRow>, Error> {
    let (before, size) = (before.to_sqlx(), i64::try_from(size).unwrap_or(i64::MAX));
    let words: String = filter.words.trim().chars().take(80).collect();
    let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " ").to_lowercase());
    let rows = if filter.documents {
        businesses!(
            "(p.created_at, p.id) < ($1, $2) AND p.id IN (
                 SELECT a.provider_id FROM application_documents d JOIN applications a ON a.id = d.application_id
                 WHERE d.state = 'sent' AND a.state = 'approved')
             ORDER BY p.created_at DESC, p.id DESC LIMIT $3",
            before as _,
            id,
            size
        )
        .fetch_all(db)
        .await?
    } else if filter.hidden {
        businesses!(
            "(p.created_at, p.id) < ($1, $2) AND p.hidden AND lower(p.name || ' ' || p.city) LIKE $4
             ORDER BY p.created_at DESC, p.id DESC LIMIT $3",
            before as _,
            id,
            size,
            pattern
        )
        .fetch_all(db)
        .await?
    } else {
        businesses!(
            "(p.created_at, p.id) < ($1, $2) AND lower(p.name || ' ' || p.city) LIKE $4
             ORDER BY p.created_at DESC, p.id DESC LIMIT $3",
            before as _,
            id,
            size,
            pattern
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows.into_iter().map(BusinessRow::from).collect())
}

struct Around {
    people: Json<Vec<(String, String)>>,
    upcoming: i64,
    next: Option<jiff_sqlx::Timestamp>,
}

/// A business with its people and what is agreed.
pub(in crate::onboarding) async fn one(db: &sqlx::PgPool, slug: &str) -> Result<Business, Error> {
    let row = sqlx::query!(
        r#"SELECT p.id AS "id: ProviderId", p.slug, p.name, p.city, p.country, p.created_at AS "since: jiff_sqlx::Timestamp",
               p.verified_at IS NOT NULL AS "verified!", p.suspended_at AS "suspended_at: jiff_sqlx::Timestamp",
               p.suspended_reason, p.papers_over_at AS "papers_over_at: jiff_sqlx::Timestamp",
               (SELECT count(*) FROM services s WHERE s.provider_id = p.id AND s.status = 'live') AS "services!",
               (SELECT count(*) FROM applications a JOIN application_documents d ON d.application_id = a.id
                WHERE a.provider_id = p.id AND d.state = 'sent') AS "documents!",
               (SELECT coalesce(json_agg(json_build_array(m.name, m.role) ORDER BY m.position, m.id), '[]')
                FROM members m WHERE m.provider_id = p.id AND m.active) AS "people!: Json<Vec<(String, String)>>",
               (SELECT count(*) FROM bookings b
                WHERE b.provider_id = p.id AND b.state IN ('requested', 'confirmed', 'started', 'done')) AS "upcoming!",
               (SELECT min(b.sort_at) FROM bookings b
                WHERE b.provider_id = p.id AND b.state IN ('requested', 'confirmed')) AS "next: jiff_sqlx::Timestamp"
           FROM providers p WHERE p.slug = $1"#,
        slug
    )
    .fetch_one(db)
    .await?;
    let around = Around { people: row.people, upcoming: row.upcoming, next: row.next };
    let row = Row {
        id: row.id,
        slug: row.slug,
        name: row.name,
        city: row.city,
        country: row.country,
        since: row.since,
        verified: row.verified,
        suspended_at: row.suspended_at,
        suspended_reason: row.suspended_reason,
        papers_over_at: row.papers_over_at,
        services: row.services,
        documents: row.documents,
    };
    Ok(Business {
        row: row.into(),
        people: around.people.0,
        upcoming: around.upcoming,
        next: around.next.map(jiff_sqlx::Timestamp::to_jiff),
        application: None,
    })
}

/// Why a business is suspended, and whether a document is over.
pub(in crate::onboarding) async fn standing(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> Result<(Option<String>, bool), Error> {
    let row = sqlx::query!(
        r#"SELECT CASE WHEN suspended_at IS NOT NULL THEN suspended_reason END AS reason,
               papers_over_at IS NOT NULL AS "over!" FROM providers WHERE id = $1"#,
        provider.0
    )
    .fetch_one(db)
    .await?;
    Ok((row.reason, row.over))
}
