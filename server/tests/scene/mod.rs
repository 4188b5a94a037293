//! One of everything there is, of one person and of others, and a world that stands still: whoever asks finds it as it
//! was, whatever the one before did.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod addresses;
mod forms;
mod things;

use crate::house::{self, House, cookie, house_with_calendars};
use axum::body::Body;
use axum::http::{Method, Request, Response};
use domain::kernel::Role;
use domain::testing::{Elsewhere, PASSWORD, Provider, User};
use sqlx::Executor;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody in every relation to the things asked for.
pub const PEOPLE: [&str; 13] = [
    "visitor",
    "customer",
    "other customer",
    "owner",
    "assigned",
    "colleague",
    "other provider",
    "onboarding",
    "ops",
    "admin",
    "superadmin",
    "auditor",
    "operator without second factor",
];

pub struct Scene {
    pub house: House,
    /// The sessions of [`PEOPLE`].
    pub sessions: Vec<Option<String>>,
    /// What things are called in addresses and forms.
    things: BTreeMap<&'static str, String>,
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

pub async fn signed_in(house: &House, user: &User, second: bool) -> String {
    let session = cookie(&house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await);
    if second {
        sqlx::query("UPDATE sessions SET data = data || '{\"second\": true}' WHERE user_id = $1")
            .bind(user.id.0)
            .execute(house.world.owner())
            .await
            .unwrap();
    }
    session.unwrap()
}

/// Who things belong to: Ana books with Bea's business, where Cem does the work and Dina is a colleague.
struct Cast {
    ana: User,
    ben: User,
    business: Provider,
    cem: domain::testing::Member,
    dina: domain::testing::Member,
    other: Provider,
    boss: User,
    checker: User,
}

impl Scene {
    pub async fn set() -> Self {
        let mut settings = house::settings();
        settings.rate_limits = false;
        let house = house_with_calendars(settings, Arc::new(Elsewhere::default())).await;
        let world = &house.world;
        let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
        let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
        let (cem, dina) = (business.member("Cem").await, business.member("Dina").await);
        let other = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
        let mut operators = Vec::new();
        for role in [Role::OnboardingManager, Role::OpsManager, Role::Admin, Role::Superadmin, Role::Auditor] {
            operators.push(world.operator(role.title(), role).await);
        }
        let (checker, boss) = (operators[0].clone(), operators[3].clone());
        let cast = Cast { ana, ben, business, cem, dina, other, boss, checker };
        let things = things::begun(world, &cast).await;

        // Who has a passkey is asked for it at the door: everybody is inside before there is one.
        let mut sessions = vec![None];
        let Cast { ana, ben, business, cem, dina, other, .. } = &cast;
        for user in [ana, ben, &business.owner.user, &cem.user, &dina.user, &other.owner.user] {
            sessions.push(Some(signed_in(&house, user, false).await));
        }
        for operator in &operators {
            sessions.push(Some(signed_in(&house, operator, true).await));
        }
        let asleep = house.world.operator("Asleep", Role::Superadmin).await;
        sessions.push(Some(signed_in(&house, &asleep, false).await));
        let things = things::made(&house.world, &cast, things).await;
        house.world.owner().execute(include_str!("still.sql")).await.unwrap();
        Self { house, sessions, things }
    }

    /// The address with the thing it is about.
    pub fn address(&self, path: &str) -> String {
        let Some((before, rest)) = path.split_once('{') else { return path.to_owned() };
        let after = rest.split_once('}').unwrap().1;
        let thing = addresses::thing(path).unwrap_or_else(|| panic!("what is {path} about? tests/scene/addresses.rs"));
        format!("{before}{}{after}", self.thing(thing))
    }

    /// What somebody sends there who means it, as a form; empty where nothing needs to be said.
    pub fn body(&self, path: &str) -> String {
        let mut body = String::new();
        let mut rest = forms::body(path);
        while let Some((before, more)) = rest.split_once('{') {
            let (thing, after) = more.split_once('}').unwrap();
            let value = self.thing(thing);
            body.push_str(before);
            if thing.ends_with("form") {
                body.push_str(value);
            } else {
                body.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            }
            rest = after;
        }
        body + rest
    }

    fn thing(&self, thing: &str) -> &str {
        self.things.get(thing).unwrap_or_else(|| panic!("there is no {thing}: tests/scene/things.rs makes them"))
    }

    /// Lets everything be as it has to be for somebody to get in at all.
    pub async fn prepare(&self, path: &str) {
        if let Some(before) = addresses::before(path) {
            self.house.world.owner().execute(before).await.unwrap();
        }
    }

    pub async fn ask(&self, method: &Method, address: &str, body: &str, session: Option<&str>) -> Response<Body> {
        ask(&self.house, method, address, body, session).await
    }

    /// What has changed since the scene was set: tables and rows, those that are gone with a minus before the table.
    pub async fn news(&self) -> Vec<(String, serde_json::Value)> {
        sqlx::query_as("SELECT name, content FROM still.news()").fetch_all(self.house.world.owner()).await.unwrap()
    }

    /// Everything as it was when the scene was set.
    pub async fn again(&self) {
        self.house.world.owner().execute("SELECT still.again()").await.unwrap();
    }
}

pub async fn ask(house: &House, method: &Method, address: &str, body: &str, session: Option<&str>) -> Response<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(session) = session {
        request = request.header("cookie", session);
    }
    house.ask(request.body(Body::from(body.to_owned())).unwrap()).await
}
