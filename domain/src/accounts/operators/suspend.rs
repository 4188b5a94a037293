//! Suspending with a reason the person reads, hearing their appeal, and restoring.

use super::{note, require};
use crate::accounts::letters;
use crate::accounts::links::Purpose;
use crate::accounts::store::{api_keys, behalf, links as link_store, operators, people, sessions};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, FieldErrors, Role, UserId, write};
use serde_json::json;

/// What a suspended person is shown after the right password.
#[derive(Clone, Debug)]
pub struct Suspended {
    /// Why.
    pub reason: String,
    /// What shows it.
    pub evidence: String,
    /// What they said to it already.
    pub appeal: String,
}

impl Suspended {
    /// The suspension in force, for the person it is about.
    ///
    /// # Errors
    /// The database is away.
    pub async fn in_force(ctx: &Context, user: UserId) -> Result<Option<Self>, Error> {
        let found = operators::in_force(&ctx.pool, user).await?;
        Ok(found.map(|(reason, evidence, appeal)| Self { reason, evidence, appeal }))
    }
}

/// Suspends a person: every session ends, every key of theirs is revoked, and the next login shows reason and evidence.
/// They are told by mail.
///
/// # Errors
/// Messages beside `reason` and `evidence`; oneself, or an operator as an admin.
pub async fn suspend(
    ctx: &Context,
    actor: &Actor,
    user: UserId,
    (reason, evidence): (&str, &str),
) -> Result<(), Error> {
    let by = require(actor, Action::ManageUsers)?;
    let mut errors = FieldErrors::new();
    match reason.chars().count() {
        0 => errors.add("reason", "Say why, in words the person understands."),
        1..=500 => {}
        _ => errors.add("reason", "Please keep the reason under 500 characters."),
    }
    if evidence.chars().count() > 2000 {
        errors.add("evidence", "Please keep the evidence under 2,000 characters.");
    }
    errors.into_result()?;
    let person = operators::person(&ctx.pool, user, ctx.clock.now()).await?;
    if by == user {
        return Err(Error::Conflict("You cannot suspend yourself.".to_owned()));
    }
    if person.row.roles.iter().any(|role| role.is_operators()) && !actor.has(Role::Superadmin) {
        return Err(Error::Conflict("Only a superadmin suspends operators.".to_owned()));
    }
    let for_tx = (ctx.clone(), reason.to_owned(), evidence.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, reason, evidence) = for_tx.clone();
        Box::pin(async move {
            let (id, now) = (ctx.id(), tx.now());
            if !operators::suspend(tx.conn(), id, user, by, (&reason, &evidence), now).await? {
                return Err(Error::Conflict("The account is suspended already.".to_owned()));
            }
            sessions::end_all(tx.conn(), user, None).await?;
            api_keys::revoke_all(tx.conn(), user, now).await?;
            behalf::end_with(tx.conn(), user, now).await?;
            link_store::forget(tx.conn(), user, Purpose::ChangeEmail).await?;
            let (email, name, _) = people::secrets(&mut *tx.conn(), user).await?;
            letters::suspended(&ctx, tx, user, (&email, &name), &reason).await?;
            note(tx, "user.suspended", user, json!({}), &format!("{reason}\n{evidence}"));
            Ok(())
        })
    })
    .await
}

/// Ends a suspension, with a word to the person.
///
/// # Errors
/// There is none.
pub async fn restore(ctx: &Context, actor: &Actor, user: UserId, answer: &str) -> Result<(), Error> {
    let by = require(actor, Action::ManageUsers)?;
    if answer.chars().count() > 2000 {
        return Err(Error::invalid("answer", "Please keep it under 2,000 characters."));
    }
    let for_tx = (ctx.clone(), answer.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, answer) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            if !operators::restore(tx.conn(), user, by, &answer, now).await? {
                return Err(Error::Conflict("The account is not suspended.".to_owned()));
            }
            let (email, name, _) = people::secrets(&mut *tx.conn(), user).await?;
            letters::restored(&ctx, tx, user, (&email, &name), &answer).await?;
            note(tx, "user.restored", user, json!({}), &answer);
            Ok(())
        })
    })
    .await
}

/// What a suspended person says to it, once.
///
/// # Errors
/// Not suspended, said already, or nothing said.
pub async fn appeal(ctx: &Context, actor: &Actor, user: UserId, words: &str) -> Result<(), Error> {
    match words.chars().count() {
        0 => return Err(Error::invalid("appeal", "Tell us what we should know.")),
        1..=2000 => {}
        _ => return Err(Error::invalid("appeal", "Please keep it under 2,000 characters.")),
    }
    let acting = Actor { user: Some(user), ..actor.clone() };
    let words = words.to_owned();
    write(ctx, &acting, move |tx| {
        let words = words.clone();
        Box::pin(async move {
            let now = tx.now();
            if !operators::appeal(tx.conn(), user, &words, now).await? {
                return Err(Error::Conflict("You have answered already. We read it and write to you.".to_owned()));
            }
            tx.audit(AuditEntry {
                action: "user.appealed",
                object_kind: "user",
                object_id: user.0,
                capacity: "customer",
                detail: json!({}),
                personal: json!({ "words": words }),
            });
            Ok(())
        })
    })
    .await
}

/// Logs a person out everywhere. Returns how many sessions ended.
///
/// # Errors
/// Not found for those who may not.
pub async fn end_sessions(ctx: &Context, actor: &Actor, user: UserId) -> Result<u64, Error> {
    require(actor, Action::ManageUsers)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let (count, now) = (sessions::end_all(tx.conn(), user, None).await?, tx.now());
            behalf::end_with(tx.conn(), user, now).await?;
            note(tx, "session.revoked", user, json!({ "sessions": count }), "");
            Ok(count)
        })
    })
    .await
}

/// Takes an operator role away. Sessions end, so that it holds at once.
///
/// # Errors
/// One's own role; the last superadmin; not an operator role.
pub async fn take_role(ctx: &Context, actor: &Actor, user: UserId, role: Role) -> Result<(), Error> {
    let by = require(actor, Action::GrantRoles)?;
    if by == user {
        return Err(Error::Conflict("You cannot take your own roles away.".to_owned()));
    }
    if !role.is_operators() {
        return Err(Error::NotFound);
    }
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if !operators::take_role(tx.conn(), user, role).await? {
                return Err(Error::NotFound);
            }
            let now = tx.now();
            sessions::end_all(tx.conn(), user, None).await?;
            behalf::end_with(tx.conn(), user, now).await?;
            note(tx, "user.role_taken", user, json!({ "role": role.name() }), "");
            Ok(())
        })
    })
    .await
}
