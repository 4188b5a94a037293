//! Statements about documents and their pictures.

use crate::kernel::{ApplicationId, DocumentId, Error, ProviderId, UserId, Zone};
use crate::onboarding::answers::NewDocument;
use crate::onboarding::papers::Decided;
use crate::onboarding::{DocumentKind, DocumentState};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// One more change, if documents may be changed now.
pub(in crate::onboarding) async fn touch(
    conn: &mut PgConnection,
    application: ApplicationId,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE applications SET version = version + 1, changed_at = $2
         WHERE id = $1 AND state IN ('draft', 'asked', 'approved')",
        application.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// One more document, unless there are too many.
pub(in crate::onboarding) async fn add(
    conn: &mut PgConnection,
    id: DocumentId,
    application: ApplicationId,
    document: &NewDocument,
    most: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO application_documents (id, application_id, kind, number, expires_on, state, created_at)
         SELECT $1, $2, $3, $4, $5, 'sent', $6
         WHERE (SELECT count(*) FROM application_documents WHERE application_id = $2 AND state <> 'replaced') < $7",
        id.0,
        application.0,
        document.kind.name(),
        document.number,
        document.expires_on.map(ToSqlx::to_sqlx) as _,
        now.to_sqlx() as _,
        most
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The prints of its picture.
pub(in crate::onboarding) async fn keep_files(
    conn: &mut PgConnection,
    document: DocumentId,
    files: &[(u32, Vec<u8>)],
) -> Result<(), Error> {
    let widths: Vec<i32> = files.iter().filter_map(|(width, _)| i32::try_from(*width).ok()).collect();
    let contents: Vec<Vec<u8>> = files.iter().map(|(_, file)| file.clone()).collect();
    sqlx::query!(
        "INSERT INTO application_document_files (document_id, width, content)
         SELECT $1, width, content FROM unnest($2::int[], $3::bytea[]) AS f (width, content)",
        document.0,
        &widths,
        &contents
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes one away that nobody has accepted; its picture goes with it.
pub(in crate::onboarding) async fn remove(conn: &mut PgConnection, document: DocumentId) -> Result<bool, Error> {
    let done =
        sqlx::query!("DELETE FROM application_documents WHERE id = $1 AND state IN ('sent', 'refused')", document.0);
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// A print of a document, and what is needed to note that somebody looked.
pub(in crate::onboarding) struct Print {
    pub content: Vec<u8>,
    pub application: ApplicationId,
    pub kind: DocumentKind,
    /// It is the viewer's own, or that of a business they run.
    pub own: bool,
}

/// A print, for the applicant, those who check, and those who run the business.
pub(in crate::onboarding) async fn file(
    db: impl PgExecutor<'_>,
    document: DocumentId,
    width: u32,
    (user, checks, runs): (UserId, bool, Option<ProviderId>),
) -> Result<Print, Error> {
    let print = sqlx::query_as!(
        Print,
        r#"SELECT f.content, a.id AS "application: _", d.kind AS "kind: _",
             a.user_id = $3 OR a.provider_id IS NOT DISTINCT FROM $5 AND $5 IS NOT NULL AS "own!"
         FROM application_document_files f
         JOIN application_documents d ON d.id = f.document_id JOIN applications a ON a.id = d.application_id
         WHERE f.document_id = $1 AND f.width = $2
           AND (a.user_id = $3 OR a.provider_id = $5 OR $4 AND a.submitted_at IS NOT NULL AND a.state <> 'draft')"#,
        document.0,
        i32::try_from(width).unwrap_or(0),
        user.0,
        checks,
        runs.map(|provider| provider.0)
    );
    Ok(print.fetch_one(db).await?)
}

/// Notes a look of a checker. False: their last one was less than an hour ago.
pub(in crate::onboarding) async fn look(
    conn: &mut PgConnection,
    document: DocumentId,
    user: UserId,
    (now, before): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO document_looks AS l (document_id, user_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (document_id, user_id) DO UPDATE SET at = excluded.at WHERE l.at <= $4",
        document.0,
        user.0,
        now.to_sqlx() as _,
        before.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Decides a document of a business that waits for it.
pub(in crate::onboarding) async fn decide(
    conn: &mut PgConnection,
    document: DocumentId,
    state: DocumentState,
    words: &str,
    by: UserId,
    now: Timestamp,
) -> Result<Option<Decided>, Error> {
    let row = sqlx::query!(
        r#"UPDATE application_documents d SET state = $2, note = $3, decided_at = $4, decided_by = $5
           FROM applications a JOIN providers p ON p.id = a.provider_id
           WHERE d.id = $1 AND d.state = 'sent' AND a.id = d.application_id AND a.state = 'approved'
           RETURNING a.id AS "application: ApplicationId", p.id AS "provider: ProviderId", d.kind AS "kind: DocumentKind", p.zone,
               d.expires_on AS "expires_on: jiff_sqlx::Date""#,
        document.0,
        if state == DocumentState::Accepted { "accepted" } else { "refused" },
        words,
        now.to_sqlx() as _,
        by.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Decided {
        application: row.application,
        provider: row.provider,
        kind: row.kind,
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        expires_on: row.expires_on.map(|day| day.to_jiff()),
    }))
}

/// Earlier ones of a kind that end no later are replaced by this one.
pub(in crate::onboarding) async fn replace_older(
    conn: &mut PgConnection,
    application: ApplicationId,
    kind: DocumentKind,
    document: DocumentId,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE application_documents d SET state = 'replaced' FROM application_documents n
         WHERE n.id = $3 AND d.application_id = $1 AND d.kind = $2 AND d.state = 'accepted' AND d.id <> n.id
           AND coalesce(d.expires_on, 'infinity') <= coalesce(n.expires_on, 'infinity')",
        application.0,
        kind.name(),
        document.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Kinds of which something was accepted, and nothing of that is good on this day.
pub(in crate::onboarding) async fn kinds_over(
    conn: &mut PgConnection,
    application: ApplicationId,
    today: Date,
) -> Result<Vec<DocumentKind>, Error> {
    let kinds = sqlx::query_scalar!(
        r#"SELECT kind AS "kind: DocumentKind" FROM application_documents
           WHERE application_id = $1 AND state = 'accepted'
           GROUP BY kind HAVING max(coalesce(expires_on, 'infinity')) < $2"#,
        application.0,
        today.to_sqlx() as _
    );
    Ok(kinds.fetch_all(conn).await?)
}
