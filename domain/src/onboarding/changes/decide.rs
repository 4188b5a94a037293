//! Deciding about another name or payout country. The owners get a letter each time.

use super::{AskedChange, mark};
use crate::catalog;
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Actor, Context, Error, ProviderId, Tx, UserId, write};
use crate::onboarding::entry::{checker, note_business};
use crate::onboarding::letters;
use crate::onboarding::store::changes as store;
use jiff::Timestamp;
use serde_json::json;

/// A change in the queue.
#[derive(Clone, Debug)]
pub struct WaitingChange {
    /// Which business.
    pub provider: ProviderId,
    /// Its address.
    pub slug: String,
    /// What it asks for.
    pub asked: AskedChange,
}

/// A change for whoever decides about it.
#[derive(Clone, Debug)]
pub struct ChangeToDecide {
    /// What the business asks for.
    pub asked: AskedChange,
    /// Other businesses of that name: address and name.
    pub namesakes: Vec<(String, String)>,
}

/// A page of what waits, the longest first: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn changes_waiting(ctx: &Context, actor: &Actor, after: Option<&str>) -> Result<Page<WaitingChange>, Error> {
    checker(actor)?;
    let after = after.and_then(read_cursor).and_then(|(micros, id)| {
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        (at >= Timestamp::UNIX_EPOCH).then_some((at, id))
    });
    let place = after.unwrap_or((Timestamp::UNIX_EPOCH, uuid::Uuid::nil()));
    let rows = store::queue(&ctx.pool, place, PAGE_SIZE + 1).await?;
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), |row| {
        write_cursor(row.asked.asked_at.as_microsecond(), row.provider.0)
    }))
}

/// What a business asks for, if something waits: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn waiting_change(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
) -> Result<Option<ChangeToDecide>, Error> {
    checker(actor)?;
    store::beside(&ctx.pool, provider).await
}

/// The address a business has now: whoever was slower may hold the one from before.
async fn present(ctx: &Context, slug: &str) -> Result<String, Error> {
    Ok(catalog::renamed_business(ctx, slug).await?.unwrap_or_else(|| slug.to_owned()))
}

/// The change that waits, held, if it is the one the checker saw. Nobody decides about their own business.
async fn to_decide(tx: &mut Tx, slug: &str, seen: &str) -> Result<(ProviderId, AskedChange), Error> {
    let provider = store::held(tx.conn(), slug).await?;
    if tx.actor().works_for(provider) {
        return Err(Error::Conflict("This is your own business: somebody else looks at it.".to_owned()));
    }
    let known = store::registered(&mut *tx.conn(), provider).await?;
    match known.waiting() {
        Some(asked) if mark(asked.number, asked.state.name()) == seen => Ok((provider, asked.clone())),
        _ => {
            let words = "The business has taken this back, or somebody else has decided. This is how it stands now.";
            Err(Error::Conflict(words.to_owned()))
        }
    }
}

/// Makes it so: a new name also makes a new address, and the one before leads there. Says the address.
///
/// # Errors
/// Not found for those who may not; a conflict when it does not wait any more, or when it is the checker's own business.
pub async fn approve_change(ctx: &Context, actor: &Actor, slug: &str, seen: &str) -> Result<String, Error> {
    let by = checker(actor)?;
    let for_tx = (ctx.clone(), present(ctx, slug).await?, seen.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, slug, seen) = for_tx.clone();
        Box::pin(async move {
            let (provider, asked) = to_decide(tx, &slug, &seen).await?;
            let address = make_so(tx, provider, &asked, slug).await?;
            let now = tx.now();
            store::decide(tx.conn(), (provider, asked.number), true, "", (by, now)).await?;
            letters::change_approved(&ctx, tx, provider, &asked, &address).await?;
            let detail = json!({ "number": asked.number, "slug": address,
                "payout_country": asked.wished.payout_country });
            note_business(tx, "provider.change_approved", provider.0, detail, "");
            Ok(address)
        })
    })
    .await
}

async fn make_so(tx: &mut Tx, provider: ProviderId, asked: &AskedChange, slug: String) -> Result<String, Error> {
    let (before, wished) = (&asked.before, &asked.wished);
    if before.payout_country != wished.payout_country {
        catalog::set_payout_country(tx.conn(), provider, &wished.payout_country).await?;
    }
    if before.name == wished.name {
        return Ok(slug);
    }
    catalog::rename_business(tx.conn(), provider, &wished.name).await
}

/// Leaves everything as it is, with a reason the owners read.
///
/// # Errors
/// A message beside `reason`; a conflict when it does not wait any more, or when it is the checker's own business; not
/// found for those who may not.
pub async fn decline_change(ctx: &Context, actor: &Actor, slug: &str, seen: &str, reason: &str) -> Result<(), Error> {
    let by: UserId = checker(actor)?;
    let reason = reason.trim();
    match reason.chars().count() {
        0 => return Err(Error::invalid("reason", "Say why, in words the people of the business understand.")),
        1..=2000 => {}
        _ => return Err(Error::invalid("reason", "Please keep it under 2,000 characters.")),
    }
    let for_tx = (ctx.clone(), present(ctx, slug).await?, seen.to_owned(), reason.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, slug, seen, reason) = for_tx.clone();
        Box::pin(async move {
            let (provider, asked) = to_decide(tx, &slug, &seen).await?;
            let now = tx.now();
            store::decide(tx.conn(), (provider, asked.number), false, &reason, (by, now)).await?;
            letters::change_declined(&ctx, tx, provider, &asked, &reason).await?;
            note_business(tx, "provider.change_declined", provider.0, json!({ "number": asked.number }), &reason);
            Ok(())
        })
    })
    .await
}
