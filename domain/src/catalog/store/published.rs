//! Reviews of a service or a business with the opinion of all, in one statement.

use crate::catalog::published::{Opinion, PublishedReview, Reviews, ReviewsAsked};
use crate::kernel::page::{Page, write_cursor};
use crate::kernel::{Error, ProviderId, ServiceId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use sqlx::types::{Json, Uuid};

struct ReviewsRow {
    opinion: Json<Opinion>,
    reviews: Json<Vec<PublishedReview>>,
}

/// Both statements differ in one column, which has an index by time.
macro_rules! reviews {
    ($column:literal, $conn:expr, $id:expr, $asked:expr, $size:expr) => {{
        let (at, after) = place_after($asked);
        let row = sqlx::query_as!(
            ReviewsRow,
            r#"SELECT (SELECT json_build_object(
                           'weighed', count(*),
                           'spread', json_build_array(
                               count(*) FILTER (WHERE rating = 1), count(*) FILTER (WHERE rating = 2),
                               count(*) FILTER (WHERE rating = 3), count(*) FILTER (WHERE rating = 4),
                               count(*) FILTER (WHERE rating = 5)),
                           'quality', coalesce(avg(quality), 0), 'punctuality', coalesce(avg(punctuality), 0),
                           'professionalism', coalesce(avg(professionalism), 0), 'value', coalesce(avg(value), 0))
                       FROM (SELECT rating, quality, punctuality, professionalism, value FROM reviews w
                             WHERE w."#
                + $column
                + r#" = $1 ORDER BY w.created_at DESC, w.id DESC LIMIT 500) weighed) AS "opinion!: _",
                      (SELECT coalesce(json_agg(json_build_object(
                           'id', p.id, 'author', u.first_name || ' ' || left(u.last_name, 1) || '.',
                           'picture', u.picture, 'rating', p.rating, 'title', p.title, 'body', p.body,
                           'at', p.created_at, 'service_slug', s.slug, 'service_title', s.title)
                           ORDER BY p.created_at DESC, p.id DESC), '[]')
                       FROM (SELECT * FROM reviews r
                             WHERE r."#
                + $column
                + r#" = $1 AND (r.created_at, r.id) < ($2::timestamptz, $3::uuid)
                               AND ($4::smallint IS NULL OR r.rating = $4)
                             ORDER BY r.created_at DESC, r.id DESC LIMIT $5) p
                       JOIN users u ON u.id = p.customer_id
                       JOIN services s ON s.id = p.service_id) AS "reviews!: _""#,
            $id,
            at.to_sqlx() as _,
            after,
            $asked.stars.map(i16::from),
            i64::try_from($size + 1).unwrap_or(i64::MAX),
        )
        .fetch_one($conn)
        .await?;
        Ok(cut(row, $asked, $size))
    }};
}

pub(in crate::catalog) async fn of_service(
    conn: &mut PgConnection,
    service: ServiceId,
    asked: ReviewsAsked,
    size: usize,
) -> Result<Reviews, Error> {
    reviews!("service_id", conn, service.0, asked, size)
}

pub(in crate::catalog) async fn of_provider(
    conn: &mut PgConnection,
    provider: ProviderId,
    asked: ReviewsAsked,
    size: usize,
) -> Result<Reviews, Error> {
    reviews!("provider_id", conn, provider.0, asked, size)
}

/// Where the page begins: after the review that was named, or with the latest.
fn place_after(asked: ReviewsAsked) -> (Timestamp, Uuid) {
    asked.after.map_or((Timestamp::MAX, Uuid::max()), |(at, id)| (at, id.0))
}

fn cut(row: ReviewsRow, asked: ReviewsAsked, size: usize) -> Reviews {
    let cursor = |review: &PublishedReview| write_cursor(review.at.as_microsecond(), review.id.0);
    Reviews { page: Page::cut(row.reviews.0, size, asked.after.is_some(), cursor), opinion: row.opinion.0 }
}
