//! Statements that decide an application.

use crate::kernel::{ApplicationId, Error, ProviderId, UserId};
use crate::onboarding::State;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Whether somebody is an active member of a business.
pub(in crate::onboarding) async fn works_somewhere(conn: &mut PgConnection, user: UserId) -> Result<bool, Error> {
    let works =
        sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM members WHERE user_id = $1 AND active) AS "works!""#, user.0);
    Ok(works.fetch_one(conn).await?)
}

/// The application became this business.
pub(in crate::onboarding) async fn approve(
    conn: &mut PgConnection,
    application: ApplicationId,
    provider: ProviderId,
    by: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE applications SET state = 'approved', provider_id = $2, decided_by = $3, decided_at = $4, changed_at = $4,
             version = version + 1, note = ''
         WHERE id = $1",
        application.0,
        provider.0,
        by.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Its documents are good.
pub(in crate::onboarding) async fn accept_documents(
    conn: &mut PgConnection,
    application: ApplicationId,
    by: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE application_documents SET state = 'accepted', decided_by = $2, decided_at = $3
         WHERE application_id = $1 AND state = 'sent'",
        application.0,
        by.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Asked for more, or declined, with words for the applicant.
pub(in crate::onboarding) async fn answer(
    conn: &mut PgConnection,
    application: ApplicationId,
    to: State,
    words: &str,
    by: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE applications SET state = $2, note = $3, decided_by = $4, decided_at = $5, changed_at = $5,
             version = version + 1
         WHERE id = $1",
        application.0,
        to.name(),
        words,
        by.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
