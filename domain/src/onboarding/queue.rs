//! The queue of those who check: what waits, since when, and what was decided.

use super::application::Application;
use super::entry::checker;
use super::life::State;
use super::store::{applications, queue as store};
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Actor, Context, Error};
use jiff::{SignedDuration, Timestamp};

/// A part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Queue {
    /// Sent, and waiting for us; the oldest first.
    #[default]
    Waiting,
    /// Waiting for the applicant.
    Asked,
    /// Approved.
    Approved,
    /// Declined.
    Declined,
}

impl Queue {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Asked, Self::Approved, Self::Declined];

    /// The name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }

    /// The part of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.name() == name)
    }

    const fn state(self) -> State {
        match self {
            Self::Waiting => State::Submitted,
            Self::Asked => State::Asked,
            Self::Approved => State::Approved,
            Self::Declined => State::Declined,
        }
    }
}

/// What a list of applications is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// Which part.
    pub queue: Queue,
    /// Parts of names, towns, addresses or references.
    pub words: String,
    /// Only those sent at least so many days ago.
    pub older_than_days: i64,
}

/// An application in a list.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Its reference.
    pub reference: String,
    /// Name of the business to be.
    pub name: String,
    /// The applicant's name.
    pub applicant: String,
    /// Its town.
    pub city: String,
    /// ISO 3166 code.
    pub country: String,
    /// When it was sent last.
    pub sent_at: Timestamp,
    /// When we decided or asked last.
    pub decided_at: Option<Timestamp>,
    /// How often it was sent.
    pub round: i16,
    /// Address of the business it became.
    pub provider: Option<String>,
}

/// How much waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// How many wait for us.
    pub waiting: i64,
    /// How many wait for their applicants.
    pub asked: i64,
    /// Businesses that have shown a new document.
    pub documents: i64,
    /// Businesses that ask for another name or payout country.
    pub changes: i64,
    /// When the one that waits longest was sent.
    pub oldest: Option<Timestamp>,
}

/// How much waits: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn waiting(ctx: &Context, actor: &Actor) -> Result<Waiting, Error> {
    checker(actor)?;
    store::waiting(&ctx.pool).await
}

/// A page of applications, the one sent first first: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn queue(
    ctx: &Context,
    actor: &Actor,
    filter: &QueueFilter,
    after: Option<&str>,
) -> Result<Page<QueueRow>, Error> {
    checker(actor)?;
    let after = after.and_then(read_cursor).and_then(|(micros, id)| {
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        (at >= Timestamp::UNIX_EPOCH).then_some((at, id))
    });
    let age = SignedDuration::from_hours(24 * filter.older_than_days.clamp(0, 3650));
    let until = ctx.clock.now().checked_sub(age).map_err(Error::internal)?;
    let place = after.unwrap_or((Timestamp::UNIX_EPOCH, uuid::Uuid::nil()));
    let rows = store::page(&ctx.pool, (filter.queue.state(), &filter.words), until, place, PAGE_SIZE + 1).await?;
    let cursor = |(id, row): &(uuid::Uuid, QueueRow)| write_cursor(row.sent_at.as_microsecond(), *id);
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), cursor).map(|(_, row)| row))
}

/// An application with what a checker should know beside it.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The application.
    pub application: Application,
    /// Other businesses and applications of the same name: address or reference, and name.
    pub namesakes: Vec<(String, String)>,
    /// Whether the applicant works for a business already.
    pub works_somewhere: bool,
}

/// An application for whoever checks it: two statements.
///
/// # Errors
/// Not found, also for those who may not see it.
pub async fn application(ctx: &Context, actor: &Actor, reference: &str) -> Result<Reviewed, Error> {
    checker(actor)?;
    let application = applications::of_reference(&ctx.pool, reference).await?;
    let (namesakes, works_somewhere) = store::beside(&ctx.pool, &application).await?;
    Ok(Reviewed { application, namesakes, works_somewhere })
}
