//! `servicehub demo`, and what `serve --demo on` does first.

use clap::ValueEnum;
use demo::Scale;
use domain::kernel::Error;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use super::Stop;
use crate::adapters;
use crate::database::{Database, Stay, Use, migrate, self_test};
use crate::settings::{Environment, Settings};
use crate::shutdown::{self, unless_asked};

/// Connections of a loader.
const CONNECTIONS: u32 = 4;

/// How much to load, as said on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Amount {
    /// A living marketplace to look at
    #[default]
    Small,
    /// Mass for measuring: a million bookings
    Large,
}

/// Fills an empty marketplace with demo data.
pub async fn run(settings: &Settings, amount: Amount) -> Result<(), Stop> {
    if settings.environment == Environment::Production {
        return Err(Stop::Other("Demo data is never loaded in production (ENVIRONMENT says so).".into()));
    }
    let asked = shutdown::asked()?;
    let database = Database::open(settings, Stay::Guest).await?;
    let done = unless_asked(&asked, fill(settings, &database, amount)).await;
    database.close().await;
    match done.unwrap_or_else(|| Err(Stop::Other("Not everything was loaded.".into())))? {
        Loaded::New => Ok(()),
        Loaded::NotEmpty(words) => Err(Stop::Other(words)),
    }
}

/// Loads the demo data unless there are people already; says how to log in either way.
pub async fn fill_if_empty(settings: &Settings, database: &Database) -> Result<(), Stop> {
    fill(settings, database, Amount::Small).await?;
    tracing::info!("the demo logins, all with the password {}:", demo::PASSWORD);
    for (role, email, what) in demo::LOGINS {
        tracing::info!("  {role:<20} {email:<36} {what}");
    }
    Ok(())
}

enum Loaded {
    New,
    NotEmpty(String),
}

async fn fill(settings: &Settings, database: &Database, amount: Amount) -> Result<Loaded, Stop> {
    let owner = database.owner()?.clone();
    migrate(&owner).await?;
    let app = database.pool(Use::Loading, CONNECTIONS);
    self_test(&app).await?;
    let owner = PgPoolOptions::new().max_connections(CONNECTIONS).connect_lazy_with(owner);
    let done = load(settings, &app, &owner, amount).await;
    owner.close().await;
    app.close().await;
    done
}

async fn load(settings: &Settings, app: &PgPool, owner: &PgPool, amount: Amount) -> Result<Loaded, Stop> {
    let scale = match amount {
        Amount::Small => Scale::Small,
        Amount::Large => Scale::Large,
    };
    let say = |words: &str| tracing::info!("demo: {words}");
    let files = settings.files_dir();
    let ctx = adapters::context(settings, app.clone()).map_err(Stop::Other)?;
    match demo::load(&ctx, owner, &files, scale, &say).await {
        Ok(summary) => {
            tracing::info!("demo: loaded {summary}");
            Ok(Loaded::New)
        }
        Err(Error::Conflict(words)) => Ok(Loaded::NotEmpty(words)),
        Err(error) => Err(Stop::Other(format!("The demo data cannot be loaded: {error}"))),
    }
}
