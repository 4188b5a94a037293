//! `/provider/team`: who works for a business, who is invited, what each does, and how people come and go.

mod going;
mod inviting;
mod list;
mod person;
mod services;
mod stale;

pub use going::{ask_deactivate, ask_leave, ask_remove, deactivate, leave, reactivate, remove};
pub use inviting::{add, ask_add, ask_invite, invitations, invite};
pub use list::show;
pub use person::{change_role, edit, person};

use crate::layout::Head;
use crate::request::{Failure, PageRequest};
use domain::kernel::{Action, Error, MemberId, Object, ProviderId, can};
use domain::team::MemberRole;

/// The address of the team.
const PATH: &str = "/provider/team";

fn head(title: impl Into<String>) -> Head {
    Head { title: title.into(), robots_noindex: true, ..Head::default() }
}

/// The business of somebody who manages its team; for everybody else there is nothing here.
fn managed(page: &PageRequest) -> Result<ProviderId, Failure> {
    let provider = super::business(page)?.ok_or(Error::NotFound)?;
    if may(page, Action::ManageTeam, provider) { Ok(provider) } else { Err(Failure(Error::NotFound)) }
}

fn may(page: &PageRequest, action: Action, provider: ProviderId) -> bool {
    can(page.actor(), action, &Object { provider: Some(provider), ..Object::default() })
}

fn id(text: &str) -> Result<MemberId, Failure> {
    text.parse().map(MemberId).map_err(|_| Failure(Error::NotFound))
}

/// The roles somebody may give: owners are made by owners.
fn roles(page: &PageRequest, provider: ProviderId) -> impl Iterator<Item = MemberRole> + use<> {
    let owner = may(page, Action::ManageOwners, provider);
    MemberRole::ALL.into_iter().filter(move |role| owner || *role != MemberRole::Owner)
}
