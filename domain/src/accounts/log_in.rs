//! Signing in: the check of the secret, and the record of it. The session itself is the edge's.

use super::{Credentials, store};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, Role, UserId, write};
use serde_json::json;
use uuid::Uuid;

/// The person who signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Which one.
    pub id: UserId,
    /// For greeting.
    pub first_name: String,
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No account with this address and password. Which of the two, nobody is told.
    #[error("no such account or a wrong password")]
    Refused,
    /// The password is right, and the account is suspended.
    #[error("the account is suspended")]
    Suspended {
        /// Why, for the person; may be empty.
        reason: String,
    },
    /// Something else.
    #[error(transparent)]
    Other(#[from] Error),
}

/// Checks the secret and records the outcome. An unknown address takes the same way as a known one: one
/// look-up, one verification, one entry.
///
/// # Errors
/// Refused, suspended, or too many people sign in right now.
pub async fn log_in(ctx: &Context, actor: &Actor, credentials: Credentials) -> Result<Account, LogInError> {
    let found = store::find(&ctx.pool, &credentials.email).await?;
    let hash = found.as_ref().map(|user| user.password_hash.clone());
    let right = ctx.hasher.verify(credentials.password, hash).await?;
    let outcome = match found {
        Some(user) if right && user.suspended => Outcome::Suspended(user.id, user.suspended_reason),
        Some(user) if right => Outcome::Opened(Account { id: user.id, first_name: user.first_name }),
        other => Outcome::Refused(other.map(|user| user.id)),
    };
    record(ctx, actor, &outcome, credentials.email).await?;
    match outcome {
        Outcome::Opened(account) => Ok(account),
        Outcome::Suspended(_, reason) => Err(LogInError::Suspended { reason }),
        Outcome::Refused(_) => Err(LogInError::Refused),
    }
}

enum Outcome {
    Opened(Account),
    Suspended(UserId, String),
    Refused(Option<UserId>),
}

async fn record(ctx: &Context, actor: &Actor, outcome: &Outcome, email: String) -> Result<(), Error> {
    let (action, user, why) = match outcome {
        Outcome::Opened(account) => ("session.opened", Some(account.id), None),
        Outcome::Suspended(user, _) => ("session.failed", Some(*user), Some("suspended")),
        Outcome::Refused(Some(user)) => ("session.failed", Some(*user), Some("password")),
        Outcome::Refused(None) => ("session.failed", None, Some("unknown")),
    };
    // Only who proved it is the one who acts.
    let acting = match outcome {
        Outcome::Opened(account) => Actor { user: Some(account.id), ..actor.clone() },
        _ => Actor { user: None, ..actor.clone() },
    };
    let entry = AuditEntry {
        action,
        object_kind: "user",
        object_id: user.map_or(Uuid::nil(), |user| user.0),
        capacity: Role::Customer.name(),
        detail: json!({ "why": why }),
        personal: json!({ "email": email }),
    };
    write(ctx, &acting, move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            tx.audit(entry);
            Ok(())
        })
    })
    .await
}
