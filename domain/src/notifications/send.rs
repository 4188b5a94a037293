//! Sending: the job that hands a written message over.

use super::store::{self, Taken};
use super::views::Channel;
use crate::kernel::post::{Handed, OutgoingEmail, OutgoingSms, Undelivered};
use crate::kernel::{Context, Email, Error, OutboundId};
use jiff::SignedDuration;

/// The job that hands a message over. Its payload is `{"message": id}`.
pub const TASK_SEND: &str = "notifications.send";

/// After this long a message is given up: what it says is no longer true, and its links have ended.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// Letters of an error that are kept.
const LONGEST_ERROR: usize = 500;

/// Hands a message to the post and records what came of it. Does nothing for a message that was sent, given up or
/// forgotten. A process that dies between handing over and recording sends it again: a repeated mail has the same
/// `Message-ID`.
///
/// # Errors
/// It did not leave, but may the next time; or the database is away.
pub async fn send(ctx: &Context, id: OutboundId) -> Result<(), Error> {
    let Some(message) = store::take(&ctx.pool, id).await? else {
        return Ok(());
    };
    let handed = hand_over(ctx, id, &message).await;
    let now = ctx.clock.now();
    match handed {
        Ok(handed) => store::sent(&ctx.pool, id, now, handed == Handed::Over).await,
        Err(Undelivered::Never(why)) => give_up(ctx, id, &message, &why).await,
        Err(Undelivered::Later(why)) if now.duration_since(message.created_at) >= PATIENCE => {
            give_up(ctx, id, &message, &why).await
        }
        Err(Undelivered::Later(why)) => {
            let why = without(&why, &message.recipient);
            store::tried(&ctx.pool, id, &why).await?;
            Err(Error::Unavailable(format!("a message of kind {} did not leave: {why}", message.kind)))
        }
    }
}

async fn hand_over(ctx: &Context, id: OutboundId, message: &Taken) -> Result<Handed, Undelivered> {
    let (subject, text, html) = (message.subject.clone(), message.text.clone(), message.html.clone());
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

/// Nobody will read it any more, so its words go too.
async fn give_up(ctx: &Context, id: OutboundId, message: &Taken, why: &str) -> Result<(), Error> {
    let why = without(why, &message.recipient);
    tracing::warn!(kind = message.kind, message = %id.0, why, "a message is given up");
    store::given_up(&ctx.pool, id, ctx.clock.now(), &why).await
}

/// An error that names nobody: servers like to repeat the address they refuse.
fn without(why: &str, recipient: &str) -> String {
    let hidden = if recipient.is_empty() { why.to_owned() } else { why.replace(recipient, "(recipient)") };
    hidden.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_ERROR).collect()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn errors_name_nobody() {
        assert_eq!(without("550 <ana@example.org>\r\n: no", "ana@example.org"), "550 <(recipient)>  : no");
        assert_eq!(without(&"x".repeat(900), "").len(), 500);
    }
}
