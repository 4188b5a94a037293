//! Members without a login, and what is said of members: name, skills, services, role.

use super::commands::{self, Edit};
use super::rights::{hold, last_owner, note, over, require};
use super::store::members;
use super::{MemberPage, MemberRole, letters};
use crate::availability::{self, seal};
use crate::kernel::{Action, Actor, Context, Error, FieldErrors, MemberId, ProviderId, WriteError, write};
use serde_json::json;
use uuid::Uuid;

/// Puts somebody without a login on the team: they can be booked, and can be invited later.
///
/// # Errors
/// A message beside `name`; too large a team.
pub async fn add(ctx: &Context, actor: &Actor, provider: ProviderId, name: &str) -> Result<MemberId, Error> {
    require(actor, Action::ManageTeam, provider)?;
    let mut errors = FieldErrors::new();
    let name = commands::name(name, &mut errors);
    errors.into_result()?;
    let id: MemberId = ctx.id();
    write(ctx, actor, move |tx| {
        let name = name.clone();
        Box::pin(async move {
            members::insert(tx.conn(), id, provider, None, &name, MemberRole::Member).await?;
            note(tx, "team.added", id, json!({ "provider": provider }), json!({ "name": name }));
            Ok::<_, Error>(id)
        })
    })
    .await
}

/// Why a member was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Somebody, perhaps oneself in another window, has changed them since the form was opened.
    #[error("changed meanwhile")]
    Stale,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl WriteError for EditError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Other(error) => Some(error),
            Self::Stale => None,
        }
    }
}

impl MemberPage {
    /// A name for what the form says as things stand: another one once name, skills or services have changed, so that a
    /// form can tell whether that happened meanwhile.
    #[must_use]
    pub fn version(&self) -> String {
        let does = self.services.iter().filter(|service| service.does).map(|service| service.id.0.to_string());
        let mut does: Vec<String> = does.collect();
        does.sort_unstable();
        seal(&[self.who.name.clone(), seal(&self.who.skills), seal(&does)])
    }
}

/// Changes name, skills and services of a member, in place of those whose version was seen ([`MemberPage::version`]).
/// Searches by date learn of it at once.
///
/// # Errors
/// Changed meanwhile; messages beside the fields; not found.
pub async fn edit(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    member: MemberId,
    seen: &str,
    edit: Edit,
) -> Result<(), EditError> {
    require(actor, Action::ManageTeam, provider)?;
    let (user, by, seen) = (actor.clone(), actor.signed_in()?, seen.to_owned());
    let changed = write(ctx, actor, move |tx| {
        let (edit, actor, seen) = (edit.clone(), user.clone(), seen.clone());
        Box::pin(async move {
            let target = hold(tx, provider, member).await?;
            over(&actor, provider, &[target.role])?;
            let present = members::one(&mut *tx.conn(), provider, member, by).await?.ok_or(Error::NotFound)?;
            if present.version() != seen {
                return Err(EditError::Stale);
            }
            members::describe(tx.conn(), member, &edit.name, &edit.skills).await?;
            let services: Vec<Uuid> = edit.services.iter().map(|id| id.0).collect();
            let changed = members::do_services(tx.conn(), provider, member, &services).await?;
            let detail = json!({ "services": services, "skills": edit.skills.len() });
            note(tx, "team.described", member, detail, json!({ "name": edit.name, "skills": edit.skills }));
            tx.event("reservations.changed", member);
            Ok(changed)
        })
    })
    .await?;
    // The event above reaches what the member does; what they do no more is worked out here.
    Ok(availability::refresh_services(ctx, &changed).await?)
}

/// Gives a member another role, in place of the one that was seen; `None` whatever they are. They are told by mail.
///
/// # Errors
/// Somebody gave them another one meanwhile. /// Owners, for everybody but owners; the last owner; a role that needs a login.
pub async fn change_role(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    member: MemberId,
    (seen, role): (Option<MemberRole>, &str),
) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    let role = MemberRole::parse(role).ok_or_else(|| Error::invalid("role", "Choose a role from the list."))?;
    let for_tx = (ctx.clone(), actor.clone());
    write(ctx, actor, move |tx| {
        let (ctx, actor) = for_tx.clone();
        Box::pin(async move {
            let target = hold(tx, provider, member).await?;
            over(&actor, provider, &[target.role, role])?;
            if target.role == role {
                return Ok(());
            }
            if seen.is_some_and(|seen| seen != target.role) {
                let words =
                    format!("Somebody changed this meanwhile: the role is {} now. Choose again.", target.role.title());
                return Err(Error::Conflict(words));
            }
            if target.user.is_none() && role != MemberRole::Member {
                return Err(Error::invalid("role", "Invite them first: this role needs a login."));
            }
            if !members::set_role(tx.conn(), member, role).await? {
                return Err(last_owner());
            }
            let detail = json!({ "from": target.role.name(), "to": role.name() });
            note(tx, "team.role_changed", member, detail, json!({ "name": target.name }));
            letters::role_changed(&ctx, tx, &target, role).await
        })
    })
    .await
}
