//! Statements about the history.

mod chain;
mod heads;
mod search;

pub(super) use chain::{ChainRow, chain, end, last, snapshot};
pub(super) use heads::{all_heads, has_head, heads_after, keep_head, standing};
pub(super) use search::{After, search, window};

use crate::kernel::{Error, UserId};
use sqlx::PgConnection;

/// Deletes addresses and words that concern a person. Returns of how many entries.
pub(super) async fn erase_personal(conn: &mut PgConnection, person: UserId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT erase_personal($1) AS "count!""#, person.0).fetch_one(conn).await?)
}
