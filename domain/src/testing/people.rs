//! People of a story, and who they are when they act.

use super::store::{self, NewUser};
use super::{Story, World};
use crate::accounts::HalfWay;
use crate::kernel::{Actor, Membership, Role, UserId};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;

/// The password of everybody in a story.
pub const PASSWORD: &str = "a quiet morning";

/// Checked like any other, but made with the least work Argon2id allows.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let params = Params::new(8, 1, 1, None).expect("the least parameters");
    let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    cheap.hash_password(PASSWORD.as_bytes()).expect("a hash").to_string()
});

/// A person with a login.
#[derive(Clone, Debug)]
pub struct User {
    /// Which one.
    pub id: UserId,
    /// What they sign in with.
    pub email: String,
    /// The first name.
    pub name: String,
}

impl World {
    /// Somebody who books services, with a proved address. `ana@example.org`; two people of one name differ in a number.
    pub async fn customer(&self, name: &str) -> User {
        self.story.person(name, &["customer"]).await
    }

    /// Somebody of the marketplace's own people.
    pub async fn operator(&self, name: &str, role: Role) -> User {
        self.story.person(name, &[role.name()]).await
    }

    /// Nobody has proved this person's address.
    pub async fn unproved(&self, user: &User) {
        store::unproved(&self.story, user.id).await.expect("a person");
    }

    /// Somebody whose password was right a moment ago.
    pub async fn half_way(&self, user: &User) -> HalfWay {
        HalfWay { user: user.id, round: store::round(&self.story, user.id).await.expect("a person") }
    }

    /// A person as the one who acts, with all roles and places of work they have by now.
    pub async fn actor(&self, user: &User) -> Actor {
        let memberships = store::memberships(&self.story, user.id).await.expect("memberships");
        let roles = store::roles(&self.story, user.id).await.expect("roles");
        Actor {
            user: Some(user.id),
            name: user.name.clone(),
            roles: roles.iter().filter_map(|role| Role::parse(role)).collect(),
            memberships: memberships
                .into_iter()
                .map(|(provider, member, role, business)| Membership {
                    provider,
                    member,
                    manages: role != "member",
                    owns: role == "owner",
                    business,
                })
                .collect(),
            ..self.visitor()
        }
    }
}

impl Story {
    pub(super) async fn person(&self, name: &str, roles: &[&str]) -> User {
        let id: UserId = self.ctx.id();
        let taken = store::people_called(self, name).await.expect("a count of people");
        let number = if taken == 0 { String::new() } else { (taken + 1).to_string() };
        let email = format!("{}{number}@example.org", name.to_lowercase().replace(' ', "."));
        let row = NewUser { id, email: &email, first_name: name, last_name: "Example", password_hash: &HASH, roles };
        store::user(self, &row).await.expect("a person");
        User { id, email, name: name.to_owned() }
    }
}
