//! What every use case is given beside the actor.

use super::Error;
use super::chance::Chance;
use super::clock::Clock;
use super::fetch::Calendars;
use super::geocoder::Geocoder;
use super::passwords::Hasher;
use super::post::{Kept, Post};
use super::sealing::Sealer;
use super::signer::Signer;
use super::workshop::Workshop;
use sqlx::PgPool;
use std::sync::Arc;

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
    /// Decoding pictures on a bounded number of threads.
    pub workshop: Workshop,
    /// Email and SMS. Nobody but the job of `notifications` hands anything over: it may take long.
    pub post: Arc<dyn Post>,
    /// Knows where places are.
    pub geocoder: Arc<dyn Geocoder>,
    /// Calendars kept elsewhere. Nobody but the job of `calendars` asks for one: it may take long.
    pub calendars: Arc<dyn Calendars>,
    /// Encrypts what must be read again, such as the secrets of second factors.
    pub sealer: Sealer,
    /// Where people reach the site, without a slash at the end: for links that leave it.
    pub public_url: Arc<str>,
    /// Signs in the marketplace's name, where it has been given its key.
    pub signer: Option<Signer>,
}

impl Context {
    /// A context of a running marketplace. Its post stays in the house until somebody gives it another.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            clock: Clock::system(),
            chance: Chance::system(),
            hasher: Hasher::new(),
            workshop: Workshop::new(),
            post: Arc::new(Kept),
            geocoder: Arc::new(super::geocoder::Nowhere),
            calendars: Arc::new(super::fetch::Nowhere),
            sealer: Sealer::without_key(),
            signer: None,
            public_url: "http://localhost:3000".into(),
        }
    }

    /// The whole address of a path of ours, for letters: `/login` becomes `https://example.org/login`.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The same, able to sign.
    #[must_use]
    pub fn signing(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// What signs in the marketplace's name.
    ///
    /// # Errors
    /// A defect: this process was not given the key.
    pub fn signer(&self) -> Result<&Signer, Error> {
        self.signer.as_ref().ok_or_else(|| Error::internal("this process has no key to sign with"))
    }

    /// A new id.
    #[must_use]
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.chance.id(&self.clock)
    }
}
