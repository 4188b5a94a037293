//! From a session to the actor every use case is told.

use app::request::{Failure, see_other};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::kernel::{Action, Actor, Behalf, Error, Membership, Object, RequestId, Role, UserId, can};
use jiff::Timestamp;
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

use super::store::PERSON;
use super::{BEHALF, Visit};

/// What the store brings along about the person, in the same statement as the session.
#[derive(Debug, Deserialize)]
pub struct Person {
    pub user: UserId,
    pub session: Uuid,
    #[serde(default)]
    pub second: bool,
    pub name: String,
    pub picture: Option<String>,
    pub roles: Vec<String>,
    /// Of the person who is acted for, if one is.
    pub memberships: Vec<Membership>,
    /// The session was opened further, to act for somebody.
    #[serde(default)]
    pub bears: bool,
    #[serde(default)]
    pub behalf: Option<Act>,
    /// The person may do more than when the session got its id.
    #[serde(default)]
    pub risen: bool,
}

/// For whom the person acts.
#[derive(Debug, Deserialize)]
pub struct Act {
    pub act: Uuid,
    pub person: UserId,
    pub first_name: String,
    pub last_name: String,
    pub roles: Vec<String>,
    pub reason: String,
    pub until: Timestamp,
    /// Nobody stopped it, its time is not over, and the person's account is in use.
    pub open: bool,
}

/// Puts the [`Actor`] into the request, and into the response for layers outside.
pub async fn attach_actor(mut request: Request, next: Next) -> Response {
    let (Some(visit), Some(id)) = (request.extensions().get::<Visit>(), request.extensions().get::<RequestId>()) else {
        return Failure(Error::internal("a request reached its page without passing the door")).into_response();
    };
    let mut actor = Actor::visitor(visit.address, *id);
    // A browser without a session is a visitor, and nobody needs to be asked.
    if let Some(session) = request.extensions().get::<Session>().filter(|session| session.id().is_some()) {
        match session.get::<Person>(PERSON).await {
            Ok(Some(person)) => {
                // More rights come with another id: whoever knows this one gets none of them.
                if person.risen
                    && let Err(error) = session.cycle_id().await
                {
                    return away(&error);
                }
                let (bears, person_of_act) = (person.bears, person.behalf.as_ref().map(|act| act.person));
                actor = who(actor, person);
                if bears && actor.behalf.is_none() {
                    return over(session, person_of_act).await;
                }
            }
            Ok(None) => {}
            Err(error) => return away(&error),
        }
    }
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(actor);
    response
}

/// The person of a session, or whom they act for.
fn who(visitor: Actor, person: Person) -> Actor {
    let mut actor = Actor {
        user: Some(person.user),
        name: person.name,
        picture: person.picture,
        session: Some(person.session),
        roles: roles(&person.roles),
        memberships: person.memberships,
        ..visitor
    };
    // A stolen password alone opens no back office.
    if !person.second && actor.is_operator() {
        actor.roles.retain(|role| !role.is_operators());
        actor.asleep = true;
    }
    let Some(act) = person.behalf else { return actor };
    let theirs = roles(&act.roles);
    // Whoever may not act any more does not, and nobody acts for somebody who has become an operator meanwhile.
    let may = act.open && can(&actor, Action::ActOnBehalf, &Object::default());
    if !may || theirs.iter().any(|role| role.is_operators()) {
        return actor;
    }
    Actor {
        user: Some(act.person),
        behalf: Some(Behalf {
            id: act.act,
            operator: person.user,
            operator_name: actor.name,
            operator_roles: actor.roles,
            person_name: format!("{} {}", act.first_name, act.last_name),
            reason: act.reason,
            until: act.until,
        }),
        name: act.first_name,
        // Initials: at the top stands neither the operator's face nor that of somebody who is not there.
        picture: None,
        roles: theirs,
        ..actor
    }
}

/// The act is over, and the operator has their own rights again: under a new id, and with nothing done that was asked
/// for in the other name.
async fn over(session: &Session, person: Option<UserId>) -> Response {
    let ended = async {
        session.cycle_id().await?;
        session.remove_value(BEHALF).await
    };
    if let Err(error) = ended.await {
        return away(&error);
    }
    let back = person.map_or_else(|| "/admin".to_owned(), |person| format!("/admin/users/{}", person.0));
    see_other(&format!("{back}?said=act-over"))
}

fn roles(names: &[String]) -> Vec<Role> {
    names.iter().filter_map(|role| Role::parse(role)).collect()
}

fn away(error: &tower_sessions::session::Error) -> Response {
    Failure(Error::Unavailable(error.to_string())).into_response()
}
