//! A world to test in: a database of its own, a clock that stands still, and people to tell stories about.
//!
//! ```ignore
//! let world = World::new().await;
//! let ana = world.customer("Ana").await;
//! let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
//! let leak = world.service(&plumbing, |service| service.called("Fix a leak").costs(8600)).await;
//! book(world.ctx(), &world.actor(&ana).await, ..).await?;
//! world.advance(SignedDuration::from_mins(11));
//! world.run_jobs().await;
//! ```
//!
//! It is Monday, 2 November 2026, 09:00 UTC, until the world is told otherwise. Everything is open
//! Monday to Friday from 9 to 17 local time. `TEST_DATABASE_URL` names a superuser of a Postgres that
//! nobody needs; each world lives in a database there and takes it along when it is dropped.

mod authenticator;
mod business;
mod elsewhere;
mod jobs;
mod mail;
mod offer;
mod people;
mod statements;
mod store;
mod template;

pub use authenticator::Authenticator;
pub use business::{Member, Provider};
pub use elsewhere::Elsewhere;
pub use mail::Mail;
pub use offer::{Package, Service, ServiceStory};
pub use people::{PASSWORD, User};

use crate::catalog::Gazetteer;
use crate::kernel::{Actor, Chance, Clock, Context, RequestId, Sealer, Signer};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use template::Database;

/// When every world begins: a Monday morning.
const BEGINNING: Timestamp = Timestamp::constant(1_793_610_000, 0);

/// The secret every world signs with.
pub const SIGNING_KEY: [u8; 32] = *b"the secret every test world has.";

/// What fixtures share: rights to write anything, and the context that makes ids and knows the time.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    owner: PgPool,
    ctx: Context,
}

/// A marketplace of its own. Its database goes when it goes.
#[derive(Debug)]
pub struct World {
    story: Story,
    database: Database,
}

impl World {
    /// A new, empty world.
    ///
    /// # Panics
    /// Without a database to live in; the message says what to do.
    pub async fn new() -> Self {
        statements::prepare();
        let database = Database::make().await;
        let pool = database.app_pool();
        let ctx = Context {
            clock: Clock::stopped_at(BEGINNING),
            chance: Chance::seeded(2026),
            sealer: Sealer::new(&[7; 32]),
            geocoder: Arc::new(Gazetteer::new(pool.clone())),
            signer: Signer::new(&SIGNING_KEY).ok(),
            ..Context::new(pool)
        };
        Self { story: Story { owner: database.owner_pool(), ctx }, database }
    }

    /// What use cases are given: the application's own, restricted role, the stopped clock, seeded chance.
    #[must_use]
    pub const fn ctx(&self) -> &Context {
        &self.story.ctx
    }

    /// Connections that may do anything, for looking behind the curtain.
    #[must_use]
    pub const fn owner(&self) -> &PgPool {
        &self.story.owner
    }

    /// The address of this world's database, as its owner; for starting a process on it.
    #[must_use]
    pub fn url(&self) -> &str {
        self.database.url()
    }

    /// The time it is here.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.story.ctx.clock.now()
    }

    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        self.story.ctx.clock.advance(by);
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Actor {
        Actor::visitor(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)), RequestId(self.story.ctx.id()))
    }

    /// The marketplace's own clocks and jobs.
    #[must_use]
    pub fn system(&self) -> Actor {
        Actor::system(RequestId(self.story.ctx.id()))
    }

    /// What a piece of work says to the database: its result, and the first words of each statement
    /// (transaction control and settings aside). Works in tests on one thread, the default of `#[tokio::test]`.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        statements::listen(work).await
    }
}
