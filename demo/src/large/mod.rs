//! Loading mass for measuring: in one transaction, over whole sets, with indexes put aside meanwhile.

mod sheet;
mod sheets;
mod shelf;
mod towns;
mod words;

pub use sheet::Sheet;

use crate::content::people;
use crate::gallery::{Commission, Subject};
use crate::store::{self, aside, large as sql};
use crate::story::{Rows, Texts};
use crate::{PASSWORD, Summary};
use domain::availability;
use domain::catalog::search::rank_due;
use domain::kernel::{Context, Error};
use sqlx::PgPool;
use std::path::Path;
use words::Vocabulary;

/// Services whose openings are worked out with one statement.
const BATCH: usize = 250;

/// Draws, writes, works out free times.
pub async fn load(ctx: &Context, owner: &PgPool, files: &Path, say: &dyn Fn(&str)) -> Result<Summary, Error> {
    let texts = Texts::read().map_err(Error::internal)?;
    say("drawing pictures");
    let gallery = commission(&texts).carry_out(files, say).await?;
    let hash = ctx.hasher.hash(PASSWORD.to_owned()).await?;
    let now = ctx.clock.now();
    let mut tree = Rows::default();
    let categories = crate::story::categories(&texts.tree, &gallery, &mut tree);
    crate::story::ask(&texts.fields, &categories, &mut tree)?;
    say("making up businesses and services");
    let stock = shelf::Stock {
        tree: &texts.tree,
        categories: &categories,
        words: Vocabulary::of(&texts.providers),
        gallery: &gallery,
        hash: &hash,
        now,
    };
    let sheets = stock.fill();

    let mut tx = sql::begin(owner, now).await?;
    if store::has_users(&mut *tx).await? {
        return Err(Error::Conflict("Somebody else was faster.".to_owned()));
    }
    let aside = aside::put_aside(&mut tx, &sql::LOADED, &sql::TRIGGERED).await?;
    say("writing businesses and services");
    store::insert(&mut tx, &tree).await?;
    for sheet in sheets.all() {
        sql::copy(&mut tx, sheet).await?;
    }
    drop(sheets);
    sql::step(&mut tx, sql::ANSWER).await?;
    say("making bookings");
    sql::step(&mut tx, sql::BOOK).await?;
    say("taking time, telling histories");
    sql::step(&mut tx, sql::FOLLOW).await?;
    say("writing reviews");
    let (titles, first, second) = voices(&texts);
    sql::review(&mut tx, &titles, &first, &second).await?;
    sql::step(&mut tx, sql::COUNT).await?;
    say("listing services for search");
    sql::step(&mut tx, sql::LIST).await?;
    aside.put_back(&mut tx, say).await?;
    tx.commit().await?;
    say("tidying");
    sql::tidy(owner).await?;
    openings(ctx, owner, say).await?;
    say("ranking services");
    while rank_due(ctx, 5000).await? > 0 {}
    sql::tidy(owner).await?;
    let [users, providers, services, bookings, reviews] =
        sql::counts(owner).await?.map(|n| usize::try_from(n).unwrap_or(0));
    Ok(Summary { users, providers, services, bookings, reviews, pictures: gallery.len() })
}

/// Works out the openings of all services with a task for each core.
async fn openings(ctx: &Context, owner: &PgPool, say: &dyn Fn(&str)) -> Result<(), Error> {
    let services = sql::services(owner).await?;
    let all = services.len();
    let tasks = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let done = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let mut working = tokio::task::JoinSet::new();
    for share in services.chunks(all.div_ceil(tasks).max(1)) {
        let (ctx, share, done) = (ctx.clone(), share.to_vec(), std::sync::Arc::clone(&done));
        working.spawn(async move {
            for some in share.chunks(BATCH) {
                availability::refresh_services(&ctx, some).await?;
                done.fetch_add(some.len(), std::sync::atomic::Ordering::Relaxed);
            }
            Ok::<(), Error>(())
        });
    }
    loop {
        match tokio::time::timeout(std::time::Duration::from_secs(5), working.join_next()).await {
            Ok(None) => return Ok(()),
            Ok(Some(ended)) => ended.map_err(Error::internal)??,
            Err(_) => say(&format!("free times: {} of {all}", done.load(std::sync::atomic::Ordering::Relaxed))),
        }
    }
}

/// Some pictures of each category and some faces, shared by all.
fn commission(texts: &Texts) -> Commission {
    let mut pictures = Commission::default();
    for branch in &texts.tree {
        pictures.ask(format!("category {}", branch.top.slug), Subject::Tile(branch.category));
        for leaf in &branch.leaves {
            let first = shelf::picture_seed(leaf, 0);
            pictures.ask(format!("category {}", leaf.slug), Subject::Scene(branch.category, first));
            for index in 0..shelf::PICTURES {
                let subject = Subject::Scene(branch.category, shelf::picture_seed(leaf, index));
                pictures.ask(format!("large {} {index}", leaf.slug), subject);
            }
        }
    }
    for index in 0..shelf::FACES {
        let presentation = people::presentation(if index % 2 == 0 { "Ana" } else { "Ben" });
        pictures.ask(format!("face {index}"), Subject::Face(index, presentation));
    }
    pictures
}

/// Titles and sentences without names.
fn voices(texts: &Texts) -> (Vec<String>, Vec<String>, Vec<String>) {
    let of = |sections: &[&str]| -> Vec<String> {
        let sentences = sections.iter().flat_map(|section| texts.voices.of(section));
        sentences.filter(|sentence| !sentence.contains('{')).map(|&sentence| sentence.to_owned()).collect()
    };
    let own = texts.providers.iter().flat_map(|p| p.services.iter().flat_map(|s| s.voices.iter()));
    let own = own.filter(|voice| !voice.contains('{')).cloned().collect();
    (of(&["title home 5", "title home 4", "title person 5"]), own, of(&["home 5", "person 5", "home 4"]))
}
