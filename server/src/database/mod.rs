//! The database of the process: opening it, bringing it up to date, and the pools over it.

mod checks;
mod complaints;
mod migrations;
mod pools;
pub(crate) mod store;

use secrecy::ExposeSecret;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

use crate::postgres::OwnPostgres;
use crate::settings::Settings;

pub use checks::self_test;
pub use complaints::Unusable;
pub use migrations::{latest_version, migrate};
pub use pools::{Use, pool};

/// The role of the application: it may use the tables and not alter them.
pub const APP_ROLE: &str = "servicehub_app";

/// An opened database: ways to connect, and the own Postgres if there is one.
#[derive(Debug)]
pub struct Database {
    owner: PgConnectOptions,
    own: Option<OwnPostgres>,
}

/// Whether this process keeps the own Postgres or may be a guest of another one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// `serve`: it holds the data folder alone.
    Host,
    /// Short commands: they join a running server.
    Guest,
}

impl Database {
    /// Opens the database of the settings and checks that it can be used at all.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub async fn open(settings: &Settings, stay: Stay) -> Result<Self, Unusable> {
        let database = match &settings.database_url {
            Some(url) => Self { owner: complaints::parse(url.expose_secret())?, own: None },
            None => {
                let own = match stay {
                    Stay::Host => OwnPostgres::start(&settings.data_dir).await,
                    Stay::Guest => OwnPostgres::start_or_join(&settings.data_dir).await,
                }
                .map_err(|complaint| Unusable(complaint.to_string()))?;
                Self { owner: own.owner(), own: Some(own) }
            }
        };
        if let Err(unusable) = complaints::try_out(&database.owner).await {
            database.close().await;
            return Err(unusable);
        }
        Ok(database)
    }

    /// How to connect as the owner of the tables.
    pub fn owner(&self) -> &PgConnectOptions {
        &self.owner
    }

    /// A pool of the application's role; `size` connections at most, made when first needed.
    pub fn pool(&self, purpose: Use, size: u32) -> PgPool {
        pool(&self.owner, self.own.is_some(), purpose, size)
    }

    /// Ends the own Postgres, if there is one.
    pub async fn close(self) {
        if let Some(own) = self.own
            && let Err(complaint) = own.shut_down().await
        {
            tracing::error!(%complaint, "the own Postgres did not stop");
        }
    }
}
