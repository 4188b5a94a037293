//! A database that cannot be used says why, in words.

use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::store;

const PATIENCE: Duration = Duration::from_secs(10);
const OLDEST: i32 = 150_000;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub String);

/// Reads `DATABASE_URL`.
///
/// # Errors
/// When it is not an address; the text is not repeated because it may hold a password.
pub fn parse(url: &str) -> Result<PgConnectOptions, Unusable> {
    url.parse::<PgConnectOptions>()
        .map(|options| options.application_name("servicehub owner"))
        .map_err(|_| Unusable("DATABASE_URL cannot be read as postgres://user:password@host:5432/database".into()))
}

/// Connects once and checks the version.
///
/// # Errors
/// What is wrong: unreachable, refused, no such database, too old.
pub async fn try_out(options: &PgConnectOptions) -> Result<(), Unusable> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    let mut connection = loop {
        let attempt = tokio::time::timeout_at(deadline, PgConnection::connect_with(options)).await;
        match attempt {
            Ok(Ok(connection)) => break connection,
            Ok(Err(error)) if still_starting(&error) => tokio::time::sleep(Duration::from_millis(200)).await,
            Ok(Err(error)) => return Err(in_words(options, &error)),
            Err(_) => {
                return Err(Unusable(format!(
                    "The database at {} does not answer within {} seconds.",
                    place(options),
                    PATIENCE.as_secs()
                )));
            }
        }
    };
    let version = store::server_version(&mut connection).await.map_err(|error| in_words(options, &error))?;
    let _ = connection.close().await;
    if version < OLDEST {
        return Err(Unusable(format!(
            "The database at {} is Postgres {}; ServiceHub needs Postgres 15 or newer.",
            place(options),
            version / 10_000
        )));
    }
    Ok(())
}

fn still_starting(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if error.code().as_deref() == Some("57P03"))
}

fn place(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(folder) => format!("the socket in {}", folder.display()),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

fn in_words(options: &PgConnectOptions, error: &sqlx::Error) -> Unusable {
    let place = place(options);
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    let text = match error {
        sqlx::Error::Io(error) => {
            format!(
                "The database at {place} cannot be reached: {error}. Is it running, and is the address in DATABASE_URL right?"
            )
        }
        sqlx::Error::Tls(error) => {
            format!("The database at {place} and this server cannot agree on TLS: {error}.")
        }
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("28P01") => {
                format!("The database at {place} refuses the password of user '{user}'.")
            }
            Some("28000") => format!("The database at {place} does not let user '{user}' in: {}.", error.message()),
            Some("3D000") => {
                format!("The server at {place} has no database '{database}'. Create it with: createdb {database}")
            }
            Some("42501") => format!("User '{user}' lacks a right in database '{database}': {}.", error.message()),
            Some("53300") => format!("The database at {place} has no free connection: {}.", error.message()),
            _ => format!("The database at {place} answered: {}.", error.message()),
        },
        other => format!("The database at {place} cannot be used: {other}."),
    };
    Unusable(text)
}
