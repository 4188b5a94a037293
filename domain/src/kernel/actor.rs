//! Who acts: every use case is told.

use super::behalf::Behalf;
use super::ids::{MemberId, ProviderId, RequestId, UserId};
use super::scope::Scope;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr};

/// A role of the marketplace's own people. Customers and providers need none: everyone with a
/// login is a customer, and memberships make a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Books services.
    Customer,
    /// Offers services; which business, memberships say.
    Provider,
    /// Provider applications and verification.
    OnboardingManager,
    /// Bookings, assignments, payments, refunds, disputes.
    OpsManager,
    /// Everything but roles.
    Admin,
    /// Everything, roles too.
    Superadmin,
    /// Reads the history, and changes nothing.
    Auditor,
    /// A clock or a job of the marketplace itself.
    System,
}

impl Role {
    /// Those that people can have; the system's own is nobody's.
    pub const STORED: [Self; 7] = [
        Self::Customer,
        Self::Provider,
        Self::OnboardingManager,
        Self::OpsManager,
        Self::Admin,
        Self::Superadmin,
        Self::Auditor,
    ];

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Provider => "Provider",
            Self::OnboardingManager => "Onboarding manager",
            Self::OpsManager => "Operations manager",
            Self::Admin => "Admin",
            Self::Superadmin => "Superadmin",
            Self::Auditor => "Auditor",
            Self::System => "System",
        }
    }

    /// The name in the database and in audit entries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
            Self::OnboardingManager => "onboarding_manager",
            Self::OpsManager => "ops_manager",
            Self::Admin => "admin",
            Self::Superadmin => "superadmin",
            Self::Auditor => "auditor",
            Self::System => "system",
        }
    }

    /// Whether it is a role of the marketplace's own people: given by invitation, never chosen.
    #[must_use]
    pub const fn is_operators(self) -> bool {
        matches!(self, Self::OnboardingManager | Self::OpsManager | Self::Admin | Self::Superadmin | Self::Auditor)
    }

    /// The role of a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::STORED.into_iter().find(|role| role.name() == name)
    }
}

/// A person's place in a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The business.
    pub provider: ProviderId,
    /// The person as a bookable member of it.
    pub member: MemberId,
    /// Owners and managers act for the whole business, members for themselves.
    pub manages: bool,
    /// Owners decide about owners, too.
    #[serde(default)]
    pub owns: bool,
    /// Name of the business, for the switch of people who work for several.
    #[serde(default)]
    pub business: String,
}

/// Who acts, from where, in which request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person, if signed in.
    pub user: Option<UserId>,
    /// Their first name, for greeting.
    pub name: String,
    /// Key of their picture.
    pub picture: Option<String>,
    /// Roles of the login.
    pub roles: Vec<Role>,
    /// The businesses the person works for.
    pub memberships: Vec<Membership>,
    /// Where the request came from.
    pub address: IpAddr,
    /// Which request this is.
    pub request: RequestId,
    /// The session the request came with: a name for it that opens nothing.
    pub session: Option<uuid::Uuid>,
    /// The login has operator roles that wait until the second factor was shown; they are not among `roles`.
    pub asleep: bool,
    /// What a program may do that acts for the person through a key; `None` for people themselves, who may do all
    /// that is theirs.
    pub scopes: Option<Vec<Scope>>,
    /// The operator who acts for the person, if one does.
    pub behalf: Option<Behalf>,
}

impl Actor {
    /// Somebody who is not signed in.
    #[must_use]
    pub const fn visitor(address: IpAddr, request: RequestId) -> Self {
        Self {
            user: None,
            name: String::new(),
            picture: None,
            roles: Vec::new(),
            memberships: Vec::new(),
            address,
            request,
            session: None,
            asleep: false,
            scopes: None,
            behalf: None,
        }
    }

