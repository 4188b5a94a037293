//! Beginning: a new service, or a copy of one. Both are drafts that nobody but the business sees.

use super::{Listing, keep, save::require};
use crate::catalog::store::listing as store;
use crate::catalog::{Kind, Pricing};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, CategoryId, Context, Error, ExtraId, FieldErrors, ProviderId, ServiceId, Tx, words, write};
use serde_json::json;

/// What a new service begins with.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub category: CategoryId,
    /// A visit or a delivery.
    pub kind: Kind,
    /// How the price is made.
    pub pricing: Pricing,
}

impl Beginning {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A message beside `title`, `category`, `kind` or `pricing`.
    pub fn parse(title: &str, category: &str, kind: &str, pricing: &str) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            _ if words::letters(&title) < 5 => {
                wrong.add("title", "Give it a title of at least five letters: what you do, in a few words.");
            }
            ..=120 => {}
            _ => wrong.add("title", "Please keep it under 120 characters."),
        }
        let category = category.parse().map(CategoryId).ok();
        if category.is_none() {
            wrong.add("category", "Choose where people find it.");
        }
        let kind = Kind::parse(kind);
        if kind.is_none() {
            wrong.add("kind", "Choose how the work is done.");
        }
        let pricing = Pricing::parse(pricing);
        if pricing.is_none() {
            wrong.add("pricing", "Choose how the price is made.");
        }
        if kind == Some(Kind::Delivery) && pricing == Some(Pricing::Hourly) {
            wrong.add("pricing", "Work that is delivered has a whole price. Choose one price, or packages.");
        }
        match (category, kind, pricing) {
            (Some(category), Some(kind), Some(pricing)) if wrong.is_empty() => {
                Ok(Self { title, category, kind, pricing })
            }
            _ => Err(wrong),
        }
    }
}

/// Begins a service. It starts at the place of the business, done by everybody who works there. Returns its address.
/// `key` is that of the form: pressed twice, it begins one service.
///
/// # Errors
/// Messages beside the fields; not found for people who do not manage the business.
pub async fn begin(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    beginning: Beginning,
    key: Option<ServiceId>,
) -> Result<String, Error> {
    require(actor, provider)?;
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let (ctx, beginning) = (for_tx.clone(), beginning.clone());
        Box::pin(async move {
            let listing = store::blank(tx.conn(), provider, &beginning).await?;
            place(tx, &ctx, provider, &listing, (key, "listing.begun")).await
        })
    })
    .await
}

/// Begins a service as a copy of another one, with its pictures. Returns its address. `key` is that of the form: pressed
/// twice, it makes one copy.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub async fn duplicate(ctx: &Context, actor: &Actor, slug: &str, key: Option<ServiceId>) -> Result<String, Error> {
    let found = super::find::own(ctx, actor, slug).await?;
    let mut listing = found.listing().clone();
    listing.title = listing.title.chars().take(112).collect::<String>() + " (copy)";
    for extra in &mut listing.extras {
        extra.id = ctx.id::<ExtraId>();
    }
    let (for_tx, provider) = (ctx.clone(), found.provider);
    write(ctx, actor, move |tx| {
        let (ctx, listing) = (for_tx.clone(), listing.clone());
        Box::pin(async move {
            keep::pictures(tx, &listing).await?;
            place(tx, &ctx, provider, &listing, (key, "listing.copied")).await
        })
    })
    .await
}

/// The row of a service nobody sees yet, and its first draft. A service that the same form began already is the answer
/// itself; whoever comes back to the form and calls it something else means another one.
async fn place(
    tx: &mut Tx,
    ctx: &Context,
    provider: ProviderId,
    listing: &Listing,
    (key, action): (Option<ServiceId>, &'static str),
) -> Result<String, Error> {
    let begun = match key {
        Some(key) => store::begun(tx.conn(), key).await?,
        None => None,
    };
    let id = match begun {
        Some(begun) if begun.provider == provider && begun.title == listing.title => return Ok(begun.slug),
        // Somebody else's service, or another of one's own, is not touched.
        Some(_) => ctx.id(),
        None => key.unwrap_or_else(|| ctx.id()),
    };
    let now = tx.now();
    let author = tx.actor().signed_in()?;
    let suffix = keep::suffix(ctx);
    let slug = store::insert(tx.conn(), id, provider, listing, &suffix, now).await?;
    store::put_draft(tx.conn(), id, listing, author, now).await?;
    tx.audit(AuditEntry {
        action,
        object_kind: "service",
        object_id: id.0,
        capacity: "provider",
        detail: json!({ "provider": provider, "number": 1 }),
        personal: json!({}),
    });
    Ok(slug)
}
