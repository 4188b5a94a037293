//! `servicehub import`: lists that operators bring along.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::catalog::{PlaceLine, import_places, read_places};
use domain::kernel::Actor;

use super::Stop;
use crate::adapters;
use crate::database::{Database, Stay, Use, self_test};
use crate::settings::Settings;

/// What can be imported.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// Places and postal codes from a CSV file (docs/operations.md has its columns): all of it or nothing
    Places {
        /// The file
        file: PathBuf,
    },
}

/// Reads the file first, so that nothing is opened for a wrong one.
pub async fn run(settings: &Settings, what: &What) -> Result<(), Stop> {
    let What::Places { file } = what;
    let places = read(file)?;
    let database = Database::open(settings, Stay::Guest).await?;
    let done = import(settings, &database, places).await;
    database.close().await;
    done
}

fn read(file: &Path) -> Result<Vec<PlaceLine>, Stop> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop::Other(format!("{} cannot be read: {error}", file.display())))?;
    read_places(&text).map_err(|wrong| Stop::Other(format!("Nothing was imported.\n{}", wrong.join("\n"))))
}

async fn import(settings: &Settings, database: &Database, places: Vec<PlaceLine>) -> Result<(), Stop> {
    database.prepare().await?;
    let pool = database.pool(Use::Loading, 2);
    self_test(&pool).await?;
    let ctx = adapters::context(settings, pool.clone()).map_err(Stop::Other)?;
    tracing::info!("{} lines are read", places.len());
    let actor = Actor::system(ctx.id());
    let done = import_places(&ctx, &actor, places, |written, all| tracing::info!("{written} of {all} written")).await;
    pool.close().await;
    let done = done.map_err(|error| Stop::Other(format!("Nothing was imported: {error}")))?;
    let counted = |many, one: &str, all: &str| if many == 1 { format!("1 {one}") } else { format!("{many} {all}") };
    let (towns, codes) = (counted(done.towns, "town", "towns"), counted(done.codes, "postal code", "postal codes"));
    tracing::info!("imported {towns} and {codes}");
    Ok(())
}
