//! Inviting somebody to a team: a link by mail. It works for seven days, once, for whoever has the address.

use super::rights::{entry, hold, over, require};
use super::store::invitations::{self, Kept};
use super::{MemberRole, commands, letters};
use crate::accounts;
use crate::kernel::{Action, Actor, Context, Email, Error, FieldErrors, MemberId, ProviderId, write};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// How long an invitation works.
pub const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An invitation, as typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedInvitation<'a> {
    /// Where it goes.
    pub email: &'a str,
    /// Under which name they will be on the team.
    pub name: &'a str,
    /// As what.
    pub role: &'a str,
    /// The member without a login who is to get one.
    pub member: Option<MemberId>,
}

/// Invites somebody. An invitation to the same address that waits is replaced.
///
/// # Errors
/// Messages beside `email`, `name` and `role`; owners are invited by owners only.
pub async fn invite(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    typed: TypedInvitation<'_>,
) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    let by = actor.in_person()?;
    let mut errors = FieldErrors::new();
    let email = Email::parse(typed.email);
    if email.is_none() {
        errors.add("email", "This does not look like an email address. Example: ana@example.org");
    }
    let name = commands::name(typed.name, &mut errors);
    let role = MemberRole::parse(typed.role);
    if role.is_none() {
        errors.add("role", "Choose a role from the list.");
    }
    errors.into_result()?;
    let (Some(email), Some(role)) = (email, role) else {
        return Err(Error::internal("an invitation without complaints is complete"));
    };
    over(actor, provider, &[role])?;
    let (secret, member) = (ctx.chance.secret(), typed.member);
    let for_tx = (ctx.clone(), email, name, secret);
    write(ctx, actor, move |tx| {
        let (ctx, email, name, secret) = for_tx.clone();
        Box::pin(async move {
            if let Some(member) = member
                && hold(tx, provider, member).await?.user.is_some()
            {
                return Err(Error::Conflict("They have a login already.".to_owned()));
            }
            let (id, now): (Uuid, _) = (ctx.id(), tx.now());
            let kept = Kept { id, provider, member, email: email.as_str().to_owned(), name: name.clone(), role, by };
            let expires = now.checked_add(LASTS).map_err(Error::internal)?;
            let known = invitations::put(tx.conn(), &kept, &accounts::link_hash(&secret), (now, expires)).await?;
            if known {
                return Err(Error::invalid("email", "Whoever has this address works here already."));
            }
            let detail = json!({ "provider": provider, "role": role.name() });
            tx.audit(entry("team.invited", "team_invitation", id, detail, json!({ "email": email, "name": name })));
            letters::invitation(&ctx, tx, id, &email, &secret).await
        })
    })
    .await
}

/// Sends an invitation once more, with a new link: the old one works no more. From now on it is the word of the actor.
///
/// # Errors
/// Not found when it does not wait; owners are invited by owners only.
pub async fn resend(ctx: &Context, actor: &Actor, provider: ProviderId, id: Uuid) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    let by = actor.in_person()?;
    let for_tx = (ctx.clone(), actor.clone(), ctx.chance.secret());
    write(ctx, actor, move |tx| {
        let (ctx, actor, secret) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let expires = now.checked_add(LASTS).map_err(Error::internal)?;
            let hash = accounts::link_hash(&secret);
            let sent = invitations::renew(tx.conn(), provider, id, (&hash, by), (now, expires)).await?;
            let (email, role) = sent.ok_or(Error::NotFound)?;
            over(&actor, provider, &[role])?;
            let email = Email::parse(&email).ok_or_else(|| Error::internal("a stored address is none"))?;
            tx.audit(entry("team.invited_again", "team_invitation", id, json!({ "provider": provider }), json!({})));
            letters::invitation(&ctx, tx, id, &email, &secret).await
        })
    })
    .await
}

/// Takes an invitation back.
///
/// # Errors
/// Not found when it does not wait.
pub async fn revoke(ctx: &Context, actor: &Actor, provider: ProviderId, id: Uuid) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if !invitations::revoke(tx.conn(), provider, id, now).await? {
                return Err(Error::NotFound);
            }
            let detail = json!({ "provider": provider });
            tx.audit(entry("team.invitation_revoked", "team_invitation", id, detail, json!({})));
            Ok(())
        })
    })
    .await
}
