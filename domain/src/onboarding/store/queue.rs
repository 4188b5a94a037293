//! Statements of the queue.

use crate::kernel::Error;
use crate::onboarding::{Application, QueueRow, State, Waiting};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::{Json, Uuid};

struct Row {
    id: Uuid,
    reference: String,
    name: String,
    applicant: String,
    city: String,
    country: String,
    sent_at: jiff_sqlx::Timestamp,
    decided_at: Option<jiff_sqlx::Timestamp>,
    round: i16,
    provider: Option<String>,
}

impl From<Row> for (Uuid, QueueRow) {
    fn from(row: Row) -> Self {
        let shown = QueueRow {
            reference: row.reference,
            name: row.name,
            applicant: row.applicant,
            city: row.city,
            country: row.country,
            sent_at: row.sent_at.to_jiff(),
            decided_at: row.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
            round: row.round,
            provider: row.provider,
        };
        (row.id, shown)
    }
}

/// `$which` narrows to words.
macro_rules! queue {
    ($which:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.reference, a.name, trim(u.first_name || ' ' || u.last_name) AS "applicant!", a.city,
                   a.country, a.submitted_at AS "sent_at!: _", a.decided_at AS "decided_at: _", a.round,
                   (SELECT p.slug FROM providers p WHERE p.id = a.provider_id) AS provider
               FROM applications a JOIN users u ON u.id = a.user_id
               WHERE a.state = $1 AND (a.submitted_at, a.id) > ($2, $3) AND a.submitted_at <= $4 "#
                + $which
                + " ORDER BY a.submitted_at, a.id LIMIT $5",
            $($argument),+
        )
    };
}

/// Applications of a state sent after one and not later than `until`, the one sent first first.
pub(in crate::onboarding) async fn page(
    db: impl PgExecutor<'_>,
    (state, words): (State, &str),
    until: Timestamp,
    (after, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<(Uuid, QueueRow)>, Error> {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let (state, after, until) = (state.name(), after.to_sqlx(), until.to_sqlx());
    let words: String = words.trim().chars().take(80).collect();
    let rows = if words.is_empty() {
        queue!("", state, after as _, id, until as _, size).fetch_all(db).await?
    } else {
        let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " ").to_lowercase());
        queue!(
            "AND lower(concat_ws(' ', a.name, a.reference, a.city, u.first_name, u.last_name, u.email)) LIKE $6",
            state,
            after as _,
            id,
            until as _,
            size,
            pattern
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What waits. Counting stops where nobody needs to know more.
pub(in crate::onboarding) async fn waiting(db: impl PgExecutor<'_>) -> Result<Waiting, Error> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM (SELECT FROM applications WHERE state = 'submitted' LIMIT 10000) counted) AS "waiting!",
               (SELECT count(*) FROM (SELECT FROM applications WHERE state = 'asked' LIMIT 10000) counted) AS "asked!",
               (SELECT count(*) FROM (SELECT DISTINCT d.application_id FROM application_documents d
                    JOIN applications a ON a.id = d.application_id AND a.state = 'approved'
                    WHERE d.state = 'sent' LIMIT 10000) counted) AS "documents!",
               (SELECT count(*) FROM (SELECT FROM business_changes WHERE state = 'submitted' LIMIT 10000) counted) AS "changes!",
               (SELECT min(submitted_at) FROM applications WHERE state = 'submitted') AS "oldest: jiff_sqlx::Timestamp""#
    )
    .fetch_one(db)
    .await?;
    Ok(Waiting {
        waiting: row.waiting,
        asked: row.asked,
        documents: row.documents,
        changes: row.changes,
        oldest: row.oldest.map(jiff_sqlx::Timestamp::to_jiff),
    })
}

/// Others of the same name, and whether the applicant works somewhere.
pub(in crate::onboarding) async fn beside(
    db: impl PgExecutor<'_>,
    application: &Application,
) -> Result<(Vec<(String, String)>, bool), Error> {
    let row = sqlx::query!(
        r#"SELECT (SELECT coalesce(json_agg(json_build_array(key, name)), '[]') FROM (
                       (SELECT slug AS key, name FROM providers p
                        WHERE plain_text(p.name) LIKE plain_text($1) AND plain_text(p.name) = plain_text($1)
                          AND NOT EXISTS (SELECT FROM applications a WHERE a.id = $2 AND a.provider_id = p.id) LIMIT 5)
                       UNION ALL
                       (SELECT reference, name FROM applications
                        WHERE state IN ('submitted', 'asked') AND id <> $2 AND lower(name) = lower($1) LIMIT 5)) alike)
                   AS "namesakes!: Json<Vec<(String, String)>>",
               EXISTS (SELECT FROM members WHERE user_id = $3 AND active) AS "works!""#,
        application.told.name,
        application.id.0,
        application.user.0
    )
    .fetch_one(db)
    .await?;
    Ok((row.namesakes.0, row.works))
}
