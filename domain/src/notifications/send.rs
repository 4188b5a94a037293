//! Sending: whatever is due is handed to the post, with no transaction open, and what came of it is recorded.

use super::store::{self, Taken};
use super::views::Channel;
use crate::kernel::post::{Handed, OutgoingEmail, OutgoingSms, Undelivered};
use crate::kernel::{Context, Email, Error};
use jiff::{SignedDuration, Timestamp};
use tokio::task::{JoinError, JoinSet};

/// Messages that are handed over at the same time.
const AT_ONCE: i64 = 8;
/// Whoever has not told by then what came of a message has died: it is tried again. Longer than any post takes.
const SILENCE: SignedDuration = SignedDuration::from_mins(2);
/// The first pause after a try that failed; each further one is twice as long, up to the longest.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// After this long a message is given up: what it says is no longer true, and its links have ended.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// Letters of an error that are kept.
const LONGEST_ERROR: usize = 500;

/// Hands over a few of the messages that are due and records what came of them. Several processes may do so at once: each
/// message is tried by one of them. Returns how many were tried: none means that none is due.
///
/// A process that dies between handing over and recording has it sent again by another: a repeated mail has the same
/// `Message-ID`.
///
/// # Errors
/// The database is away. That a message did not leave is none: it is recorded, and tried again later.
pub async fn send_due(ctx: &Context) -> Result<usize, Error> {
    let now = ctx.clock.now();
    let silent_until = now.checked_add(SILENCE).map_err(Error::internal)?;
    let taken = store::take_due(&ctx.pool, AT_ONCE, now, silent_until).await?;
    let tried = taken.len();
    let mut handing = JoinSet::new();
    for message in taken {
        let ctx = ctx.clone();
        handing.spawn(async move {
            let handed = hand_over(&ctx, &message).await;
            (message, handed)
        });
    }
    while let Some(first) = handing.join_next().await {
        let ready = std::iter::once(first).chain(std::iter::from_fn(|| handing.try_join_next())).collect();
        record(ctx, ready).await?;
    }
    Ok(tried)
}

/// What came of a message.
type Outcome = Result<(Taken, Result<Handed, Undelivered>), JoinError>;

/// Records what came of messages; those that left in one statement.
async fn record(ctx: &Context, ready: Vec<Outcome>) -> Result<(), Error> {
    let now = ctx.clock.now();
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for outcome in ready {
        match outcome {
            Ok((message, Ok(Handed::Over))) => gone.push(message.id.0),
            Ok((message, Ok(Handed::Kept))) => kept.push(message.id.0),
            Ok((message, Err(Undelivered::Never(why)))) => give_up(ctx, &message, &why).await?,
            Ok((message, Err(Undelivered::Later(why)))) => put_off(ctx, &message, &why, now).await?,
            // A defect. The others go on; this one is tried again after its silence.
            Err(error) => tracing::error!(%error, "handing over a message broke off"),
        }
    }
    for (ids, wipe) in [(gone, true), (kept, false)] {
        if !ids.is_empty() {
            store::sent(&ctx.pool, &ids, now, wipe).await?;
        }
    }
    Ok(())
}

async fn hand_over(ctx: &Context, message: &Taken) -> Result<Handed, Undelivered> {
    let (id, subject, text, html) = (message.id, message.subject.clone(), message.text.clone(), message.html.clone());
    match message.channel {
        Channel::Email => {
            let stop = Some(message.stop.clone()).filter(|stop| !stop.is_empty());
            let Some(to) = Email::parse(&message.recipient) else {
                return Err(Undelivered::Never("the address is not one".to_owned()));
            };
            let calendar = Some(message.calendar.clone()).filter(|calendar| !calendar.is_empty());
            let email = OutgoingEmail { id, to, subject, text, html, calendar, stop, at: message.created_at };
            ctx.post.email(&email).await
        }
        Channel::Sms => ctx.post.sms(&OutgoingSms { id, to: message.recipient.clone(), text }).await,
    }
}

/// It may leave the next time, unless it has waited too long.
async fn put_off(ctx: &Context, message: &Taken, why: &str, now: Timestamp) -> Result<(), Error> {
    if now.duration_since(message.created_at) >= PATIENCE {
        return give_up(ctx, message, why).await;
    }
    let why = without(why, &message.recipient);
    tracing::warn!(kind = message.kind, message = %message.id.0, attempts = message.attempts, why, "a message did not leave");
    let next = now.checked_add(pause(message.attempts)).map_err(Error::internal)?;
    store::tried(&ctx.pool, message.id, &why, next).await
}

/// How long to wait after so many tries.
fn pause(attempts: i32) -> SignedDuration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(30);
    FIRST_PAUSE.checked_mul(1 << doublings).map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}

/// Nobody will read it any more, so its words go too.
async fn give_up(ctx: &Context, message: &Taken, why: &str) -> Result<(), Error> {
    let why = without(why, &message.recipient);
    tracing::warn!(kind = message.kind, message = %message.id.0, why, "a message is given up");
    store::given_up(&ctx.pool, message.id, ctx.clock.now(), &why).await
}

/// An error that names nobody: servers like to repeat the address they refuse.
fn without(why: &str, recipient: &str) -> String {
    let hidden = if recipient.is_empty() { why.to_owned() } else { why.replace(recipient, "(recipient)") };
    hidden.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_ERROR).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, pause, without};

    #[test]
    fn errors_name_nobody() {
        assert_eq!(without("550 <ana@example.org>\r\n: no", "ana@example.org"), "550 <(recipient)>  : no");
        assert_eq!(without(&"x".repeat(900), "").len(), 500);
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        assert_eq!([1, 2, 3, 10].map(|attempts| pause(attempts).as_secs()), [2, 4, 8, 1024]);
        assert_eq!([12, 40, i32::MAX].map(pause), [LONGEST_PAUSE; 3]);
    }
}
