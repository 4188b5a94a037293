//! An owner asks for another name or payout country, and may take it back while it waits.

use super::{Registered, Wished, mark};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, Object, ProviderId, Tx, UserId, WriteError, can, write};
use crate::onboarding::letters;
use crate::onboarding::store::changes as store;
use serde_json::{Value, json};

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Somebody asked for something, took it back or decided since the form was opened.
    #[error("changed meanwhile")]
    Stale,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl WriteError for AskError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Other(error) => Some(error),
            Self::Stale => None,
        }
    }
}

/// An owner, come themselves: where earnings go nobody says for another.
fn owner(actor: &Actor, provider: ProviderId) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if can(actor, Action::RenameBusiness, &object) { Ok(user) } else { Err(Error::NotFound) }
}

/// What a business is registered with, for those who manage it: one statement.
///
/// # Errors
/// Not found for people who do not manage it.
pub async fn registered(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Registered, Error> {
    actor.signed_in()?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if !can(actor, Action::DescribeBusiness, &object) {
        return Err(Error::NotFound);
    }
    store::registered(&ctx.pool, provider).await
}

fn entry(action: &'static str, provider: ProviderId, detail: Value, personal: Value) -> AuditEntry {
    AuditEntry { action, object_kind: "provider", object_id: provider.0, capacity: "provider", detail, personal }
}

/// Asks for another name or payout country, in place of what was [`Registered::seen`]. All owners are told by mail.
///
/// # Errors
/// [`AskError::Stale`], also while another change waits; not found for everybody but owners.
pub async fn ask_for_change(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    seen: &str,
    wished: Wished,
) -> Result<(), AskError> {
    let user = owner(actor, provider)?;
    let for_tx = (ctx.clone(), seen.to_owned(), wished);
    write(ctx, actor, move |tx| {
        let (ctx, seen, wished) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            store::hold(tx.conn(), provider).await?;
            let known = store::registered(&mut *tx.conn(), provider).await?;
            if known.seen() != seen || known.waiting().is_some() {
                return Err(AskError::Stale);
            }
            let number = known.latest.as_ref().map_or(1, |latest| latest.number + 1);
            store::ask(tx.conn(), provider, number, (&known.present, &wished), (user, now)).await?;
            letters::change_asked(&ctx, tx, provider, &known.present, &wished).await?;
            let detail = json!({ "number": number, "renamed": known.present.name != wished.name,
                "payout_country": wished.payout_country });
            tx.audit(entry("provider.change_asked", provider, detail, json!({ "name": wished.name })));
            Ok(())
        })
    })
    .await
}

/// Takes a change back that waits.
///
/// # Errors
/// A conflict when it does not wait any more; not found for everybody but owners.
pub async fn take_back_change(ctx: &Context, actor: &Actor, provider: ProviderId, seen: &str) -> Result<(), Error> {
    owner(actor, provider)?;
    let seen = seen.to_owned();
    write(ctx, actor, move |tx| {
        let seen = seen.clone();
        Box::pin(async move { withdraw(tx, provider, &seen).await })
    })
    .await
}

async fn withdraw(tx: &mut Tx, provider: ProviderId, seen: &str) -> Result<(), Error> {
    let now = tx.now();
    store::hold(tx.conn(), provider).await?;
    let Some(number) = store::waits(tx.conn(), provider).await?.filter(|number| mark(*number, "submitted") == seen)
    else {
        let words = "Nothing of this waits any more: it was decided or taken back. This is how it stands now.";
        return Err(Error::Conflict(words.to_owned()));
    };
    store::take_back(tx.conn(), provider, number, now).await?;
    tx.audit(entry("provider.change_taken_back", provider, json!({ "number": number }), Value::Null));
    Ok(())
}
