//! Who gets in where: every address of the site map, for everybody there is, against the table in `rights.table`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;
use crate::scene;

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use domain::kernel::Role;
use house::house;
use scene::{PEOPLE, Scene, signed_in};
use std::fmt::Write as _;

/// Where nobody of [`PEOPLE`] gets in, and why that proves something all the same.
const NOBODY: &[(&str, &str)] = &[
    (
        "/login/two-factor",
        "for sessions that are half-way in: server/tests/accounts.rs and passkeys.rs walk through it",
    ),
    ("/account/acting/stop", "for sessions that act for somebody: server/tests/behalf.rs"),
    ("/account/appeal", "for the suspended, whose session is of a kind of its own: server/tests/back_office.rs"),
];

/// One letter for an answer: let in, sent to log in, sent to set the second factor up, nothing there, forbidden.
fn letter(answer: &Response<Body>) -> char {
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap()).unwrap_or_default();
    match answer.status() {
        // Who has registered, or chosen a new password, goes on there as well, with a word about it.
        StatusCode::SEE_OTHER if to == "/login" || to.starts_with("/login?next=") => 'L',
        StatusCode::SEE_OTHER if to == "/account/security" => '2',
        StatusCode::UNAUTHORIZED => 'L',
        StatusCode::NOT_FOUND => '-',
        StatusCode::FORBIDDEN => 'x',
        status if status.is_server_error() => '!',
        _ => 'o',
    }
}

/// The letter of what somebody gets who means it; none where nothing answers that way. Everybody finds the world as it was.
async fn asked(scene: &Scene, method: &Method, path: &str, session: Option<&str>) -> Option<char> {
    scene.prepare(path).await;
    let body = if method == Method::POST { scene.body(path) } else { String::new() };
    let answer = scene.ask(method, &scene.address(path), &body, session).await;
    scene.again().await;
    (answer.status() != StatusCode::METHOD_NOT_ALLOWED).then(|| letter(&answer))
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_in_where_the_table_says_and_nowhere_else() {
    let scene = Scene::set().await;
    let mut table = String::from(
        "# Who gets in where. o: let in, L: sent to log in, 2: sent to set the second factor up, -: nothing there for them.\n",
    );
    writeln!(table, "# {}", PEOPLE.join(" | ")).unwrap();
    let mut proves_nothing = Vec::new();
    for method in [Method::GET, Method::POST] {
        for (path, _) in app::routes::site() {
            let mut letters = String::new();
            for session in &scene.sessions {
                letters.extend(asked(&scene, &method, path, session.as_deref()).await);
            }
            if letters.is_empty() {
                continue;
            }
            writeln!(table, "{letters}  {method} {path}").unwrap();
            if !letters.contains(['o', 'x']) && !NOBODY.iter().any(|(known, _)| path.starts_with(known)) {
                proves_nothing.push(format!("nobody gets in at {method} {path}: {letters}"));
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
    assert!(proves_nothing.is_empty(), "{}\n\n{}", proves_nothing.join("\n"), differing.join("\n"));
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The control: the test above sees a door that stands open.
#[tokio::test]
async fn the_letters_tell_refusals_from_answers() {
    let house = house().await;
    let door = async |session| letter(&scene::ask(&house, &Method::GET, "/admin", "", session).await);
    assert_eq!(door(None).await, 'L');
    let ana = house.world.customer("Ana").await;
    let session = signed_in(&house, &ana, false).await;
    assert_eq!(door(Some(&session)).await, '-');
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let session = signed_in(&house, &boss, false).await;
    assert_eq!(door(Some(&session)).await, '2');
    let session = signed_in(&house, &boss, true).await;
    assert_eq!(door(Some(&session)).await, 'o');
}
