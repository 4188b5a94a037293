//! Loading the marketplace to look at.

use crate::story::{self, Texts};
use crate::{PASSWORD, Summary, store};
use domain::catalog::search::rank_due;
use domain::kernel::outbox::AuditEntry;
use domain::kernel::{Actor, Chance, Context, Error, write};
use domain::{accounts, availability, catalog};
use serde_json::json;
use sqlx::PgPool;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// The seed of whatever the marketplace itself makes up while it is loaded.
const SEED: u64 = 20_260_907;

/// The places of the demo's cities; also an example of a file to import.
const PLACES: &str = include_str!("../content/places.csv");

/// Draws, tells, writes.
pub async fn load(ctx: &Context, owner: &PgPool, files: &Path, say: &dyn Fn(&str)) -> Result<Summary, Error> {
    let ctx = &Context { chance: Chance::seeded(SEED), ..ctx.clone() };
    let texts = Texts::read().map_err(Error::internal)?;
    say("drawing pictures");
    let gallery = texts.commission().carry_out(files, say).await?;
    say("telling the story of the marketplace");
    let hash = ctx.hasher.hash(PASSWORD.to_owned()).await?;
    let story = Arc::new(story::tell(texts, &gallery, &hash, ctx.clock.now())?);
    say("writing it down");
    let places = catalog::read_places(PLACES).map_err(|wrong| Error::internal(wrong.join("; ")))?;
    catalog::import_places(ctx, &Actor::system(ctx.id()), places, |_, _| ()).await?;
    record(ctx, Arc::clone(&story)).await?;
    say("working out free times");
    for services in story.services.chunks(100) {
        availability::refresh_services(ctx, services).await?;
    }
    while rank_due(ctx, 1000).await? > 0 {}
    accounts::demo::settle(ctx).await?;
    store::analyze(owner).await?;
    let count = |table: &str| story.rows.of(table).len();
    Ok(Summary {
        users: count("users"),
        providers: count("providers"),
        services: story.services.len(),
        bookings: count("bookings"),
        reviews: count("reviews"),
        pictures: gallery.len(),
    })
}

/// All of it or nothing, in one transaction of the application's role, with an entry in the history.
async fn record(ctx: &Context, story: Arc<story::Story>) -> Result<(), Error> {
    let for_tx = ctx.clone();
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ctx, story) = (for_tx.clone(), Arc::clone(&story));
        Box::pin(async move {
            if store::has_users(&mut *tx.conn()).await? {
                return Err(Error::Conflict("Somebody else was faster.".to_owned()));
            }
            store::insert(tx.conn(), &story.rows).await?;
            store::unfinished::write(tx.conn(), &story.texts).await?;
            let now = tx.now();
            store::unfinished::look(tx.conn(), now).await?;
            availability::reserve_all(&ctx, tx.conn(), &story.claims).await?;
            tx.audit(AuditEntry {
                action: "demo.loaded",
                object_kind: "marketplace",
                object_id: Uuid::nil(),
                capacity: "system",
                detail: json!({ "services": story.services.len() }),
                personal: serde_json::Value::Null,
            });
            Ok(())
        })
    })
    .await
}
