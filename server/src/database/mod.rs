//! The database of the process: opening it, bringing it up to date, and the pools over it.

mod checks;
mod complaints;
mod migrations;
mod pools;
pub(crate) mod store;

use secrecy::{ExposeSecret, SecretString};
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
    owner: Option<PgConnectOptions>,
    app: PgConnectOptions,
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
        let read =
            |url: &Option<SecretString>| url.as_ref().map(|url| complaints::parse(url.expose_secret())).transpose();
        let database = match (read(&settings.database_url)?, read(&settings.database_app_url)?) {
            (None, None) => {
                let own = match stay {
                    Stay::Host => OwnPostgres::start(&settings.data_dir).await,
                    Stay::Guest => OwnPostgres::start_or_join(&settings.data_dir).await,
                }
                .map_err(|complaint| Unusable(complaint.to_string()))?;
                // Its socket lets everybody in who may open it.
                Self { app: own.owner().username(APP_ROLE), owner: Some(own.owner()), own: Some(own) }
            }
            (owner, Some(app)) => Self { owner, app, own: None },
            (Some(owner), None) => Self { app: owner.clone(), owner: Some(owner), own: None },
        };
        let entrance = database.owner.as_ref().unwrap_or(&database.app);
        if let Err(unusable) = complaints::try_out(entrance).await {
            database.close().await;
            return Err(unusable);
        }
        Ok(database)
    }

    /// How to connect as the owner of the tables.
    ///
    /// # Errors
    /// This process was not told.
    pub fn owner(&self) -> Result<&PgConnectOptions, Unusable> {
        let needed = "This needs the owner of the tables: say DATABASE_URL. DATABASE_APP_URL alone is for serving.";
        self.owner.as_ref().ok_or_else(|| Unusable(needed.to_owned()))
    }

    /// Brings the database up to date; a process that does not know the owner can only look whether it is.
    ///
    /// # Errors
    /// What could not be done, or has to be done by another.
    pub async fn prepare(&self) -> Result<(), Unusable> {
        if let Some(owner) = &self.owner {
            return migrate(owner).await;
        }
        let pool = self.pool(Use::Worker, 1);
        let applied = store::applied_version(&pool).await;
        pool.close().await;
        let outdated = "The database is not up to date. Run `servicehub migrate` with the owner's DATABASE_URL first; \
                        DATABASE_APP_URL alone cannot do it.";
        if applied.is_ok_and(|applied| applied >= latest_version()) {
            Ok(())
        } else {
            Err(Unusable(outdated.to_owned()))
        }
    }

    /// A pool of the application's role; `size` connections at most, made when first needed.
    pub fn pool(&self, purpose: Use, size: u32) -> PgPool {
        pool(&self.app, self.app.get_username() == APP_ROLE, purpose, size)
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
