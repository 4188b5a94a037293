//! Services people keep in mind: the heart on a card.

use super::search::Hit;
use super::store::favorites::{self as store, Kept};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Actor, Context, Error, ServiceId, write};
use jiff::Timestamp;
use serde_json::json;

/// The most services somebody can keep.
pub const MOST_FAVORITES: i64 = 200;

/// A service that somebody keeps.
#[derive(Clone, Debug)]
pub struct Favorite {
    /// Which one.
    pub service: ServiceId,
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// Since when.
    pub since: Timestamp,
    /// Its card; `None` while it is not on offer.
    pub hit: Option<Hit>,
}

/// Keeps a service; once is as good as twice.
///
/// # Errors
/// Not signed in; not found, also for what was never on offer; a conflict when there are too many.
pub async fn keep(ctx: &Context, actor: &Actor, slug: &str) -> Result<(), Error> {
    let user = actor.in_person()?;
    let slug = slug.to_owned();
    write(ctx, actor, move |tx| {
        let slug = slug.clone();
        Box::pin(async move {
            let now = tx.now();
            match store::keep(tx.conn(), user, &slug, now, MOST_FAVORITES).await?.ok_or(Error::NotFound)? {
                Kept::New(service) => tx.audit(entry("favorite.kept", service)),
                Kept::Already => {}
                Kept::TooMany => {
                    return Err(Error::Conflict(format!(
                        "You keep {MOST_FAVORITES} services already. Let one go first, under your favourites."
                    )));
                }
            }
            Ok(())
        })
    })
    .await
}

/// Lets a service go; what was not kept stays so.
///
/// # Errors
/// Not signed in.
pub async fn let_go(ctx: &Context, actor: &Actor, slug: &str) -> Result<(), Error> {
    let user = actor.in_person()?;
    let slug = slug.to_owned();
    write(ctx, actor, move |tx| {
        let slug = slug.clone();
        Box::pin(async move {
            if let Some(service) = store::let_go(tx.conn(), user, &slug).await? {
                tx.audit(entry("favorite.let_go", service));
            }
            Ok(())
        })
    })
    .await
}

/// What the actor keeps, the latest first, narrowed by words of title or business: two statements.
///
/// # Errors
/// Not signed in.
pub async fn favorites(
    ctx: &Context,
    actor: &Actor,
    words: &str,
    after: Option<&str>,
) -> Result<Page<Favorite>, Error> {
    let user = actor.signed_in()?;
    let begin = after
        .and_then(read_cursor)
        .and_then(|(at, id)| Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id)));
    let rows = store::list(&ctx.pool, user, words, begin).await?;
    let mut page = Page::cut(rows, PAGE_SIZE, begin.is_some(), |row: &Favorite| {
        write_cursor(row.since.as_microsecond(), row.service.0)
    });
    let ids: Vec<ServiceId> = page.items.iter().map(|row| row.service).collect();
    let mut hits = store::cards(&ctx.pool, &ids, ctx.clock.now()).await?;
    for row in &mut page.items {
        let place = hits.iter().position(|hit| hit.id == row.service);
        row.hit = place.map(|place| hits.swap_remove(place));
    }
    Ok(page)
}

fn entry(action: &'static str, service: ServiceId) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "service",
        object_id: service.0,
        capacity: "customer",
        detail: json!({}),
        personal: json!({}),
    }
}
