//! `bench`: measures the release build on a million bookings and writes the figures into
//! `docs/performance.md`. One command, nothing to prepare: `make bench`. The data stays in `.data/bench`,
//! so that only the first run takes minutes to load it.
//!
//! Everything is the product as shipped: the program with its own Postgres and its usual settings, with
//! counting of attempts switched off. The load comes from this process, on the same machine.

mod beside;
mod bookings;
mod bundle;
mod client;
mod database;
mod figures;
mod history;
mod load;
mod machine;
mod marketplace;
mod options;
mod pages;
mod people;
mod processes;
mod race;
mod restarts;
mod server;
mod sign_ins;
mod slots;
mod store;

use std::process::ExitCode;

use clap::Parser;
use figures::Figures;
use options::{Options, Part};

/// Why measuring cannot go on, in words.
type Trouble = Box<dyn std::error::Error + Send + Sync>;
/// A result of measuring.
type Outcome<T> = Result<T, Trouble>;

/// One thread, as load generators have: the other core and what is left of this one are the server's.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure(&Options::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("Something that must never happen has happened; see above.");
            ExitCode::FAILURE
        }
        Err(trouble) => {
            eprintln!("bench: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything that was asked for; false if a promise was broken (not: if a goal was missed).
async fn measure(options: &Options) -> Outcome<bool> {
    let database = database::Database::open(options).await?;
    let mut figures = Figures::new(machine::describe(&database, options).await?);
    let stage = server::Stage::new(options, &database);
    let done = parts(options, &stage, &database, &mut figures).await;
    database.close().await?;
    done?;
    if options.wants(Part::Process) {
        restarts::with_own_postgres(options, &mut figures).await?;
    }
    figures.show();
    if options.complete() {
        figures.write_into(&options.document)?;
    }
    Ok(figures.sound())
}

async fn parts(
    options: &Options,
    stage: &server::Stage<'_>,
    database: &database::Database,
    figures: &mut Figures,
) -> Outcome<()> {
    let server = stage.start().await?;
    let scene = marketplace::Scene::prepare(options, &server, database).await?;
    if options.wants(Part::Pages) {
        pages::measure(&scene, figures).await?;
    }
    if options.wants(Part::Bookings) {
        race::measure(&scene, figures).await?;
        bookings::measure(&scene, figures).await?;
    }
    if options.wants(Part::SignIns) {
        sign_ins::measure(&scene, figures).await?;
    }
    if options.wants(Part::History) {
        history::measure(options, database, figures).await?;
    }
    if options.only.is_empty() {
        figures.memory(scene.memory.most());
    }
    if options.wants(Part::Process) {
        restarts::rolling(&scene, server, stage, figures).await?;
        restarts::cold(options, stage, figures).await?;
        bundle::weigh(figures)?;
    } else {
        server.stop().await?;
    }
    Ok(())
}
