//! What the page of a business shows.

use super::cards::{cards, hits};
use super::count;
use super::showcase::average;
use crate::catalog::provider_page::{Colleague, ProviderPage};
use crate::catalog::published::{Opinion, Reviews};
use crate::catalog::search::Hit;
use crate::catalog::showcase::Behind;
use crate::catalog::{Absence, ProviderKind};
use crate::kernel::page::Page;
use crate::kernel::{Error, ProviderId, UserId, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::PgConnection;
use sqlx::types::Json;

/// A business with its team; services and reviews are still to come.
pub(in crate::catalog) async fn business(
    conn: &mut PgConnection,
    viewer: Option<UserId>,
    slug: &str,
    now: Timestamp,
) -> Result<ProviderPage, Error> {
    let row = sqlx::query!(
        r#"SELECT p.id AS "id: ProviderId", p.name, p.slug, p.kind AS "kind: ProviderKind", p.headline, p.about,
                  p.picture, p.city, p.verified_at AS "verified_at: Stored", p.created_at AS "created_at: Stored",
                  p.rating_sum, p.rating_count, p.completed_count, p.hidden, p.skills, p.zone,
                  (SELECT coalesce(json_agg(json_build_array(d.first_date, d.last_date, d.reason)), '[]')
                   FROM provider_closures d
                   WHERE d.provider_id = p.id AND d.last_date >= ($3::timestamptz AT TIME ZONE p.zone)::date)
                      AS "away!: Json<Vec<(Date, Date, String)>>",
                  EXISTS (SELECT FROM blocks b WHERE b.customer_id = $2 AND b.provider_id = p.id
                          AND b.side = 'customer') AS "blocked!",
                  (SELECT coalesce(json_agg(json_build_object('name', m.name, 'picture', m.picture,
                                                              'owner', m.role = 'owner', 'skills', m.skills)
                                            ORDER BY m.position, m.id), '[]')
                   FROM members m WHERE m.provider_id = p.id AND m.active) AS "team!: Json<Vec<Colleague>>"
           FROM providers p WHERE p.slug = $1"#,
        slug,
        viewer.map(|viewer| viewer.0),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Error::NotFound)?;
    let today = Zone::parse(&row.zone).unwrap_or_else(Zone::utc).rules().to_datetime(now).date();
    Ok(ProviderPage {
        id: row.id,
        blocked: row.blocked,
        hidden: row.hidden,
        away: Absence::to_tell(row.away.0, today),
        today,
        skills: row.skills,
        business: Behind {
            name: row.name,
            slug: row.slug,
            kind: row.kind,
            headline: row.headline,
            picture: row.picture,
            verified_at: row.verified_at.map(|at| at.to_jiff()),
            rating: average(row.rating_sum, row.rating_count),
            reviews: count(row.rating_count),
            completed: count(row.completed_count),
        },
        about: row.about,
        city: row.city,
        since: row.created_at.to_jiff(),
        team: row.team.0,
        services: Vec::new(),
        reviews: Reviews {
            page: Page { items: Vec::new(), next: None, continued: false },
            opinion: Opinion::default(),
        },
    })
}

/// What a business offers, best first.
pub(in crate::catalog) async fn services(
    conn: &mut PgConnection,
    provider: ProviderId,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Hit>, Error> {
    let rows = cards!(
        "false",
        "",
        "FROM services s JOIN listings l ON l.service_id = s.id
         LEFT JOIN service_openings o ON o.service_id = s.id
         WHERE s.provider_id = $1 ORDER BY l.score DESC, l.service_id DESC LIMIT $2",
        provider.0,
        limit,
    )
    .fetch_all(conn)
    .await?;
    hits(rows, now)
}
