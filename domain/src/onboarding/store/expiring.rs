//! Statements about documents that end and applications that were left alone.

use crate::kernel::{ApplicationId, Error, ProviderId, UserId, Zone};
use crate::onboarding::{DocumentKind, State};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// The last good document of a kind of a business.
#[derive(Clone, Debug)]
pub(in crate::onboarding) struct Ending {
    pub application: ApplicationId,
    pub provider: ProviderId,
    pub zone: Zone,
    pub kind: DocumentKind,
    pub expires_on: Date,
    /// What was done for it already; several of a kind that end together count as one.
    pub reminded: Option<i16>,
}

/// Kinds of documents of businesses whose last one ends by a day, and of which not all is done.
pub(in crate::onboarding) async fn ending(
    db: impl PgExecutor<'_>,
    soon: Date,
    limit: i64,
) -> Result<Vec<Ending>, Error> {
    let rows = sqlx::query!(
        r#"SELECT a.id AS "application: ApplicationId", p.id AS "provider: ProviderId", p.zone,
               d.kind AS "kind: DocumentKind", max(d.expires_on) AS "expires_on!: jiff_sqlx::Date",
               max(d.reminded) AS reminded
           FROM application_documents d JOIN applications a ON a.id = d.application_id
           JOIN providers p ON p.id = a.provider_id
           WHERE d.state = 'accepted' AND d.expires_on <= $1 AND coalesce(d.reminded, 99) > -1
             AND NOT EXISTS (SELECT FROM application_documents later
                             WHERE later.application_id = d.application_id AND later.kind = d.kind
                               AND later.state = 'accepted' AND coalesce(later.expires_on, 'infinity') > d.expires_on)
           GROUP BY a.id, p.id, d.kind ORDER BY max(d.expires_on), a.id LIMIT $2"#,
        soon.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ending {
            application: row.application,
            provider: row.provider,
            zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
            kind: row.kind,
            expires_on: row.expires_on.to_jiff(),
            reminded: row.reminded,
        })
        .collect())
}

/// Notes that a stage is done for a kind; false if it was already.
pub(in crate::onboarding) async fn reminded(
    conn: &mut PgConnection,
    application: ApplicationId,
    kind: DocumentKind,
    stage: i16,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE application_documents SET reminded = $3::smallint
         WHERE application_id = $1 AND kind = $2 AND state = 'accepted' AND coalesce(reminded, 99) > $3::smallint",
        application.0,
        kind.name(),
        stage
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// An application nobody goes on with.
#[derive(Clone, Debug)]
pub(in crate::onboarding) struct LeftAlone {
    pub id: ApplicationId,
    pub reference: String,
    pub user: UserId,
    pub state: State,
    pub version: i32,
}

/// A question nobody has answered for a while.
#[derive(Clone, Debug)]
pub(in crate::onboarding) struct Unanswered {
    pub id: ApplicationId,
    pub reference: String,
    pub user: UserId,
    pub version: i32,
    /// What was asked.
    pub note: String,
    /// When.
    pub asked_at: jiff_sqlx::Timestamp,
    /// The zone of the business to be; empty when it was not told.
    pub zone: String,
}

/// Questions asked before one instant, but not so long ago that they end, of which nobody was reminded.
pub(in crate::onboarding) async fn unanswered(
    db: impl PgExecutor<'_>,
    asked: Timestamp,
    ended: Timestamp,
    limit: i64,
) -> Result<Vec<Unanswered>, Error> {
    Ok(sqlx::query_as!(
        Unanswered,
        r#"SELECT id AS "id: _", reference, user_id AS "user: _", version, note, decided_at AS "asked_at!: _", zone
           FROM applications
           WHERE state = 'asked' AND decided_at <= $1 AND decided_at > $2
             AND (reminded_at IS NULL OR reminded_at < decided_at)
           ORDER BY decided_at, id LIMIT $3"#,
        asked.to_sqlx() as _,
        ended.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Notes that an applicant was reminded; false if the question is another one or answered by now.
pub(in crate::onboarding) async fn reminded_of_question(
    conn: &mut PgConnection,
    application: ApplicationId,
    version: i32,
    now: Timestamp,
) -> Result<bool, Error> {
    // The version stays: a form the applicant has open is as good as before.
    let done = sqlx::query!(
        "UPDATE applications SET reminded_at = $3
         WHERE id = $1 AND version = $2 AND state = 'asked' AND (reminded_at IS NULL OR reminded_at < decided_at)",
        application.0,
        version,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Questions asked before one instant and drafts last changed before another.
pub(in crate::onboarding) async fn left_alone(
    db: impl PgExecutor<'_>,
    asked: Timestamp,
    drafts: Timestamp,
    limit: i64,
) -> Result<Vec<LeftAlone>, Error> {
    Ok(sqlx::query_as!(
        LeftAlone,
        r#"SELECT id AS "id: _", reference, user_id AS "user: _", state AS "state: _", version FROM applications
           WHERE state = 'asked' AND decided_at <= $1 OR state = 'draft' AND changed_at < $2
           ORDER BY id LIMIT $3"#,
        asked.to_sqlx() as _,
        drafts.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?)
}
