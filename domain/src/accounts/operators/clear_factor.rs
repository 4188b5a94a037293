//! Taking somebody's second factor away who has lost it, with its recovery codes: a last resort, in the open.

use super::{note, require};
use crate::accounts::letters;
use crate::accounts::store::{factors, operators, passkeys, people, sessions};
use crate::kernel::{Action, Actor, Context, Error, Role, UserId, write};
use serde_json::json;

/// Takes app, passkeys and recovery codes of a person away, who has asked for it some other way than by logging in. Every
/// session ends, and the person is told by mail, with the reason: if it was somebody else who asked, they know.
///
/// # Errors
/// A message beside `reason`; oneself; an operator as an admin, and a superadmin for everybody; there is none.
pub async fn clear_second_factor(ctx: &Context, actor: &Actor, user: UserId, reason: &str) -> Result<(), Error> {
    let by = require(actor, Action::ManageUsers)?;
    match reason.chars().count() {
        0 => return Err(Error::invalid("reason", "Say why, and how you know that it is them. The person reads it.")),
        1..=500 => {}
        _ => return Err(Error::invalid("reason", "Please keep the reason under 500 characters.")),
    }
    let person = operators::person(&ctx.pool, user, ctx.clock.now()).await?;
    if by == user {
        return Err(Error::Conflict("Your own you turn off yourself, with your password.".to_owned()));
    }
    let roles = &person.row.roles;
    if roles.contains(&Role::Superadmin) {
        return Err(Error::Conflict("A superadmin's second factor nobody takes away: invite them anew.".to_owned()));
    }
    if roles.iter().any(|role| role.is_operators()) && !actor.has(Role::Superadmin) {
        return Err(Error::Conflict("Only a superadmin does this for operators.".to_owned()));
    }
    let for_tx = (ctx.clone(), reason.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, reason) = for_tx.clone();
        Box::pin(async move {
            factors::lock(tx.conn(), user).await?;
            let app = factors::remove(tx.conn(), user).await?;
            let passkeys = passkeys::remove_all(tx.conn(), user).await?;
            if !app && passkeys == 0 {
                return Err(Error::Conflict("There is no second factor to take away.".to_owned()));
            }
            factors::forget_recovery(tx.conn(), user).await?;
            sessions::end_all(tx.conn(), user, None).await?;
            let (email, name, _) = people::secrets(&mut *tx.conn(), user).await?;
            letters::factor_cleared(&ctx, tx, user, (&email, &name), &reason).await?;
            note(tx, "second_factor.cleared", user, json!({ "app": app, "passkeys": passkeys }), &reason);
            Ok(())
        })
    })
    .await
}
