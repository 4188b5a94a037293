//! What every use case is given beside the actor.

use super::chance::Chance;
use super::clock::Clock;
use super::passwords::Hasher;
use sqlx::PgPool;

/// The database, the time, chance and the outside world. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Context {
    /// Connections as the application's role, which may not alter tables nor rewrite history.
    pub pool: PgPool,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub chance: Chance,
    /// Password hashing on a bounded number of threads.
    pub hasher: Hasher,
}

impl Context {
    /// A context of a running marketplace.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self { pool, clock: Clock::system(), chance: Chance::system(), hasher: Hasher::new() }
    }

    /// A new id.
    #[must_use]
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.chance.id(&self.clock)
    }
}
