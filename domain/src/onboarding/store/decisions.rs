//! Statements that decide an application.

use crate::kernel::{ApplicationId, Error, ProviderId, UserId};
use crate::onboarding::State;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// What keeps an applicant from having a business of their own.
pub(in crate::onboarding) struct Hindrances {
    /// They are an active member of one.
    pub works: bool,
    /// Their account is suspended, or gone.
    pub suspended: bool,
}

/// What keeps an applicant from having a business now.
pub(in crate::onboarding) async fn hindrances(conn: &mut PgConnection, user: UserId) -> Result<Hindrances, Error> {
    let row = sqlx::query_as!(
        Hindrances,
        r#"SELECT EXISTS (SELECT FROM members WHERE user_id = $1 AND active) AS "works!",
               suspended_at IS NOT NULL OR deleted_at IS NOT NULL AS "suspended!"
           FROM users WHERE id = $1"#,
        user.0
    );
    Ok(row.fetch_one(conn).await?)
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

/// Its documents are good; those that are over on this day are not, or they would hide the business at once.
pub(in crate::onboarding) async fn accept_documents(
    conn: &mut PgConnection,
    application: ApplicationId,
    by: UserId,
    (now, today): (Timestamp, Date),
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE application_documents SET decided_by = $2, decided_at = $3,
             state = CASE WHEN expires_on < $4 THEN 'refused' ELSE 'accepted' END,
             note = CASE WHEN expires_on < $4 THEN 'It was over when we looked at it.' ELSE note END
         WHERE application_id = $1 AND state = 'sent'",
        application.0,
        by.0,
        now.to_sqlx() as _,
        today.to_sqlx() as _
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
