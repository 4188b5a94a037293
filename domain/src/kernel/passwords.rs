//! Password hashes: Argon2id on a few threads of their own that step back for everything else, so that a storm of
//! logins cannot take the machine (each hash costs about 20 ms of a core and 19 MiB).

use super::Error;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// Waiting longer than this for a free thread is answered with "try again".
const PATIENCE: Duration = Duration::from_secs(4);
/// How far the threads step back: beside a busy machine they still get about a tenth of a core each.
const NICENESS: i32 = 10;

/// One hash.
type Task = Box<dyn FnOnce() + Send>;

/// Hashes and checks passwords. Cheap to clone; its threads end with the last clone.
#[derive(Clone, Debug)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    tasks: mpsc::UnboundedSender<Task>,
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
        let threads = cores.saturating_sub(1).max(1);
        let (tasks, queue) = mpsc::unbounded_channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads {
            let queue = Arc::clone(&queue);
            std::thread::spawn(move || hash_what_comes(&queue));
        }
        Self { permits: Arc::new(Semaphore::new(threads)), tasks }
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
        let (answer, answered) = oneshot::channel();
        let task = Box::new(move || {
            let _held_until_done = permit;
            // Whoever asked may have gone; then nobody wants to know.
            let _ = answer.send(work());
        });
        self.tasks.send(task).map_err(Error::internal)?;
        answered.await.map_err(Error::internal)?
    }
}

/// The work of one thread: hash after hash, until the hasher is gone.
fn hash_what_comes(queue: &Mutex<mpsc::UnboundedReceiver<Task>>) {
    // Elsewhere niceness is the whole process's. Where it is refused, hashes merely are as important as pages.
    if cfg!(target_os = "linux") {
        let _ = rustix::process::nice(NICENESS);
    }
    loop {
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(task) = task else { return };
        // A panic drops the answer, which whoever asked gets as an error; the thread goes on.
        let _ = catch_unwind(AssertUnwindSafe(task));
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, Hasher};

    #[tokio::test]
    async fn a_panic_costs_one_answer_and_no_thread() {
        let hasher = Hasher::new();
        for _ in 0..3 {
            let broken: Result<(), Error> = hasher.run(|| panic!("not today")).await;
            assert!(matches!(broken, Err(Error::Internal(_))), "{broken:?}");
        }
        let hash = hasher.hash("three ripe plums".to_owned()).await.expect("hashed");
        assert!(hasher.verify("three ripe plums".to_owned(), Some(hash.clone())).await.expect("checked"));
        assert!(!hasher.verify("three ripe pears".to_owned(), Some(hash)).await.expect("checked"));
        assert!(!hasher.verify("three ripe plums".to_owned(), None).await.expect("checked"));
    }
}
