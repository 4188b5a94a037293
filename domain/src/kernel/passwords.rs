//! Password hashes: Argon2id on a bounded number of threads, so that a storm of logins cannot take
//! the machine (each hash costs about 20 ms of a core and 19 MiB).

use super::Error;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Waiting longer than this for a free thread is answered with "try again".
const PATIENCE: Duration = Duration::from_secs(4);

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub struct Hasher {
    permits: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl Hasher {
    /// One hash at a time per core but one: a storm of logins leaves that to everybody else's pages.
    #[must_use]
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { permits: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))) }
    }

    /// The hash of a password with the OWASP minimum for Argon2id (m = 19 MiB, t = 2, p = 1).
    ///
    /// # Errors
    /// Too many people log in right now.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        self.run(move || {
            let hash = Argon2::default().hash_password(password.as_bytes()).map_err(Error::internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a password is the one of a hash. Without a hash the same work is done and the answer is
    /// no, so that an unknown account takes as long as a known one.
    ///
    /// # Errors
    /// Too many people log in right now.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        self.run(move || match hash {
            Some(hash) => {
                let hash = PasswordHash::new(&hash).map_err(Error::internal)?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            }
            None => {
                let spent = Argon2::default().hash_password(password.as_bytes());
                spent.map(|_| false).map_err(Error::internal)
            }
        })
        .await
    }

    /// Whether a hash was made with other parameters than hashes are made with now.
    #[must_use]
    pub fn is_outdated(hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|hash| {
            let params = Params::try_from(&hash).ok();
            let now = Params::default();
            hash.algorithm.as_str() != Algorithm::default().as_str()
                || params.is_none_or(|then| {
                    (then.m_cost(), then.t_cost(), then.p_cost()) != (now.m_cost(), now.t_cost(), now.p_cost())
                })
        })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned());
        let Ok(Ok(permit)) = waiting.await else {
            return Err(Error::Unavailable("many people are signing in right now".to_owned()));
        };
        let done = tokio::task::spawn_blocking(move || {
            let _held_until_done = permit;
            work()
        });
        done.await.map_err(Error::internal)?
    }
}
