//! Statements about outgoing messages.

use super::views::{Channel, MessageRow, MessageView, Outcome};
use super::write::Enclosed;
use crate::kernel::page::PAGE_SIZE;
use crate::kernel::{Error, OutboundId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A message that is being written.
pub(super) struct NewMessage<'a> {
    pub channel: Channel,
    pub user: Option<UserId>,
    pub recipient: &'a str,
    pub kind: &'static str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// Where such letters are stopped; empty if they are not a kind that can be.
    pub stop: &'a str,
    pub enclosed: Enclosed<'a>,
}

/// Adds a message.
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: OutboundId,
    message: &NewMessage<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO outbound_messages (id, channel, user_id, recipient, kind, subject, text, html, created_at, next_try_at,
            stop, calendar, about_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)",
        id.0,
        message.channel.name(),
        message.user.map(|user| user.0),
        message.recipient,
        message.kind,
        message.subject,
        message.text,
        message.html,
        now.to_sqlx() as _,
        message.stop,
        message.enclosed.calendar,
        message.enclosed.about.map(|about| about.0),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A message somebody is about to hand over.
pub(super) struct Taken {
    pub id: OutboundId,
    pub channel: Channel,
    pub recipient: String,
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub stop: String,
    pub calendar: String,
    pub created_at: Timestamp,
    /// Tries, this one included.
    pub attempts: i32,
}

/// The messages that have waited longest of those that are due; others who ask at the same moment get others. Each try is
/// put down before it is made, and the next one put off until `silent_until`.
pub(super) async fn take_due(
    db: impl PgExecutor<'_>,
    limit: i64,
    now: Timestamp,
    silent_until: Timestamp,
) -> Result<Vec<Taken>, Error> {
    let rows = sqlx::query!(
        r#"WITH due AS MATERIALIZED (
              SELECT id FROM outbound_messages WHERE sent_at IS NULL AND failed_at IS NULL AND next_try_at <= $2
              ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED)
           UPDATE outbound_messages m SET attempts = attempts + 1, next_try_at = $3 FROM due WHERE m.id = due.id
           RETURNING m.id, channel, recipient, kind, subject, text, html, stop, calendar, attempts,
              created_at AS "created_at: jiff_sqlx::Timestamp""#,
        limit,
        now.to_sqlx() as _,
        silent_until.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|row| {
        Ok(Taken {
            id: OutboundId(row.id),
            channel: channel(&row.channel)?,
            recipient: row.recipient,
            kind: row.kind,
            subject: row.subject,
            text: row.text,
            html: row.html,
            stop: row.stop,
            calendar: row.calendar,
            created_at: row.created_at.to_jiff(),
            attempts: row.attempts,
        })
    });
    read.collect()
}

