//! Reading a listing with everything that is being done to it.

use crate::catalog::Status;
use crate::catalog::listing::{Edited, Listing, Review, Revision, RevisionState, Teammate};
use crate::kernel::{Error, ProviderId, ServiceId, UserId};
use jiff_sqlx::Timestamp as Stored;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

/// The columns of a service in the hands of its business.
struct Row {
    id: ServiceId,
    slug: String,
    status: Status,
    version: i32,
    provider: ProviderId,
    provider_name: String,
    provider_slug: String,
    verified: bool,
    published: bool,
    live: Json<Listing>,
    number: Option<i32>,
    state: Option<String>,
    content: Option<Json<Listing>>,
    author: Option<String>,
    updated_at: Option<Stored>,
    submitted_at: Option<Stored>,
    note: Option<String>,
    team: Json<Vec<Teammate>>,
}

impl Row {
    fn review(self) -> Review {
        let revision = self.number.zip(self.state).zip(self.updated_at).map(|((number, state), at)| Revision {
            number,
            state: RevisionState::parse(&state).unwrap_or(RevisionState::Replaced),
            author: self.author,
            at: at.to_jiff(),
            submitted_at: self.submitted_at.map(|at| at.to_jiff()),
            live_at: None,
            note: self.note.unwrap_or_default(),
        });
        let service = Edited {
            id: self.id,
            slug: self.slug,
            status: self.status,
            version: self.version,
            provider: self.provider,
            published: self.published,
            live: self.live.0,
            open: revision.zip(self.content.map(|content| content.0)),
            team: self.team.0,
        };
        Review { service, provider: (self.provider_name, self.provider_slug), verified: self.verified }
    }
}

/// A service by its present address or one it had before. What is open is the latest text that is neither on show nor
/// out of use. Members and pictures of the rows come with it: one statement.
pub(in crate::catalog) async fn reviewed(db: impl PgExecutor<'_>, slug: &str) -> Result<Option<Review>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT s.id AS "id: _", s.slug, s.status AS "status: _", s.version, s.provider_id AS "provider: _",
               p.name AS provider_name, p.slug AS provider_slug, p.verified_at IS NOT NULL AS "verified!",
               s.status IN ('live', 'paused') OR s.status = 'archived' AND (
                   EXISTS (SELECT FROM service_revisions l WHERE l.service_id = s.id AND l.state = 'live')
                   OR NOT EXISTS (SELECT FROM service_revisions n WHERE n.service_id = s.id)) AS "published!",
               service_content(s.id) AS "live!: Json<Listing>",
               r.number AS "number?", r.state AS "state?", r.content AS "content?: Json<Listing>",
               u.first_name || ' ' || u.last_name AS "author?", r.updated_at AS "updated_at?: _",
               r.submitted_at AS "submitted_at?: _", r.note AS "note?",
               (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', told_name(m), 'picture', m.picture)
                                         ORDER BY m.position, m.id), '[]')
                FROM members m WHERE m.provider_id = s.provider_id AND m.active) AS "team!: Json<Vec<Teammate>>"
           FROM services s JOIN providers p ON p.id = s.provider_id
           LEFT JOIN LATERAL (SELECT * FROM service_revisions l WHERE l.service_id = s.id AND l.state <> 'replaced'
                              ORDER BY l.number DESC LIMIT 1) r ON r.state <> 'live'
           LEFT JOIN users u ON u.id = r.author_id
           WHERE s.id = coalesce((SELECT id FROM services WHERE slug = $1),
                                 (SELECT service_id FROM service_slugs WHERE slug = $1))"#,
        slug
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Row::review))
}

/// The same without what only reviewers see.
pub(in crate::catalog) async fn edited(db: impl PgExecutor<'_>, slug: &str) -> Result<Option<Edited>, Error> {
    Ok(reviewed(db, slug).await?.map(|review| review.service))
}

/// All texts of a service, the latest first.
pub(in crate::catalog) async fn revisions(
    db: impl PgExecutor<'_>,
    service: ServiceId,
) -> Result<Vec<(Revision, Listing)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.number, r.state, r.content AS "content: Json<Listing>",
               u.first_name || ' ' || u.last_name AS "author?", r.updated_at AS "updated_at: Stored",
               r.submitted_at AS "submitted_at: Stored", r.live_at AS "live_at: Stored", r.note
           FROM service_revisions r LEFT JOIN users u ON u.id = r.author_id
           WHERE r.service_id = $1 ORDER BY r.number DESC LIMIT 100"#,
        service.0
    )
    .fetch_all(db)
    .await?;
    let texts = rows.into_iter().map(|row| {
        let revision = Revision {
            number: row.number,
            state: RevisionState::parse(&row.state).unwrap_or(RevisionState::Replaced),
            author: row.author,
            at: row.updated_at.to_jiff(),
            submitted_at: row.submitted_at.map(|at| at.to_jiff()),
            live_at: row.live_at.map(|at| at.to_jiff()),
            note: row.note,
        };
        (revision, row.content.0)
    });
    Ok(texts.collect())
}

/// The present address of a service that had this one before.
pub(in crate::catalog) async fn renamed(db: impl PgExecutor<'_>, slug: &str) -> Result<Option<String>, Error> {
    let present = sqlx::query_scalar!(
        "SELECT s.slug FROM service_slugs f JOIN services s ON s.id = f.service_id WHERE f.slug = $1",
        slug
    );
    Ok(present.fetch_optional(db).await?)
}

/// The address of a service, and everybody who manages its business, for letters.
pub(in crate::catalog) async fn managers(
    conn: &mut PgConnection,
    service: ServiceId,
) -> Result<(String, Vec<(UserId, String, String)>), Error> {
    let rows = sqlx::query!(
        r#"SELECT s.slug, u.id AS "user: UserId", u.email, u.first_name
           FROM services s JOIN members m ON m.provider_id = s.provider_id AND m.active AND m.role <> 'member'
           JOIN users u ON u.id = m.user_id AND u.deleted_at IS NULL
           WHERE s.id = $1 ORDER BY m.position, m.id"#,
        service.0
    )
    .fetch_all(conn)
    .await?;
    let slug = rows.first().map(|row| row.slug.clone()).unwrap_or_default();
    Ok((slug, rows.into_iter().map(|row| (row.user, row.email, row.first_name)).collect()))
}
