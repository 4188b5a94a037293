//! Giving the code back.

use super::{CODE_TRIES, hash, note};
use crate::accounts::second_factor::digits;
use crate::accounts::store::phone as store;
use crate::kernel::{Actor, Context, Error, write};
use serde_json::{Value, json};

enum Tried {
    Right,
    Wrong { left: u32 },
    Gone,
}

/// Marks one's own number as proved with the code that was sent to it. The try is counted before it is looked at, so
/// that many at once have no more than one after the other.
///
/// # Errors
/// A message beside `code`: not six digits, wrong, or a code that works no more.
pub async fn confirm_phone(ctx: &Context, actor: &Actor, typed: &str) -> Result<(), Error> {
    let user = actor.signed_in()?;
    let code = digits(typed).ok_or_else(|| Error::invalid("code", "Type the six digits of the message."))?;
    let for_tx = (ctx.clone(), code);
    let tried = write(ctx, actor, move |tx| {
        let (ctx, code) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let Some(sent) = store::try_code(tx.conn(), user, now).await? else { return Ok(Tried::Gone) };
            // Keyed hashes: how long comparing takes tells nothing about the code.
            if hash(&ctx, user, &sent.number, &code)?[..] != sent.hash[..] {
                note(tx, user, "phone.code_wrong", json!({ "tries": sent.tries }), &sent.number);
                return Ok(Tried::Wrong { left: CODE_TRIES.saturating_sub(sent.tries) });
            }
            store::forget_code(tx.conn(), user).await?;
            if !store::confirm(tx.conn(), user, &sent.number, now).await? {
                return Err(Error::Conflict("Your number was changed meanwhile. Ask for a new code.".to_owned()));
            }
            note(tx, user, "phone.confirmed", Value::Null, &sent.number);
            Ok::<_, Error>(Tried::Right)
        })
    })
    .await?;
    match tried {
        Tried::Right => Ok(()),
        Tried::Wrong { left: 0 } => {
            Err(Error::invalid("code", "This is not the code we sent, and it was the last try. Ask for a new one."))
        }
        Tried::Wrong { left: 1 } => Err(Error::invalid("code", "This is not the code we sent. One try is left.")),
        Tried::Wrong { left } => {
            Err(Error::invalid("code", format!("This is not the code we sent. {left} tries are left.")))
        }
        Tried::Gone => Err(Error::invalid("code", "That code works no more. Ask for a new one.")),
    }
}
