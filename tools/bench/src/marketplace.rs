//! The scene of a run: a server on a full database, people who are signed in, and things to ask for.

use std::sync::Arc;

use crate::client::{Connection, Request, Session, Target};
use crate::database::Database;
use crate::options::Options;
use crate::processes::{Memory, Processes};
use crate::server::Server;
use crate::{Outcome, people, store};

/// Signed-in people: the most who want one slot.
pub const PEOPLE: usize = 50;

/// Everything a measurement needs.
pub struct Scene<'a> {
    /// How long and how much.
    pub options: &'a Options,
    /// The database behind the server.
    pub database: &'a Database,
    /// The server.
    pub target: Target,
    /// Whose processor time counts.
    pub processes: Processes,
    /// How much memory the server holds.
    pub memory: Memory,
    /// Signed-in customers.
    pub people: Vec<Session>,
    /// Slugs of services from all over the catalogue.
    pub services: Vec<String>,
    /// Services whose times can be booked independently of each other.
    pub bookable: Vec<String>,
    /// Services as they are looked for.
    pub examples: Vec<store::Example>,
}

impl<'a> Scene<'a> {
    /// Sets the scene.
    ///
    /// # Errors
    /// The server does not answer as it should, or the data is not what is needed.
    pub async fn prepare(options: &'a Options, server: &Server, database: &'a Database) -> Outcome<Self> {
        let target = Target::new(server.port);
        eprintln!("Signing {PEOPLE} people in");
        let people = people::sign_in(&target, PEOPLE).await?;
        let (services, bookable) = if options.quick { (100, 60) } else { (2_000, 3_000) };
        let bookable = store::bookable(&database.pool, bookable).await?;
        if bookable.is_empty() {
            return Err("no service of the demo data can be booked at once".into());
        }
        Ok(Self {
            options,
            database,
            processes: Processes { server: server.pid(), postgres: database.postgres },
            memory: Memory::watch(server.pid()),
            people,
            services: store::slugs(&database.pool, services).await?,
            bookable,
            examples: store::examples(&database.pool, 200).await?,
            target,
        })
    }

    /// Somebody of the demo data with much behind them, signed in.
    ///
    /// # Errors
    /// They cannot log in.
    pub async fn borrow(&self, email: &str) -> Outcome<Session> {
        store::lend_password(&self.database.pool, email, &people::email(0)).await?;
        Ok(people::log_in(&self.target, &people::place(PEOPLE), email).await?.ok_or("a lent password does not work")?)
    }

    /// Asks once, so that nothing is measured that does not work.
    ///
    /// # Errors
    /// The answer is not 200.
    pub async fn check(&self, request: &Arc<Request>, what: &str) -> Outcome<String> {
        let mut connection = Connection::to(&self.target);
        let answer = connection.ask(request).await?;
        if answer.status != 200 {
            return Err(format!("{what} was answered with {}", answer.status).into());
        }
        Ok(connection.text())
    }
}
