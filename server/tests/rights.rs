//! Who gets in where: every address of the site map, for everybody there is, against the table in `rights.table`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod house;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::Choice;
use domain::kernel::{Role, UserId};
use domain::testing::{PASSWORD, User};
use house::{House, cookie, house};
use std::fmt::Write as _;

/// The columns of the table: somebody in every relation to the things asked for.
const PEOPLE: [&str; 13] = [
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
/// Ending the session, or leaving the business, would end the test for whoever comes next.
const NOT_POSTED: [&str; 2] = ["/logout", "/provider/team/leave"];

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn signed_in(house: &House, user: &User, second: bool) -> String {
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

struct Scene {
    sessions: Vec<Option<String>>,
    service: String,
    provider: String,
    booking: String,
    person: String,
}

/// A booking of Ana's with Bea's business, which Cem is to do.
async fn scene(house: &House) -> Scene {
    let world = &house.world;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (business.member("Cem").await, business.member("Dina").await);
    let other = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let service = world.service(&business, |service| service.called("Fix a leak").done_by(&[&cem])).await;
    let wish = Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some("2026-11-04T10:00:00Z".parse().unwrap()),
        address: Address { street: "Linienstraße 1".into(), postal_code: "10119".into(), city: "Berlin".into() },
        note: String::new(),
        key: world.ctx().id::<UserId>().0,
    };
    let customer = world.actor(&ana).await;
    let booking = bookings::book(world.ctx(), &customer, wish).await.unwrap();
    let words = Words { note: String::new(), satisfaction: None };
    bookings::advance(world.ctx(), &customer, &booking, Event::Confirm, words).await.unwrap();
    let person = world.operator("Target", Role::Auditor).await;
    let mut sessions = vec![None];
    for user in [&ana, &ben, &business.owner.user, &cem.user, &dina.user, &other.owner.user] {
        sessions.push(Some(signed_in(house, user, false).await));
    }
    for role in [Role::OnboardingManager, Role::OpsManager, Role::Admin, Role::Superadmin, Role::Auditor] {
        let operator = world.operator(role.title(), role).await;
        sessions.push(Some(signed_in(house, &operator, true).await));
    }
    let asleep = world.operator("Asleep", Role::Superadmin).await;
    sessions.push(Some(signed_in(house, &asleep, false).await));
    Scene { sessions, service: service.slug, provider: business.slug, booking, person: person.id.0.to_string() }
}

impl Scene {
    fn address(&self, path: &str) -> String {
        let provider = path.starts_with("/providers/");
        path.replace("{slug}", if provider { &self.provider } else { &self.service })
            .replace("{key}", &self.provider)
            .replace("{reference}", &self.booking)
            .replace("{id}", &self.person)
            .replace("{token}", "no-such-link")
            .replace("{kind}", "services.xml")
    }
}

/// One letter for an answer: let in, sent to log in, sent to set the second factor up, nothing there, forbidden.
fn letter(answer: &Response<Body>) -> char {
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap()).unwrap_or_default();
    match answer.status() {
        StatusCode::SEE_OTHER if to.starts_with("/login") => 'L',
        StatusCode::SEE_OTHER if to == "/account/security" => '2',
        StatusCode::UNAUTHORIZED => 'L',
        StatusCode::NOT_FOUND => '-',
        StatusCode::FORBIDDEN => 'x',
        status if status.is_server_error() => '!',
        _ => 'o',
    }
}

/// What has to be in a form for it to mean anything.
fn body(path: &str) -> &'static str {
    match path {
        "/account/sessions" => "which=others",
        "/admin/users/{id}/take-role" => "role=auditor",
        _ => "",
    }
}

async fn ask(house: &House, method: &Method, address: &str, body: &str, session: Option<&str>) -> Option<char> {
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(session) = session {
        request = request.header("cookie", session);
    }
    let answer = house.ask(request.body(Body::from(body.to_owned())).unwrap()).await;
    (answer.status() != StatusCode::METHOD_NOT_ALLOWED).then(|| letter(&answer))
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_in_where_the_table_says_and_nowhere_else() {
    let mut settings = house::settings();
    settings.rate_limits = false;
    let house = house::house_with(settings, Vec::new()).await;
    let scene = scene(&house).await;
    let mut table = String::from(
        "# Who gets in where. o: let in, L: sent to log in, 2: sent to set the second factor up, -: nothing there for them.\n",
    );
    writeln!(table, "# {}", PEOPLE.join(" | ")).unwrap();
    for method in [Method::GET, Method::POST] {
        for (path, _) in app::routes::site() {
            if method == Method::POST && NOT_POSTED.contains(&path) {
                continue;
            }
            let address = scene.address(path);
            let mut letters = String::new();
            for session in &scene.sessions {
                letters.extend(ask(&house, &method, &address, body(path), session.as_deref()).await);
            }
            if !letters.is_empty() {
                writeln!(table, "{letters}  {method} {path}").unwrap();
            }
        }
    }
    let expected = include_str!("rights.table");
    let differing: Vec<String> = table
        .lines()
        .filter(|line| !expected.lines().any(|known| known == *line))
        .map(|line| format!("is        {line}"))
        .chain(
            expected
                .lines()
                .filter(|line| !table.lines().any(|now| now == *line))
                .map(|line| format!("should be {line}")),
        )
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The control: the test above sees a door that stands open.
#[tokio::test]
async fn the_letters_tell_refusals_from_answers() {
    let house = house().await;
    assert_eq!(ask(&house, &Method::GET, "/admin", "", None).await, Some('L'));
    let ana = house.world.customer("Ana").await;
    let session = signed_in(&house, &ana, false).await;
    assert_eq!(ask(&house, &Method::GET, "/admin", "", Some(&session)).await, Some('-'));
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let session = signed_in(&house, &boss, false).await;
    assert_eq!(ask(&house, &Method::GET, "/admin", "", Some(&session)).await, Some('2'));
    let session = signed_in(&house, &boss, true).await;
    assert_eq!(ask(&house, &Method::GET, "/admin", "", Some(&session)).await, Some('o'));
}
