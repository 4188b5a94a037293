//! Lists of listings: one's own, what waits for review, and all of them.

use crate::catalog::listing::{AdminFilter, AdminRow, ListedRow, OwnFilter, RevisionState};
use crate::catalog::store::{count, currency, showcase::average};
use crate::catalog::{Kind, Pricing, ServicePicture, Status, Unit};
use crate::kernel::{Error, Money, ProviderId, ServiceId, Zone};
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::PgExecutor;
use sqlx::types::{Json, Uuid};

/// Words as a pattern that is found anywhere in plain text.
fn pattern(words: &str) -> String {
    let words: String = words.trim().chars().take(80).collect();
    format!("%{}%", words.replace(['%', '_', '\\'], " "))
}

/// The services of a business that began before one of them, the newest first.
pub(in crate::catalog) async fn list(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    filter: &OwnFilter,
    (before, id): (Timestamp, Uuid),
    size: usize,
    now: Timestamp,
) -> Result<Vec<ListedRow>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.id AS "id: ServiceId", s.slug, coalesce(r.content ->> 'title', s.title) AS "title!",
               s.status AS "status: Status", r.state AS "open?", s.kind AS "kind: Kind", s.pricing AS "pricing: Pricing",
               s.price_minor, s.unit AS "unit: Json<Unit>", s.currency, s.rating_sum, s.rating_count, s.booking_count, s.zone,
               s.created_at AS "created_at: Stored", o.next_free AS "next_free?: Stored",
               coalesce((SELECT json_build_object('key', i.key, 'alt', i.alt, 'colour', i.colour)
                         FROM service_pictures i WHERE i.service_id = s.id ORDER BY i.position LIMIT 1),
                        (r.content -> 'pictures' -> 0)::json) AS "picture: Json<ServicePicture>"
           FROM services s
           LEFT JOIN LATERAL (SELECT * FROM service_revisions l WHERE l.service_id = s.id AND l.state <> 'replaced'
                              ORDER BY l.number DESC LIMIT 1) r ON r.state <> 'live'
           LEFT JOIN service_openings o ON o.service_id = s.id AND s.status = 'live'
           WHERE s.provider_id = $1 AND (s.created_at, s.id) < ($2, $3)
             AND ($4 = '' AND s.status <> 'archived' OR s.status = $4)
             AND plain_text(coalesce(r.content ->> 'title', s.title)) LIKE plain_text($5)
           ORDER BY s.created_at DESC, s.id DESC LIMIT $6"#,
        provider.0,
        before.to_sqlx() as _,
        id,
        filter.status.map(Status::name).unwrap_or_default(),
        pattern(&filter.words),
        i64::try_from(size).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ListedRow {
                id: row.id,
                slug: row.slug,
                title: row.title,
                status: row.status,
                open: row.open.as_deref().and_then(RevisionState::parse),
                kind: row.kind,
                pricing: row.pricing,
                price: Money::new(row.price_minor, currency(&row.currency)?),
                unit: row.unit.0.name,
                rating: average(row.rating_sum, row.rating_count),
                reviews: count(row.rating_count),
                bookings: count(row.booking_count),
                picture: row.picture.map(|picture| picture.0),
                next_free: row.next_free.map(|at| at.to_jiff()).filter(|at| *at >= now),
                zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
                created_at: row.created_at.to_jiff(),
            })
        })
        .collect()
}

struct Row {
    id: ServiceId,
    slug: String,
    title: String,
    provider: String,
    status: Status,
    version: i32,
    published: bool,
    number: Option<i32>,
    since: Option<Stored>,
    created_at: Stored,
}

impl From<Row> for AdminRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            provider: row.provider,
            status: row.status,
            waiting: row.number.zip(row.since.map(|since| since.to_jiff())),
            version: row.version,
            published: row.published,
            created_at: row.created_at.to_jiff(),
        }
    }
}

/// How many texts wait for review, and since when the one that waits longest. Counting stops where nobody needs to know
/// more.
pub(in crate::catalog) async fn waiting(db: impl PgExecutor<'_>) -> Result<(i64, Option<Timestamp>), Error> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM (SELECT FROM service_revisions WHERE state = 'submitted' LIMIT 10000) counted) AS "waiting!",
               (SELECT min(submitted_at) FROM service_revisions WHERE state = 'submitted') AS "oldest: Stored""#
    )
    .fetch_one(db)
    .await?;
    Ok((row.waiting, row.oldest.map(|at| at.to_jiff())))
}

/// What waits for review since after one of them, the longest first.
pub(in crate::catalog) async fn queue(
    db: impl PgExecutor<'_>,
    words: &str,
    (after, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<AdminRow>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT s.id AS "id: _", s.slug, r.content ->> 'title' AS "title!", p.name AS provider, s.status AS "status: _",
               s.version, s.status <> 'review' AS "published!", r.number AS "number?", r.submitted_at AS "since?: _",
               s.created_at AS "created_at: _"
           FROM service_revisions r JOIN services s ON s.id = r.service_id JOIN providers p ON p.id = s.provider_id
           WHERE r.state = 'submitted' AND (r.submitted_at, r.service_id) > ($1, $2)
             AND plain_text((r.content ->> 'title') || ' ' || p.name) LIKE plain_text($3)
           ORDER BY r.submitted_at, r.service_id LIMIT $4"#,
        after.to_sqlx() as _,
        id,
        pattern(words),
        i64::try_from(size).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(AdminRow::from).collect())
}

/// `$which` decides which index is read.
macro_rules! services {
    ($which:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT s.id AS "id: _", s.slug, s.title, p.name AS provider, s.status AS "status: _", s.version,
                   s.status NOT IN ('draft', 'review') AS "published!", r.number AS "number?",
                   r.submitted_at AS "since?: _", s.created_at AS "created_at: _"
               FROM services s JOIN providers p ON p.id = s.provider_id
               LEFT JOIN service_revisions r ON r.service_id = s.id AND r.state = 'submitted'
               WHERE (s.created_at, s.id) < ($1, $2) AND ($3 = '' OR s.status = $3) "#
                + $which
                + " ORDER BY s.created_at DESC, s.id DESC LIMIT $4",
            $($argument),+
        )
    };
}

/// Services that began before one of them, the newest first.
pub(in crate::catalog) async fn all(
    db: impl PgExecutor<'_>,
    filter: &AdminFilter,
    (before, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<AdminRow>, Error> {
    let status = filter.status.map(Status::name).unwrap_or_default();
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let before = before.to_sqlx();
    let rows = if filter.words.trim().is_empty() {
        services!("", before as _, id, status, size).fetch_all(db).await?
    } else {
        services!(
            "AND s.id IN (SELECT t.id FROM services t WHERE plain_text(t.title) LIKE plain_text($5)
                          UNION ALL SELECT t.id FROM providers n JOIN services t ON t.provider_id = n.id
                          WHERE plain_text(n.name) LIKE plain_text($5))",
            before as _,
            id,
            status,
            size,
            pattern(&filter.words)
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows.into_iter().map(AdminRow::from).collect())
}
