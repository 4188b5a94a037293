//! Operator roles are given by invitation: a link by mail, to the address of whoever is to be one.

use super::require;
use super::view::Invitation;
use crate::accounts::store::{operators, people, sessions};
use crate::accounts::{Email, letters, links};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, FieldErrors, Object, Role, UserId, can, write};
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

/// How long an invitation works.
const LASTS: SignedDuration = SignedDuration::from_hours(72);

/// Invites somebody to an operator role.
///
/// # Errors
/// Messages beside `email` and `role`.
pub async fn invite(ctx: &Context, actor: &Actor, email: &str, role: &str) -> Result<(), Error> {
    let by = require(actor, Action::GrantRoles)?;
    send(ctx, actor, Some(by), email, role).await.map(drop)
}

/// Invites somebody from the command line, which makes the first superadmin of an installation: whoever can run
/// commands beside the database could write to it as well. Says the link; it also goes by mail.
///
/// # Errors
/// Messages beside `email` and `role`; only the system itself may.
pub async fn invite_from_here(ctx: &Context, email: &str, role: &str) -> Result<String, Error> {
    let system = Actor::system(crate::kernel::RequestId(ctx.id()));
    if !can(&system, Action::GrantRoles, &Object::default()) {
        return Err(Error::NotFound);
    }
    let secret = send(ctx, &system, None, email, role).await?;
    Ok(ctx.absolute(&format!("/invitation/{secret}")))
}

async fn send(ctx: &Context, actor: &Actor, by: Option<UserId>, email: &str, role: &str) -> Result<String, Error> {
    let mut errors = FieldErrors::new();
    let address = Email::parse(email);
    if address.is_none() {
        errors.add("email", "This does not look like an email address. Example: ana@example.org");
    }
    let role = Role::parse(role).filter(|role| role.is_operators());
    if role.is_none() {
        errors.add("role", "Choose a role from the list.");
    }
    errors.into_result()?;
    let (Some(address), Some(role)) = (address, role) else {
        return Err(Error::internal("an invitation without complaints is complete"));
    };
    let secret = ctx.chance.secret();
    let for_tx = (ctx.clone(), address, secret.clone());
    write(ctx, actor, move |tx| {
        let (ctx, address, secret) = for_tx.clone();
        Box::pin(async move {
            let (id, now) = (ctx.id(), tx.now());
            let expires = now.checked_add(LASTS).map_err(Error::internal)?;
            let hash = links::hash(&secret);
            operators::invite(tx.conn(), id, (address.as_str(), role), &hash, by, (now, expires)).await?;
            letters::invitation(&ctx, tx, &address, role, &secret).await?;
            note(tx, "operator.invited", id, json!({ "role": role.name() }), json!({ "email": address }));
            Ok::<_, Error>(())
        })
    })
    .await?;
    Ok(secret)
}

/// Invitations that wait, the newest first.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn invitations(ctx: &Context, actor: &Actor) -> Result<Vec<Invitation>, Error> {
    require(actor, Action::GrantRoles)?;
    operators::invitations(&ctx.pool, ctx.clock.now()).await
}

/// Takes an invitation back.
///
/// # Errors
/// It does not wait (any more).
pub async fn revoke_invitation(ctx: &Context, actor: &Actor, id: Uuid) -> Result<(), Error> {
    require(actor, Action::GrantRoles)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if !operators::revoke(tx.conn(), id, now).await? {
                return Err(Error::NotFound);
            }
            note(tx, "operator.invitation_revoked", id, json!({}), json!({}));
            Ok(())
        })
    })
    .await
}

/// What an invitation offers, for whoever opens its link.
///
/// # Errors
/// The database is away.
pub async fn invitation(ctx: &Context, secret: &str) -> Result<Option<(String, Role)>, Error> {
    operators::offered(&ctx.pool, &links::hash(secret), ctx.clock.now()).await
}

/// Accepts an invitation. Only the person whose address it went to can; the role sleeps until the second factor. All
/// other sessions of theirs end.
///
/// # Errors
/// Another person's invitation, or one that does not work (any more).
pub async fn accept_invitation(ctx: &Context, actor: &Actor, secret: &str) -> Result<Role, Error> {
    let user = actor.in_person()?;
    let (email, _, _) = people::secrets(&ctx.pool, user).await?;
    let (hash, session) = (links::hash(secret), actor.session);
    write(ctx, actor, move |tx| {
        let (email, hash) = (email.clone(), hash.clone());
        Box::pin(async move {
            let now = tx.now();
            let taken = operators::accept(tx.conn(), &hash, user, &email, now).await?;
            let (id, role) = taken.ok_or_else(links::stale)?;
            people::email_is_verified(tx.conn(), user, &email, now).await?;
            // A browser somewhere else, with the second factor shown long ago, does not wake up in the back office.
            sessions::end_all(tx.conn(), user, session).await?;
            note(tx, "operator.joined", id, json!({ "role": role.name() }), json!({}));
            Ok(role)
        })
    })
    .await
}

fn note(tx: &mut crate::kernel::Tx, action: &'static str, id: Uuid, detail: Value, personal: Value) {
    let capacity = super::capacity(tx.actor());
    tx.audit(AuditEntry { action, object_kind: "invitation", object_id: id, capacity, detail, personal });
}