/// They have left; `wipe` empties them.
pub(super) async fn sent(db: impl PgExecutor<'_>, ids: &[Uuid], now: Timestamp, wipe: bool) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE outbound_messages SET sent_at = $2, last_error = NULL,
            recipient = CASE WHEN $3 THEN '' ELSE recipient END,
            subject = CASE WHEN $3 THEN '' ELSE subject END,
            text = CASE WHEN $3 THEN '' ELSE text END,
            html = CASE WHEN $3 THEN '' ELSE html END,
            stop = CASE WHEN $3 THEN '' ELSE stop END,
            calendar = CASE WHEN $3 THEN '' ELSE calendar END
         WHERE id = ANY($1) AND failed_at IS NULL",
        ids,
        now.to_sqlx() as _,
        wipe,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It did not leave this time; when it is tried again.
pub(super) async fn tried(db: impl PgExecutor<'_>, id: OutboundId, error: &str, next: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE outbound_messages SET last_error = $2, next_try_at = $3
         WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL",
        id.0,
        error,
        next.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It will never leave; it is emptied.
pub(super) async fn given_up(
    db: impl PgExecutor<'_>,
    id: OutboundId,
    now: Timestamp,
    error: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE outbound_messages SET failed_at = $2, last_error = $3,
            recipient = '', subject = '', text = '', html = '', stop = '', calendar = ''
         WHERE id = $1 AND sent_at IS NULL",
        id.0,
        now.to_sqlx() as _,
        error,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A page of messages and one more, newest first.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    words: &str,
    after: Option<(Timestamp, Uuid)>,
) -> Result<Vec<MessageRow>, Error> {
    let words: String = words.trim().chars().take(80).collect();
    let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " ").to_lowercase());
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    let size = i64::try_from(PAGE_SIZE + 1).unwrap_or(21);
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id, channel, recipient, kind, CASE channel WHEN 'sms' THEN left(text, 120) ELSE subject END AS "title!",
            created_at AS "created_at: _", sent_at AS "sent_at: _", failed_at AS "failed_at: _"
           FROM outbound_messages
           WHERE ($1 = '%%' OR lower(recipient || ' ' || kind || ' ' || subject || ' ' || text) LIKE $1)
             AND (created_at, id) < ($2, $3)
           ORDER BY created_at DESC, id DESC LIMIT $4"#,
        pattern,
        at.to_sqlx() as _,
        id,
        size,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// One message.
pub(super) async fn find(db: impl PgExecutor<'_>, id: OutboundId) -> Result<MessageView, Error> {
    let found = sqlx::query!(
        r#"SELECT id, channel, recipient, kind, CASE channel WHEN 'sms' THEN left(text, 120) ELSE subject END AS "title!",
            created_at AS "created_at: jiff_sqlx::Timestamp", sent_at AS "sent_at: jiff_sqlx::Timestamp",
            failed_at AS "failed_at: jiff_sqlx::Timestamp", user_id, text, html, calendar, attempts, last_error
           FROM outbound_messages WHERE id = $1"#,
        id.0
    )
    .fetch_one(db)
    .await?;
    let row = Row {
        id: found.id,
        channel: found.channel,
        recipient: found.recipient,
        kind: found.kind,
        title: found.title,
        created_at: found.created_at,
        sent_at: found.sent_at,
        failed_at: found.failed_at,
    };
    Ok(MessageView {
        row: row.read()?,
        user: found.user_id.map(UserId),
        text: found.text,
        html: found.html,
        calendar: found.calendar,
        attempts: found.attempts,
        last_error: found.last_error,
    })
}

/// Gives up whatever was written before an instant and still waits. Returns how much that was.
pub(super) async fn give_up_before(db: impl PgExecutor<'_>, before: Timestamp, now: Timestamp) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE outbound_messages SET failed_at = $2, last_error = coalesce(last_error, 'nobody sent it in time'),
            recipient = '', subject = '', text = '', html = '', calendar = ''
         WHERE created_at < $1 AND sent_at IS NULL AND failed_at IS NULL",
        before.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Deletes what was written before an instant.
pub(super) async fn delete_before(db: impl PgExecutor<'_>, before: Timestamp) -> Result<u64, Error> {
    let done =
        sqlx::query!("DELETE FROM outbound_messages WHERE created_at < $1", before.to_sqlx() as _).execute(db).await?;
    Ok(done.rows_affected())
}

struct Row {
    id: Uuid,
    channel: String,
    recipient: String,
    kind: String,
    title: String,
    created_at: jiff_sqlx::Timestamp,
    sent_at: Option<jiff_sqlx::Timestamp>,
    failed_at: Option<jiff_sqlx::Timestamp>,
}

impl Row {
    fn read(self) -> Result<MessageRow, Error> {
        let outcome = match (self.sent_at, self.failed_at) {
            (Some(at), _) => Outcome::Sent(at.to_jiff()),
            (None, Some(at)) => Outcome::Failed(at.to_jiff()),
            (None, None) => Outcome::Waiting,
        };
        Ok(MessageRow {
            id: OutboundId(self.id),
            channel: channel(&self.channel)?,
            recipient: self.recipient,
            kind: self.kind,
            title: self.title,
            created_at: self.created_at.to_jiff(),
            outcome,
        })
    }
}

fn channel(name: &str) -> Result<Channel, Error> {
    Channel::parse(name).ok_or_else(|| Error::internal(format!("no message travels by {name}")))
}
