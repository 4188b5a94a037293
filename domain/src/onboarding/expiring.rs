//! What the calendar looks after: documents that end, and applications nobody goes on with.

use super::document::{OVER, due};
use super::entry::note;
use super::letters;
use super::life::Event;
use super::papers::settle;
use super::store::expiring as store;
use crate::availability::civil;
use crate::kernel::{Actor, Context, Error, write};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::json;

/// The task of the calendar: looks once a day, and again every hour for what failed.
pub const TASK_CHECK_DOCUMENTS: &str = "onboarding.check_documents";

/// Documents and applications looked after at once.
const AT_ONCE: i64 = 500;
/// Days before its end from which a document is looked at; zones lie a day apart at most.
const EARLY: i64 = 31;
/// We keep a question open this long from when we asked it, remind of it on the way, and keep a draft this long after its
/// last change.
const ASKED_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
const ASKED_REMINDED: SignedDuration = SignedDuration::from_hours(14 * 24);
const DRAFT_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Until when an applicant can answer a question of this instant.
#[must_use]
pub fn answer_until(asked: Timestamp) -> Timestamp {
    asked.checked_add(ASKED_LASTS).unwrap_or(Timestamp::MAX)
}

/// Reminds of documents 30 and 7 days before their end, hides businesses whose document is over, reminds applicants of
/// our question after 14 days, and ends applications that were left alone. Safe to run as often as one likes. Says how much there was to do.
///
/// # Errors
/// The database is away.
pub async fn check_documents(ctx: &Context) -> Result<usize, Error> {
    let now = ctx.clock.now();
    let soon = civil::date(&jiff::tz::TimeZone::UTC, now).checked_add(EARLY.days()).map_err(Error::internal)?;
    let mut done = 0;
    for ending in store::ending(&ctx.pool, soon, AT_ONCE).await? {
        let today = civil::date(&ending.zone.rules(), now);
        let Some(stage) = due(ending.expires_on, today, ending.reminded) else { continue };
        remind(ctx, ending, stage).await?;
        done += 1;
    }
    let before = |lasts| now.checked_sub(lasts).map_err(Error::internal);
    for waiting in store::unanswered(&ctx.pool, before(ASKED_REMINDED)?, before(ASKED_LASTS)?, AT_ONCE).await? {
        remind_of_question(ctx, waiting).await?;
        done += 1;
    }
    for left in store::left_alone(&ctx.pool, before(ASKED_LASTS)?, before(DRAFT_LASTS)?, AT_ONCE).await? {
        lapse(ctx, left).await?;
        done += 1;
    }
    Ok(done)
}

async fn remind(ctx: &Context, ending: store::Ending, stage: i16) -> Result<(), Error> {
    let for_tx = (ctx.clone(), ending);
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ctx, ending) = for_tx.clone();
        Box::pin(async move {
            if !store::reminded(tx.conn(), ending.application, ending.kind, stage).await? {
                return Ok(());
            }
            if stage == OVER {
                let today = civil::date(&ending.zone.rules(), tx.now());
                settle(tx, ending.application, ending.provider, today).await?;
            }
            letters::document_ends(&ctx, tx, ending.provider, (ending.kind, ending.expires_on, stage)).await?;
            let action = if stage == OVER { "application.document_over" } else { "application.document_reminded" };
            note(tx, action, ending.application.0, json!({ "kind": ending.kind.name(), "days": stage }), "");
            Ok(())
        })
    })
    .await
}

async fn remind_of_question(ctx: &Context, waiting: store::Unanswered) -> Result<(), Error> {
    let for_tx = (ctx.clone(), waiting);
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ctx, waiting) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            if store::reminded_of_question(tx.conn(), waiting.id, waiting.version, now).await? {
                note(tx, "application.answer_reminded", waiting.id.0, json!({}), "");
                letters::still_asked(&ctx, tx, &waiting).await?;
            }
            Ok(())
        })
    })
    .await
}

async fn lapse(ctx: &Context, left: store::LeftAlone) -> Result<(), Error> {
    let for_tx = (ctx.clone(), left);
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ctx, left) = for_tx.clone();
        Box::pin(async move {
            let Some(to) = left.state.after(Event::Lapse) else { return Ok(()) };
            let now = tx.now();
            if super::store::applications::turn(tx.conn(), left.id, left.version, (left.state, to), now).await? {
                note(tx, "application.lapsed", left.id.0, json!({ "from": left.state.name() }), "");
                letters::lapsed(&ctx, tx, left.user, &left.reference).await?;
            }
            Ok(())
        })
    })
    .await
}
