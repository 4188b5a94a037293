//! Finding people.

use super::require;
use super::view::{Figures, PeopleFilter, Person, PersonRow};
use crate::accounts::store::operators;
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Action, Actor, Context, Error, UserId};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A page of people, the newest first: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn people(
    ctx: &Context,
    actor: &Actor,
    filter: &PeopleFilter,
    after: Option<&str>,
) -> Result<Page<PersonRow>, Error> {
    require(actor, Action::SeeUsers)?;
    let after = after.and_then(read_cursor).and_then(|(micros, id)| {
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        (at > Timestamp::UNIX_EPOCH).then_some((at, id))
    });
    let rows =
        operators::people(&ctx.pool, filter, after.unwrap_or((Timestamp::MAX, Uuid::max())), PAGE_SIZE + 1).await?;
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), |row| write_cursor(row.since.as_microsecond(), row.id.0)))
}

/// A person: one statement.
///
/// # Errors
/// Not found, also for those who may not see it.
pub async fn find_person(ctx: &Context, actor: &Actor, user: UserId) -> Result<Person, Error> {
    require(actor, Action::SeeUsers)?;
    operators::person(&ctx.pool, user, ctx.clock.now()).await
}

/// How much there is of everything: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn waiting(ctx: &Context, actor: &Actor) -> Result<Figures, Error> {
    require(actor, Action::SeeUsers)?;
    let week_ago = ctx.clock.now().checked_sub(SignedDuration::from_hours(7 * 24)).map_err(Error::internal)?;
    operators::figures(&ctx.pool, week_ago).await
}
