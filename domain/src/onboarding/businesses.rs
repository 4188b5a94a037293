//! Businesses as those see them who check them: finding one, hiding it with a reason, showing it again.

use super::application::Application;
use super::entry::{checker, note_business};
use super::letters;
use super::store::{applications, businesses as store};
use crate::catalog;
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Actor, Context, Error, ProviderId, write};
use jiff::Timestamp;
use serde_json::json;

/// What a list of businesses is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct BusinessesFilter {
    /// Parts of names or towns.
    pub words: String,
    /// Only hidden ones.
    pub hidden: bool,
    /// Only those that have shown a document nobody has looked at.
    pub documents: bool,
}

/// A business in a list.
#[derive(Clone, Debug)]
pub struct BusinessRow {
    /// Which one.
    pub id: ProviderId,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its town.
    pub city: String,
    /// ISO 3166 code.
    pub country: String,
    /// When it began.
    pub since: Timestamp,
    /// Whether it was checked.
    pub verified: bool,
    /// Since when it is suspended.
    pub suspended_at: Option<Timestamp>,
    /// Why, for its people.
    pub reason: String,
    /// Since when a document it needs is over.
    pub papers_over_at: Option<Timestamp>,
    /// Services that are or would be on offer.
    pub services: i64,
    /// Documents nobody has looked at.
    pub documents: i64,
}

/// A business with what is needed to decide about it.
#[derive(Clone, Debug)]
pub struct Business {
    /// The same as in lists.
    pub row: BusinessRow,
    /// Who works there: name and role.
    pub people: Vec<(String, String)>,
    /// Bookings that are agreed and not over.
    pub upcoming: i64,
    /// When the next of them begins or is due.
    pub next: Option<Timestamp>,
    /// The application it came from, with its documents.
    pub application: Option<Application>,
}

/// A page of businesses, the newest first: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn businesses(
    ctx: &Context,
    actor: &Actor,
    filter: &BusinessesFilter,
    after: Option<&str>,
) -> Result<Page<BusinessRow>, Error> {
    checker(actor)?;
    let after = after.and_then(read_cursor).and_then(|(micros, id)| {
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        (at > Timestamp::UNIX_EPOCH).then_some((at, id))
    });
    let place = after.unwrap_or((Timestamp::MAX, uuid::Uuid::max()));
    let rows = store::page(&ctx.pool, filter, place, PAGE_SIZE + 1).await?;
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), |row| write_cursor(row.since.as_microsecond(), row.id.0)))
}

/// A business: two statements.
///
/// # Errors
/// Not found, also for those who may not see it.
pub async fn business(ctx: &Context, actor: &Actor, slug: &str) -> Result<Business, Error> {
    checker(actor)?;
    let mut business = store::one(&ctx.pool, slug).await?;
    business.application = applications::of_provider(&ctx.pool, business.row.id).await?;
    Ok(business)
}

/// Hides a business: its services are not found and cannot be booked. Bookings that are agreed stay. Its owners get a
/// letter.
///
/// # Errors
/// Not found for those who may not; a message beside `reason`; a conflict when it is suspended already.
pub async fn suspend_business(ctx: &Context, actor: &Actor, slug: &str, reason: &str) -> Result<(), Error> {
    checker(actor)?;
    let reason = reason.trim();
    match reason.chars().count() {
        0 => return Err(Error::invalid("reason", "Say why, in words the people of the business understand.")),
        1..=500 => {}
        _ => return Err(Error::invalid("reason", "Please keep the reason under 500 characters.")),
    }
    change(ctx, actor, slug, Some(reason.to_owned())).await
}

/// Shows a suspended business again, unless a document it needs is over. Its owners get a letter.
///
/// # Errors
/// Not found for those who may not; a conflict when it is not suspended.
pub async fn restore_business(ctx: &Context, actor: &Actor, slug: &str) -> Result<(), Error> {
    checker(actor)?;
    change(ctx, actor, slug, None).await
}

async fn change(ctx: &Context, actor: &Actor, slug: &str, reason: Option<String>) -> Result<(), Error> {
    let business = store::one(&ctx.pool, slug).await?;
    let for_tx = (ctx.clone(), business, reason);
    write(ctx, actor, move |tx| {
        let (ctx, business, reason) = for_tx.clone();
        Box::pin(async move {
            let (provider, now) = (business.row.id, tx.now());
            let suspended = reason.as_deref().map(|reason| (now, reason));
            if !catalog::suspend_business(tx.conn(), provider, suspended).await? {
                let words = if reason.is_some() { "is suspended already" } else { "is not suspended" };
                return Err(Error::Conflict(format!("{} {words}.", business.row.name)));
            }
            letters::suspended(&ctx, tx, provider, &business.row.name, reason.as_deref()).await?;
            let action = if reason.is_some() { "provider.suspended" } else { "provider.restored" };
            let detail = json!({ "upcoming": business.upcoming });
            note_business(tx, action, provider.0, detail, reason.as_deref().unwrap_or_default());
            Ok(())
        })
    })
    .await
}
