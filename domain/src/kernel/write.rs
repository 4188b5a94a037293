//! The one way to write. A transaction runs in a task of its own, so it reaches its end even when the
//! request that asked for it is dropped: axum drops handlers when the client hangs up, and a `begin`
//! that is cancelled in flight would leave a pooled connection inside a transaction.

use super::outbox::{AuditEntry, Event, Job};
use super::{Actor, Behalf, Context, Error, store};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{PgConnection, Postgres, Transaction};
use std::future::Future;
use std::pin::Pin;
use uuid::Uuid;

/// How often a transaction is tried when the database asks for it.
const TRIES: u32 = 5;

/// A transaction, with what it will leave behind.
pub struct Tx {
    transaction: Transaction<'static, Postgres>,
    actor: Actor,
    now: Timestamp,
    audit: Vec<AuditEntry>,
    events: Vec<Event>,
    jobs: Vec<Job>,
}

/// The future of a unit of work that borrows its transaction.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// An error a unit of work can end with.
pub trait WriteError: From<Error> + Send + 'static {
    /// The general error inside, if that is what it is.
    fn cause(&self) -> Option<&Error>;
}

impl WriteError for Error {
    fn cause(&self) -> Option<&Error> {
        Some(self)
    }
}

impl Tx {
    /// The open connection, for `store.rs` files.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The instant this transaction counts as happening.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// From here on the history does not learn where the actor is: they are being forgotten.
    pub fn forget_address(&mut self) {
        self.actor.address = std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
    }

    /// Adds an audit entry; it is chained at commit.
    pub fn audit(&mut self, entry: AuditEntry) {
        self.audit.push(entry);
    }

    /// Adds an event for others.
    pub fn event(&mut self, kind: &'static str, object_id: impl Into<Uuid>) {
        self.events.push(Event { kind, object_id: object_id.into(), payload: Value::Null });
    }

    /// Adds a job.
    pub fn job(&mut self, task: &'static str, payload: Value, run_at: Timestamp) {
        self.jobs.push(Job { task, payload, run_at });
    }

    async fn finish(mut self) -> Result<(), Error> {
        if !(self.audit.is_empty() && self.events.is_empty() && self.jobs.is_empty()) {
            if self.actor.behalf.is_some()
                && let Some(entry) = self.audit.iter().find(|entry| !Behalf::may(entry.action))
            {
                return Err(Error::Forbidden(format!("{} is for the person alone", entry.action)));
            }
            let effects = (&self.audit[..], &self.events[..], &self.jobs[..]);
            store::record(&mut self.transaction, &self.actor, self.now, effects).await?;
        }
        self.transaction.commit().await?;
        Ok(())
    }
}

/// Runs `work` in a transaction to its end and hands back its result. Serialisation failures and
/// deadlocks are tried again, a few times.
///
/// # Errors
/// What `work` ends with, or that the database is away.
pub async fn write<T, E, W>(ctx: &Context, actor: &Actor, work: W) -> Result<T, E>
where
    T: Send + 'static,
    E: WriteError,
    W: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
{
    let (ctx, actor) = (ctx.clone(), actor.clone());
    let span = tracing::Span::current();
    let task = tokio::spawn(tracing::Instrument::instrument(
        async move {
            let mut tries = 1;
            loop {
                match attempt(&ctx, &actor, &work).await {
                    Err(error) if tries < TRIES && error.cause().is_some_and(Error::retryable) => {
                        tracing::warn!(tries, "the database asks to try a transaction again");
                        tries += 1;
                        pause(&ctx, tries).await;
                    }
                    done => return done,
                }
            }
        },
        span,
    ));
    match task.await {
        Ok(done) => done,
        Err(join) => Err(Error::internal(join).into()),
    }
}

async fn attempt<T, E, W>(ctx: &Context, actor: &Actor, work: &W) -> Result<T, E>
where
    E: WriteError,
    W: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
{
    let transaction = ctx.pool.begin().await.map_err(Error::from)?;
    let mut tx = Tx {
        transaction,
        actor: actor.clone(),
        now: ctx.clock.now(),
        audit: Vec::new(),
        events: Vec::new(),
        jobs: Vec::new(),
    };
    let value = work(&mut tx).await?;
    tx.finish().await?;
    Ok(value)
}

/// Waits 1–16 ms longer with each try, so that rivals do not meet again.
async fn pause(ctx: &Context, tries: u32) {
    let [jitter] = ctx.chance.bytes::<1>();
    let millis = u64::from(tries) * 4 + u64::from(jitter) / 16;
    tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
}