    /// The marketplace itself: clocks and jobs.
    #[must_use]
    pub fn system(request: RequestId) -> Self {
        Self { roles: vec![Role::System], ..Self::visitor(IpAddr::V4(Ipv4Addr::LOCALHOST), request) }
    }

    /// Whether the login has a role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the person works for a business.
    #[must_use]
    pub fn works_for(&self, provider: ProviderId) -> bool {
        self.memberships.iter().any(|m| m.provider == provider)
    }

    /// Whether the person may act for the whole business.
    #[must_use]
    pub fn manages(&self, provider: ProviderId) -> bool {
        self.memberships.iter().any(|m| m.provider == provider && m.manages)
    }

    /// Whether the person is an owner of a business.
    #[must_use]
    pub fn owns(&self, provider: ProviderId) -> bool {
        self.memberships.iter().any(|m| m.provider == provider && m.owns)
    }

    /// Whether the person is this member.
    #[must_use]
    pub fn is_member(&self, member: MemberId) -> bool {
        self.memberships.iter().any(|m| m.member == member)
    }

    /// The one member whose bookings and calendar the person may see in a business; `None` for those who
    /// act for all of it. Says nothing about people who do not work there.
    #[must_use]
    pub fn confined_to(&self, provider: ProviderId) -> Option<MemberId> {
        let own = self.memberships.iter().find(|m| m.provider == provider);
        own.filter(|_| !self.manages(provider)).map(|m| m.member)
    }

    /// The business `/provider` shows: the one the person has switched to, else the first.
    #[must_use]
    pub fn provider(&self) -> Option<ProviderId> {
        self.memberships.first().map(|m| m.provider)
    }

    /// Whether the login belongs to the marketplace's own people.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.roles.iter().any(|role| role.is_operators())
    }

    /// The person, come themselves, or the answer that one must sign in first. Keys do not do: what a key may be used
    /// for asks [`Self::signed_in_for`].
    ///
    /// # Errors
    /// [`super::Error::SignIn`] for visitors, [`super::Error::Forbidden`] for keys.
    pub fn signed_in(&self) -> Result<UserId, super::Error> {
        let user = self.user.ok_or(super::Error::SignIn)?;
        match self.scopes {
            None => Ok(user),
            Some(_) => Err(super::Error::Forbidden("no key opens this".to_owned())),
        }
    }

    /// The person, come themselves or through a key with this scope.
    ///
    /// # Errors
    /// [`super::Error::SignIn`] for visitors, [`super::Error::Forbidden`] for keys without the scope.
    pub fn signed_in_for(&self, scope: Scope) -> Result<UserId, super::Error> {
        let user = self.user.ok_or(super::Error::SignIn)?;
        if self.allows(scope) {
            Ok(user)
        } else {
            Err(super::Error::Forbidden(format!("the key has no scope {}", scope.name())))
        }
    }

    /// Whether a scope is open: to people themselves all are, to a key its own.
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// The person, when it is they themselves who act: for what protects an account, and for what is one's own word.
    ///
    /// # Errors
    /// [`super::Error::SignIn`] for visitors, [`super::Error::Forbidden`] for an operator who acts for the person.
    pub fn in_person(&self) -> Result<UserId, super::Error> {
        let user = self.signed_in()?;
        if super::can(self, super::Action::ActInPerson, &super::Object::default()) {
            Ok(user)
        } else {
            Err(super::Error::Forbidden("this is for the person alone".to_owned()))
        }
    }

    /// Whoever sits at the keyboard: the operator in their own right where one acts for a person, else the same.
    /// Businesses the operator works for are not known meanwhile.
    #[must_use]
    pub fn at_the_keyboard(&self) -> Self {
        let Some(behalf) = &self.behalf else { return self.clone() };
        Self {
            user: Some(behalf.operator),
            name: behalf.operator_name.clone(),
            roles: behalf.operator_roles.clone(),
            memberships: Vec::new(),
            behalf: None,
            ..self.clone()
        }
    }
}
