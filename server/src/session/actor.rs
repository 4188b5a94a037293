//! From a session to the actor every use case is told.

use app::request::Failure;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::kernel::{Actor, Error, Membership, RequestId, Role, UserId};
use serde::Deserialize;
use tower_sessions::Session;

use super::Visit;
use super::store::PERSON;

/// What the store brings along about the person, in the same statement as the session.
#[derive(Debug, Deserialize)]
pub struct Person {
    pub user: UserId,
    pub session: uuid::Uuid,
    #[serde(default)]
    pub second: bool,
    pub name: String,
    pub roles: Vec<String>,
    pub memberships: Vec<Membership>,
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
                actor.user = Some(person.user);
                actor.name = person.name;
                actor.session = Some(person.session);
                actor.roles = person.roles.iter().filter_map(|role| Role::parse(role)).collect();
                // A stolen password alone opens no back office.
                if !person.second && actor.is_operator() {
                    actor.roles.retain(|role| !role.is_operators());
                    actor.asleep = true;
                }
                actor.memberships = person.memberships;
            }
            Ok(None) => {}
            Err(error) => return Failure(Error::Unavailable(error.to_string())).into_response(),
        }
    }
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(actor);
    response
}
