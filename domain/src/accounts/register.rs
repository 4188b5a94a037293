//! Making an account.

use super::store::people;
use super::{Intent, Registration, email_address, letters, store};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, Role, UserId, write};
use serde_json::json;
use uuid::Uuid;

/// What came of a registration. Pages must answer both alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The account is there.
    New(UserId),
    /// The address has an account already; nothing was changed.
    Known,
}

/// Makes an account. A known address costs the same work and changes nothing.
///
/// # Errors
/// Too many people register right now, or the database is away.
pub async fn register(ctx: &Context, actor: &Actor, registration: Registration) -> Result<Registered, Error> {
    let hash = ctx.hasher.hash(registration.password.clone()).await?;
    let id: UserId = ctx.id();
    let for_tx = (ctx.clone(), registration, hash);
    write(ctx, actor, move |tx| {
        let (ctx, registration, hash) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let new = store::insert(tx.conn(), id, &registration, &hash, roles(registration.intent), now).await?;
            let email = registration.email.as_str();
            if new {
                email_address::begin(&ctx, tx, id, (email, &registration.first_name)).await?;
            }
            let known = if new { None } else { people::by_email(&mut *tx.conn(), email).await? };
            if let Some((known, name)) = &known {
                letters::registered_again(&ctx, tx, *known, (email, name)).await?;
            }
            let known = known.map_or(Uuid::nil(), |(known, _)| known.0);
            // A known address leaves an entry too: it takes as long, and an operator can see who was tried.
            let (action, object_id) = if new { ("user.registered", id.0) } else { ("registration.repeated", known) };
            tx.audit(AuditEntry {
                action,
                object_kind: "user",
                object_id,
                capacity: Role::Customer.name(),
                detail: json!({ "intent": registration.intent.name() }),
                personal: json!({ "email": registration.email }),
            });
            Ok(if new { Registered::New(id) } else { Registered::Known })
        })
    })
    .await
}

/// The only roles registering can give, whatever a form sends.
const fn roles(intent: Intent) -> &'static [Role] {
    match intent {
        Intent::Customer => &[Role::Customer],
        Intent::Provider => &[Role::Customer, Role::Provider],
    }
}
