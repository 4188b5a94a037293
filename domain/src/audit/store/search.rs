//! Looking things up: one statement for each way in, so that each has one plan for all values.

use super::super::filter::{Filter, Who};
use super::super::views::{Entry, Personal};
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgExecutor;
use uuid::Uuid;

/// The place in a list, newest first: when it happened, and the number.
pub(in crate::audit) type After = (Timestamp, i64);

struct Row {
    seq: i64,
    at: jiff_sqlx::Timestamp,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    capacity: String,
    action: String,
    object_kind: String,
    object_id: Uuid,
    detail: Value,
    request_id: Option<Uuid>,
    personal: Option<Value>,
    hash: Vec<u8>,
    operator_id: Option<Uuid>,
    operator_name: Option<String>,
}

/// `$found` are the entries of a page as `a`. Names and personal details are looked up for those alone.
/// `$1` patterns of the action, `$2` kind, `$3` and `$4` instants, `$5` and `$6` the place, `$7` how many.
macro_rules! entries {
    ($found:expr, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT a.seq AS "seq!", a.at AS "at!: _", a.actor_id AS "actor_id?",
                   u.first_name || ' ' || u.last_name AS "actor_name?", a.capacity AS "capacity!", a.action AS "action!",
                   a.object_kind AS "object_kind!", a.object_id AS "object_id!", a.detail AS "detail!",
                   a.request_id AS "request_id?", p.content AS "personal?", a.hash AS "hash!",
                   (a.detail #>> '{on_behalf,operator}')::uuid AS "operator_id?",
                   o.first_name || ' ' || o.last_name AS "operator_name?"
               FROM ("#
                + $found
                + r#") a
               LEFT JOIN users u ON u.id = a.actor_id
               LEFT JOIN users o ON o.id = (a.detail #>> '{on_behalf,operator}')::uuid
               LEFT JOIN audit_personal p ON p.seq = a.seq
               ORDER BY a.at DESC, a.seq DESC"#,
            $($argument),+
        )
    };
}

/// A page of what fits a filter, newest first.
pub(in crate::audit) async fn search(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    (at, seq): After,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let (patterns, (from, to)) = (filter.patterns(), filter.span());
    let (from, to, at) = (from.to_sqlx(), to.to_sqlx(), at.to_sqlx());
    let (actor, email) = match &filter.actor {
        None => (None, None),
        Some(Who::Id(id)) => (Some(*id), None),
        Some(Who::Email(email)) => (None, Some(email.as_str())),
    };
    let rows = if let Some(object) = filter.object {
        entries!(
            r#"SELECT e.* FROM audit_entries e
               WHERE e.object_id = $8
                 AND ($9::uuid IS NULL AND $10::text IS NULL
                      OR e.actor_id = coalesce($9, (SELECT id FROM users WHERE email = $10))
                      OR e.detail #>> '{on_behalf,operator}' = coalesce($9, (SELECT id FROM users WHERE email = $10))::text)
                 AND e.action LIKE ALL($1) AND ($2 = '' OR e.object_kind = $2)
                 AND e.at >= $3 AND e.at < $4 AND (e.at, e.seq) < ($5, $6)
               ORDER BY e.at DESC, e.seq DESC LIMIT $7"#,
            &patterns,
            filter.kind,
            from as _,
            to as _,
            at as _,
            seq,
            limit,
            object,
            actor,
            email,
        )
        .fetch_all(db)
        .await?
    } else if filter.actor.is_some() {
        // What an operator did for others is theirs as well.
        entries!(
            r#"SELECT e.* FROM (
                   (SELECT e.* FROM audit_entries e
                    WHERE e.actor_id = coalesce($8, (SELECT id FROM users WHERE email = $9))
                      AND e.action LIKE ALL($1) AND ($2 = '' OR e.object_kind = $2)
                      AND e.at >= $3 AND e.at < $4 AND (e.at, e.seq) < ($5, $6)
                    ORDER BY e.at DESC, e.seq DESC LIMIT $7)
                   UNION ALL
                   (SELECT e.* FROM audit_entries e
                    WHERE e.detail ? 'on_behalf'
                      AND e.detail #>> '{on_behalf,operator}' = coalesce($8, (SELECT id FROM users WHERE email = $9))::text
                      AND e.action LIKE ALL($1) AND ($2 = '' OR e.object_kind = $2)
                      AND e.at >= $3 AND e.at < $4 AND (e.at, e.seq) < ($5, $6)
                    ORDER BY e.at DESC, e.seq DESC LIMIT $7)
               ) e
               ORDER BY e.at DESC, e.seq DESC LIMIT $7"#,
            &patterns,
            filter.kind,
            from as _,
            to as _,
            at as _,
            seq,
            limit,
            actor,
            email,
        )
        .fetch_all(db)
        .await?
    } else {
        // There are few actions: the index is asked for the next one after each, and then for the newest of each.
        entries!(
            r#"WITH RECURSIVE actions AS (
                   (SELECT action FROM audit_entries ORDER BY action LIMIT 1)
                   UNION ALL
                   SELECT (SELECT e.action FROM audit_entries e WHERE e.action > actions.action ORDER BY e.action LIMIT 1)
                   FROM actions WHERE actions.action IS NOT NULL
               )
               SELECT newest.* FROM actions CROSS JOIN LATERAL (
                   SELECT e.* FROM audit_entries e
                   WHERE e.action = actions.action AND ($2 = '' OR e.object_kind = $2)
                     AND e.at >= $3 AND e.at < $4 AND (e.at, e.seq) < ($5, $6)
                   ORDER BY e.at DESC, e.seq DESC LIMIT $7
               ) newest
               WHERE actions.action LIKE ALL($1)
               ORDER BY newest.at DESC, newest.seq DESC LIMIT $7"#,
            &patterns,
            filter.kind,
            from as _,
            to as _,
            at as _,
            seq,
            limit,
        )
        .fetch_all(db)
        .await?
    };
    rows.into_iter().map(Row::read).collect()
}

/// What fits a filter among the entries after one number up to another, newest first.
pub(in crate::audit) async fn window(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    after: i64,
    up_to: i64,
) -> Result<Vec<Entry>, Error> {
    let (patterns, (from, to)) = (filter.patterns(), filter.span());
    let rows = entries!(
        r#"SELECT e.* FROM audit_entries e
           WHERE e.seq > $5 AND e.seq <= $6 AND e.action LIKE ALL($1) AND ($2 = '' OR e.object_kind = $2)
             AND e.at >= $3 AND e.at < $4"#,
        &patterns,
        filter.kind,
        from.to_sqlx() as _,
        to.to_sqlx() as _,
        after,
        up_to,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<Entry, Error> {
        let personal = self.personal.map(|content| Personal {
            address: content.get("address").and_then(Value::as_str).map(str::to_owned),
            words: content.get("words").cloned().unwrap_or_default(),
        });
        Ok(Entry {
            seq: self.seq,
            at: self.at.to_jiff(),
            actor: self.actor_id.map(UserId),
            actor_name: self.actor_name,
            capacity: self.capacity,
            action: self.action,
            object_kind: self.object_kind,
            object: self.object_id,
            detail: self.detail,
            on_behalf: self.operator_id.map(|operator| (UserId(operator), self.operator_name)),
            request: self.request_id,
            personal,
            hash: self.hash.try_into().map_err(|_| Error::internal("an entry has no hash"))?,
        })
    }
}
