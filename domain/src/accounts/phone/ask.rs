//! Asking for a code.

use super::{CODE_MINUTES, Phone, budgets, hash, note};
use crate::accounts::store::phone as store;
use crate::kernel::{Actor, Context, Error, write};
use crate::notifications::{self, international};
use jiff::SignedDuration;
use serde_json::Value;

/// How things stand with one's own number: one statement.
///
/// # Errors
/// Not signed in.
pub async fn phone(ctx: &Context, actor: &Actor) -> Result<Phone, Error> {
    store::phone(&ctx.pool, actor.signed_in()?, ctx.clock.now()).await
}

/// Sends a code to one's own number. An earlier one is worthless from then on.
///
/// # Errors
/// No number, one that is confirmed, or one without its country (all conflicts); too many codes lately.
pub async fn ask_for_code(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    let user = actor.signed_in()?;
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let phone = store::phone(&mut *tx.conn(), user, now).await?;
            if phone.confirmed.is_some() {
                return Err(Error::Conflict("This number is confirmed already.".to_owned()));
            }
            let number = phone.number.ok_or_else(|| Error::Conflict("Add your phone number first.".to_owned()))?;
            let number = international(&number).ok_or_else(|| {
                Error::Conflict("Begin your number with + and the country, so that messages find you.".to_owned())
            })?;
            budgets::spend(&ctx, tx, user, &number).await?;
            let code = six_digits(ctx.chance.bytes());
            let expires = now.checked_add(SignedDuration::from_mins(CODE_MINUTES)).map_err(Error::internal)?;
            store::put_code(tx.conn(), user, &number, &hash(&ctx, user, &number, &code)?, (now, expires)).await?;
            let text = words(&ctx.public_url, &code);
            notifications::sms(tx, &ctx, &number, Some(user), "accounts.phone_code", &text).await?;
            note(tx, user, "phone.code_sent", Value::Null, &number);
            Ok(())
        })
    })
    .await
}

/// All million codes are equally likely, to one part in 2^44.
fn six_digits(chance: [u8; 8]) -> String {
    format!("{:06}", u64::from_be_bytes(chance) % 1_000_000)
}

/// The last line lets phones offer the code on our pages only (origin-bound one-time codes,
/// <https://wicg.github.io/sms-one-time-codes/>).
fn words(public_url: &str, code: &str) -> String {
    let host = public_url.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    format!(
        "ServiceHub: {code} confirms your phone number, within {CODE_MINUTES} minutes. None of us ever asks for it.\n\
         @{host} #{code}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_always() {
        assert_eq!(six_digits([0; 8]), "000000");
        assert_eq!(six_digits(1_000_042_u64.to_be_bytes()), "000042");
        assert_eq!(six_digits([255; 8]).len(), 6);
    }

    #[test]
    fn a_message_is_one_part_long_and_bound_to_our_pages() {
        let text = words("https://hub.example:8443/", "123456");
        assert!(text.ends_with("\n@hub.example #123456"), "{text}");
        assert!(text.len() <= 160 && text.is_ascii(), "{text}");
    }
}
