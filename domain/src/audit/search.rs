//! Looking something up in the history.

use super::filter::{Filter, LAST};
use super::store::{self, After};
use super::views::Entry;
use crate::kernel::page::{PAGE_SIZE, Page};
use crate::kernel::{Action, Actor, Context, Error, Object, can};
use jiff::Timestamp;

/// A page of the history, newest first: one statement.
///
/// # Errors
/// Not signed in; not found for people who may not read it.
pub async fn search(ctx: &Context, actor: &Actor, filter: &Filter, after: Option<&str>) -> Result<Page<Entry>, Error> {
    may_read(actor)?;
    let place = after.and_then(place);
    let size = i64::try_from(PAGE_SIZE + 1).unwrap_or(21);
    let entries = store::search(&ctx.pool, filter, place.unwrap_or(NEWEST), size).await?;
    Ok(Page::cut(entries, PAGE_SIZE, place.is_some(), |entry| format!("{}~{}", entry.at.as_microsecond(), entry.seq)))
}

/// Before everything else, when the newest comes first.
pub(super) const NEWEST: After = (LAST, i64::MAX);

pub(super) fn may_read(actor: &Actor) -> Result<(), Error> {
    actor.signed_in()?;
    if can(actor, Action::ReadAudit, &Object::default()) { Ok(()) } else { Err(Error::NotFound) }
}

/// The place in the history a cursor names; made-up ones are none.
fn place(cursor: &str) -> Option<After> {
    let (micros, seq) = cursor.split_once('~')?;
    let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    (at >= Timestamp::UNIX_EPOCH && at <= LAST).then_some((at, seq.parse().ok()?))
}
