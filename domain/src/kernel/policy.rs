//! What one may do: one function, one table. Nothing else decides.

use super::actor::{Actor, Role};
use super::ids::{MemberId, ProviderId, UserId};
use super::scope::Scope;

/// Something that can be allowed or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Take a time or a package of a service.
    Book,
    /// See a booking and its history.
    SeeBooking,
    /// Confirm or abandon a hold, cancel as customer, sign off, review.
    ActAsCustomer,
    /// Accept, decline, start, finish, cancel as provider.
    ActAsProvider,
    /// Give a visit to another of the people of a business.
    GiveVisit,
    /// See and change a business's hours and calendar.
    KeepCalendar,
    /// See a business's calendar.
    SeeCalendar,
    /// See the provider portal.
    SeePortal,
    /// See who works for a business and what they do.
    SeeTeam,
    /// Invite members and managers, say what they do, give and take their time off the market.
    ManageTeam,
    /// Make owners, and decide about them.
    ManageOwners,
    /// Leave a business one works for.
    LeaveTeam,
    /// Read and export the history of everything.
    ReadAudit,
    /// Write, pause and put away the services of a business.
    KeepListings,
    /// Say what a business is, in its own words.
    DescribeBusiness,
    /// Ask for another name of a business, and for another country its earnings go to.
    RenameBusiness,
    /// See the services of everybody, and decide about what waits for review.
    ReviewListings,
    /// Keep the tree of categories.
    ManageCategories,
    /// Let a clock run out.
    RunClock,
    /// Enter the back office.
    SeeBackOffice,
    /// See who has an account, and what they did.
    SeeUsers,
    /// Suspend people, restore them, log them out, take their second factor away when they lost it.
    ManageUsers,
    /// Give and take operator roles.
    GrantRoles,
    /// Keep apart from the other side: a customer from a business, or a business from a customer.
    Block,
    /// See and do what a person could, with a reason and on record.
    ActOnBehalf,
    /// Tell of oneself to become a provider, and show documents.
    Apply,
    /// Show documents of a business.
    ShowDocuments,
    /// See and decide applications of providers with their documents; suspend and restore businesses.
    CheckProviders,
    /// Change what protects one's account, take one's data along, leave, give one's word: nobody does it for another.
    ActInPerson,
}

/// Who stands in which relation to the thing acted upon.
#[derive(Clone, Copy, Debug, Default)]
pub struct Object {
    /// The customer it belongs to.
    pub customer: Option<UserId>,
    /// The business it belongs to.
    pub provider: Option<ProviderId>,
    /// The member it is assigned to.
    pub member: Option<MemberId>,
}

/// A relation of an actor to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    SignedIn,
    InPerson,
    Customer,
    Owner,
    Manager,
    AssignedMember,
    Colleague,
    Operator(Role),
    System,
}

/// The table of rights. A row allows; what no row allows is refused.
const RIGHTS: &[(Action, Who)] = &[
    (Action::Book, Who::SignedIn),
    (Action::SeeBooking, Who::Customer),
    (Action::SeeBooking, Who::Manager),
    (Action::SeeBooking, Who::AssignedMember),
    (Action::SeeBooking, Who::Operator(Role::OpsManager)),
    (Action::SeeBooking, Who::Operator(Role::Admin)),
    (Action::ActAsCustomer, Who::Customer),
    (Action::ActAsProvider, Who::Manager),
    (Action::ActAsProvider, Who::AssignedMember),
    (Action::GiveVisit, Who::Manager),
    (Action::KeepCalendar, Who::Manager),
    (Action::KeepCalendar, Who::AssignedMember),
    (Action::SeeCalendar, Who::Colleague),
    (Action::SeePortal, Who::Colleague),
    (Action::SeeTeam, Who::Colleague),
    (Action::ManageTeam, Who::Manager),
    (Action::ManageOwners, Who::Owner),
    (Action::LeaveTeam, Who::AssignedMember),
    (Action::ReadAudit, Who::Operator(Role::Auditor)),
    (Action::ReadAudit, Who::Operator(Role::Admin)),
    (Action::Block, Who::Customer),
    (Action::Block, Who::Manager),
    (Action::KeepListings, Who::Manager),
    (Action::DescribeBusiness, Who::Manager),
    (Action::RenameBusiness, Who::Owner),
    (Action::ReviewListings, Who::Operator(Role::Admin)),
    (Action::ManageCategories, Who::Operator(Role::Admin)),
    (Action::RunClock, Who::System),
    (Action::SeeBackOffice, Who::Operator(Role::OnboardingManager)),
    (Action::SeeBackOffice, Who::Operator(Role::OpsManager)),
    (Action::SeeBackOffice, Who::Operator(Role::Admin)),
    (Action::SeeBackOffice, Who::Operator(Role::Auditor)),
    (Action::SeeUsers, Who::Operator(Role::OpsManager)),
    (Action::SeeUsers, Who::Operator(Role::Admin)),
    (Action::ManageUsers, Who::Operator(Role::Admin)),
    (Action::GrantRoles, Who::Operator(Role::Superadmin)),
    (Action::GrantRoles, Who::System),
    (Action::ActOnBehalf, Who::Operator(Role::Admin)),
    (Action::ActInPerson, Who::InPerson),
    (Action::Apply, Who::InPerson),
    (Action::ShowDocuments, Who::Manager),
    (Action::CheckProviders, Who::Operator(Role::OnboardingManager)),
    (Action::CheckProviders, Who::Operator(Role::Admin)),
];

/// What a key needs for it beside the rights of its person. What has no row no key can do.
const SCOPES: &[(Action, Scope)] = &[
    (Action::Book, Scope::BookingsWrite),
    (Action::SeeBooking, Scope::BookingsRead),
    (Action::ActAsCustomer, Scope::BookingsWrite),
    (Action::ActAsProvider, Scope::BookingsWrite),
    (Action::GiveVisit, Scope::BookingsWrite),
    (Action::SeeCalendar, Scope::CalendarRead),
    (Action::KeepCalendar, Scope::CalendarWrite),
    (Action::SeePortal, Scope::BookingsRead),
];

/// Whether `actor` may do `action` to `object`.
#[must_use]
pub fn can(actor: &Actor, action: Action, object: &Object) -> bool {
    RIGHTS.iter().any(|(row, who)| *row == action && stands(actor, *who, object)) && within_scopes(actor, action)
}

fn within_scopes(actor: &Actor, action: Action) -> bool {
    actor.scopes.is_none() || SCOPES.iter().any(|(row, scope)| *row == action && actor.allows(*scope))
}

fn stands(actor: &Actor, who: Who, object: &Object) -> bool {
    match who {
        Who::SignedIn => actor.user.is_some(),
        Who::InPerson => actor.user.is_some() && actor.behalf.is_none(),
        Who::Customer => actor.user.is_some() && actor.user == object.customer,
        Who::Owner => object.provider.is_some_and(|p| actor.owns(p)),
        Who::Manager => object.provider.is_some_and(|p| actor.manages(p)),
        Who::AssignedMember => object.member.is_some_and(|m| actor.is_member(m)),
        Who::Colleague => object.provider.is_some_and(|p| actor.works_for(p)),
        // A superadmin may do what any operator may.
        Who::Operator(role) => actor.has(role) || actor.has(Role::Superadmin),
        Who::System => actor.has(Role::System),
    }
}
