//! How often something may be done, counted exactly over all processes.

mod enforce;
mod reads;
mod rules;
mod store;

pub use enforce::enforce;
pub use reads::{ALLOWED, COSTLY, WINDOW};
pub use rules::{Limit, Per, RULES, Rule};

use std::net::IpAddr;

use domain::kernel::Context;
use sha2::{Digest, Sha256};

use super::address::neighbourhood;
use reads::Reads;

/// The counters.
#[derive(Clone, Debug)]
pub struct Limits {
    ctx: Context,
    on: bool,
    reads: Reads,
}

/// Why something may not be done now.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Too often; in so many seconds it may be done again.
    #[error("too often; again in {0} seconds")]
    RetryAfter(u32),
    /// The counters cannot be reached, so nothing is let through.
    #[error("the counters cannot be reached: {0}")]
    Away(#[from] sqlx::Error),
}

impl Limits {
    /// Counters in the context's database; `on` is false in benches only.
    pub fn new(ctx: Context, on: bool) -> Self {
        Self { ctx, on, reads: Reads::default() }
    }

    /// Takes `cost` from what `subject` may do. Refused attempts count as well, but do not make
    /// the wait longer: the window ends a fixed time after its first attempt.
    ///
    /// # Errors
    /// When the allowance is used up, or the counters are away.
    pub async fn take(&self, limit: &Limit, subject: &str, cost: u32) -> Result<(), Refused> {
        self.take_all(&[(limit, subject.to_owned())], cost).await
    }

    /// Takes from several allowances in one statement; all must have some left.
    ///
    /// # Errors
    /// When one of them is used up (the longest wait), or the counters are away.
    pub async fn take_all(&self, wanted: &[(&Limit, String)], cost: u32) -> Result<(), Refused> {
        if !self.on || wanted.is_empty() {
            return Ok(());
        }
        let now = self.ctx.clock.now();
        let spent = store::add(&self.ctx.pool, wanted, i32::try_from(cost).unwrap_or(i32::MAX), now).await?;
        let wait = wanted
            .iter()
            .filter_map(|(limit, subject)| {
                let counter = spent.iter().find(|counter| counter.kind == limit.name && counter.subject == *subject)?;
                let over = i64::from(counter.spent) > i64::from(limit.allowed);
                over.then(|| counter.expires.duration_since(now).as_secs().max(1))
            })
            .max();
        match wait {
            Some(seconds) => Err(Refused::RetryAfter(u32::try_from(seconds).unwrap_or(u32::MAX))),
            None => Ok(()),
        }
    }

    /// Counts one costly page that somebody reads.
    ///
    /// # Errors
    /// In how many seconds the address may read on.
    pub fn read(&self, address: IpAddr) -> Result<(), Refused> {
        if !self.on {
            return Ok(());
        }
        self.reads.take(neighbourhood(address), self.ctx.clock.now()).map_err(Refused::RetryAfter)
    }

    /// Forgets counters whose window is over.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn sweep(&self) -> sqlx::Result<u64> {
        store::sweep(&self.ctx.pool, self.ctx.clock.now()).await
    }
}

/// An address as a subject.
pub fn of_address(address: IpAddr) -> String {
    neighbourhood(address).to_string()
}

/// Something people typed as a subject: only its hash is kept.
pub fn of_text(text: &str) -> String {
    hex::encode(&Sha256::digest(text.trim().to_lowercase().as_bytes())[..16])
}
