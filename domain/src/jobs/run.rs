//! The registry of tasks.

use super::relay::relay;
use crate::catalog::{saved, search};
use crate::kernel::{Context, Error};
use crate::{accounts, availability, bookings, calendars, onboarding};
use serde_json::Value;

/// Services whose openings are worked out again in one sweep.
const STALE_AT_ONCE: i64 = 50;
/// Services whose standing is worked out again in one sweep.
const RANKED_AT_ONCE: i64 = 200;
/// People whose saved searches are looked at in one sweep.
const TOLD_AT_ONCE: i64 = 10;
/// Calendars a sweep has read.
const CALENDARS_AT_ONCE: i64 = 50;
/// Clocks a sweep lets run out.
const OVERDUE_AT_ONCE: i64 = 200;

/// Every task that can stand in the queue.
pub const TASKS: &[&str] = &[
    accounts::TASK_FORGOT,
    accounts::privacy::TASK_EXPORT,
    accounts::operators::TASK_END_ACT,
    onboarding::TASK_CHECK_DOCUMENTS,
    calendars::TASK_READ,
];

/// Runs a task from the queue.
///
/// # Errors
/// What went wrong: the queue tries again later.
pub async fn run(ctx: &Context, task: &str, payload: &Value) -> Result<(), Error> {
    match task {
        accounts::TASK_FORGOT => {
            let ask = payload.get("ask").cloned().unwrap_or_default();
            accounts::answer_forgotten(ctx, serde_json::from_value(ask).map_err(Error::internal)?).await
        }
        accounts::privacy::TASK_EXPORT => {
            let export = payload.get("export").cloned().unwrap_or_default();
            accounts::privacy::make_copy(ctx, serde_json::from_value(export).map_err(Error::internal)?).await
        }
        accounts::operators::TASK_END_ACT => {
            let act = payload.get("act").cloned().unwrap_or_default();
            accounts::operators::lapse_act(ctx, serde_json::from_value(act).map_err(Error::internal)?).await
        }
        onboarding::TASK_CHECK_DOCUMENTS => onboarding::check_documents(ctx).await.map(drop),
        calendars::TASK_READ => {
            let source = payload.get("source").cloned().unwrap_or_default();
            calendars::read_source(ctx, serde_json::from_value(source).map_err(Error::internal)?).await
        }
        other => Err(Error::internal(format!("no task is called {other}"))),
    }
}

/// What a look at everything that waits found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Events handed on, clocks that ran out, and reminders: somebody waits for these, so the caller looks again at once.
    pub urgent: usize,
    /// Openings that had grown old: there may be very many, and nobody waits.
    pub openings: usize,
    /// Standings whose time had come: the same.
    pub ranks: usize,
    /// People whose saved searches were looked at.
    pub told: usize,
}

/// What is looked after all the time: events, clocks that ran out, questions that are still open, calendars elsewhere
/// whose time has come, openings that grew old.
///
/// One kind of work that fails does not keep the others waiting: they are done first, then the error is told.
///
/// # Errors
/// The database is away, or something that waits cannot be done.
pub async fn sweep(ctx: &Context) -> Result<Swept, Error> {
    let events = relay(ctx).await;
    let clocks = bookings::lapse_overdue(ctx, OVERDUE_AT_ONCE).await;
    let asked = bookings::ask_again_due(ctx, OVERDUE_AT_ONCE).await;
    let calendars = calendars::enqueue_due(ctx, CALENDARS_AT_ONCE).await;
    let openings = availability::refresh_stale(ctx, STALE_AT_ONCE).await;
    let ranks = search::rank_due(ctx, RANKED_AT_ONCE).await;
    let told = saved::alert_due(ctx, TOLD_AT_ONCE).await;
    calendars?;
    Ok(Swept { urgent: events? + clocks? + asked?, openings: openings?, ranks: ranks?, told: told? })
}
