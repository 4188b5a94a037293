//! Looking at a team.

use super::rights::{may, require};
use super::store::{invitations, members};
use super::{MemberPage, Team};
use crate::kernel::{Action, Actor, Context, Error, MemberId, ProviderId};

/// The people of a business: two statements. Members see each other; invitations are for those who manage.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn team(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Team, Error> {
    require(actor, Action::SeeTeam, provider)?;
    let user = actor.signed_in()?;
    let manages = may(actor, Action::ManageTeam, provider);
    let mut team = members::team(&ctx.pool, provider, user).await?;
    if manages {
        team.invited = invitations::waiting(&ctx.pool, provider).await?;
    } else {
        team.members.retain(|member| !member.left);
        team.unstaffed.clear();
    }
    Ok(team)
}

/// One of them, with the services of the business: one statement. For those who manage.
///
/// # Errors
/// Not found, also for everybody else.
pub async fn member(ctx: &Context, actor: &Actor, provider: ProviderId, member: MemberId) -> Result<MemberPage, Error> {
    require(actor, Action::ManageTeam, provider)?;
    members::one(&ctx.pool, provider, member, actor.signed_in()?).await?.ok_or(Error::NotFound)
}
