//! Sessions: hashed at rest, never overwritten, rotated at login, ended by disuse and by age.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use app::request::PageRequest;
use app::site::Site;
use axum::body::Body;
use axum::http::Request;
use axum::routing::{MethodRouter, get, post};
use domain::kernel::{Role, UserId};
use house::{House, cookie, house_with, settings, text};
use jiff::SignedDuration;
use server::session::{PgSessionStore, ROUND, USER};
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::{Session, SessionStore};

/// A page that signs in whoever is named, as the login does.
fn pages() -> Vec<(&'static str, MethodRouter<Site>)> {
    let enter = post(|session: Session, who: String| async move {
        session.cycle_id().await.unwrap();
        session.insert(USER, UserId(who.parse().unwrap())).await.unwrap();
    });
    let leave = post(|session: Session| async move { session.flush().await.unwrap() });
    let note = post(|session: Session| async move { session.insert("note", "hello").await.unwrap() });
    let who = get(|page: PageRequest| async move {
        let actor = page.actor();
        format!(
            "{:?} {} {:?} {}",
            actor.user.map(|user| user.0.to_string()),
            actor.name,
            actor.roles,
            actor.memberships.len()
        )
    });
    vec![("/test/enter", enter), ("/test/leave", leave), ("/test/note", note), ("/test/who", who)]
}

async fn opened() -> House {
    house_with(settings(), pages()).await
}

async fn who(house: &House, cookie: &str) -> String {
    text(house.ask(Request::get("/test/who").header("cookie", cookie).body(Body::empty()).unwrap()).await).await
}

async fn enter(house: &House, user: UserId, with: Option<&str>) -> String {
    cookie(&house.post("/test/enter", with, &user.0.to_string()).await).unwrap()
}

#[tokio::test]
async fn a_visitor_gets_no_cookie() {
    let house = opened().await;
    let response = house.get("/test/who").await;
    assert_eq!(cookie(&response), None);
    assert!(text(response).await.starts_with("None"));
}

#[tokio::test]
async fn one_statement_tells_who_is_there() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    let (said, statements) = house.world.statements(who(&house, &cookie)).await;
    assert!(said.contains(&ana.id.0.to_string()) && said.contains("Ana"), "{said}");
    assert_eq!(statements.len(), 1, "{statements:?}");
}

#[tokio::test]
async fn the_cookie_is_as_closed_as_can_be() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let response = house.post("/test/enter", None, &ana.id.0.to_string()).await;
    let set = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(set.starts_with("__Host-session="), "{set}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=7776000"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
}

#[tokio::test]
async fn only_hashes_are_kept() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    let secret = cookie.split('=').nth(1).unwrap();
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT to_jsonb(s)::text FROM sessions s").fetch_all(house.world.owner()).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains(&ana.id.0.to_string()));
    assert!(!rows[0].contains(secret));
    let id: Id = secret.parse().unwrap();
    assert!(!rows[0].contains(&format!("{:032x}", id.0)));
}

#[tokio::test]
async fn signing_in_changes_the_id_and_the_old_one_dies() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let before = cookie(&house.post("/test/note", None, "").await).unwrap();
    let after = enter(&house, ana.id, Some(&before)).await;
    assert_ne!(before, after);
    assert!(who(&house, &after).await.contains("Ana"));
    assert!(who(&house, &before).await.starts_with("None"));
    // A planted id is not taken on.
    let planted = format!("__Host-session={}", Id::default());
    let own = enter(&house, ana.id, Some(&planted)).await;
    assert_ne!(planted, own);
}

#[tokio::test]
async fn signing_out_ends_it_on_the_server() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    house.post("/test/leave", Some(&cookie), "").await;
    assert!(who(&house, &cookie).await.starts_with("None"));
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(house.world.owner()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_fortnight_unused_or_ninety_days_end_it() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    let days = |count: i64| SignedDuration::from_hours(count * 24);
    for _ in 0..6 {
        house.world.advance(days(13));
        assert!(who(&house, &cookie).await.contains("Ana"), "in use, it goes on");
    }
    house.world.advance(days(12));
    assert!(who(&house, &cookie).await.starts_with("None"), "ninety days are the end");

    let cookie = enter(&house, ana.id, None).await;
    house.world.advance(days(14));
    assert!(who(&house, &cookie).await.starts_with("None"), "a fortnight unused is the end");
    let store = PgSessionStore::new(house.world.ctx().clone());
    assert_eq!(store.delete_ended().await.unwrap(), 2);
}

#[tokio::test]
async fn an_hour_unused_or_a_working_day_end_an_operators() {
    let house = opened().await;
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let minutes = SignedDuration::from_mins;
    let cookie = enter(&house, boss.id, None).await;
    house.world.advance(minutes(59));
    assert!(who(&house, &cookie).await.contains("Boss"));
    house.world.advance(minutes(60));
    assert!(who(&house, &cookie).await.starts_with("None"), "an hour unused is the end");

    let cookie = enter(&house, boss.id, None).await;
    for _ in 0..17 {
        house.world.advance(minutes(40));
        assert!(who(&house, &cookie).await.contains("Boss"), "in use, it goes on");
    }
    house.world.advance(minutes(40));
    assert!(who(&house, &cookie).await.starts_with("None"), "after twelve hours it is evening");

    // Who becomes one while logged in is one for the session as well.
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    sqlx::query("INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'auditor', now())")
        .bind(ana.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    house.world.advance(minutes(30));
    let risen = Request::get("/test/who").header("cookie", cookie).body(Body::empty()).unwrap();
    let risen = house.ask(risen).await;
    let cookie = house::cookie(&risen).expect("another id");
    assert!(text(risen).await.contains("Ana"));
    house.world.advance(minutes(61));
    assert!(who(&house, &cookie).await.starts_with("None"));
}

#[tokio::test]
async fn a_suspended_person_is_out_at_once() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let cookie = enter(&house, ana.id, None).await;
    sqlx::query("UPDATE users SET suspended_at = now()").execute(house.world.owner()).await.unwrap();
    assert!(who(&house, &cookie).await.starts_with("None"));
}

#[tokio::test]
async fn an_id_that_is_taken_is_not_overwritten() {
    let house = opened().await;
    let store = PgSessionStore::new(house.world.ctx().clone());
    let record = |note: &str| Record {
        id: Id(7),
        data: [("note".to_owned(), serde_json::json!(note))].into(),
        expiry_date: OffsetDateTime::UNIX_EPOCH,
    };
    let (mut first, mut second) = (record("first"), record("second"));
    store.create(&mut first).await.unwrap();
    store.create(&mut second).await.unwrap();
    assert_eq!(first.id, Id(7));
    assert_ne!(second.id, Id(7));
    assert_eq!(store.load(&Id(7)).await.unwrap().unwrap().data["note"], "first");

    // Saving does not bring back what was ended meanwhile.
    store.delete(&Id(7)).await.unwrap();
    store.save(&first).await.unwrap();
    assert!(store.load(&Id(7)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_login_that_is_over_by_now_leaves_no_session() {
    let house = opened().await;
    let ana = house.world.customer("Ana").await;
    let store = PgSessionStore::new(house.world.ctx().clone());
    let record = |id: i128, round: i64| Record {
        id: Id(id),
        data: [(USER.to_owned(), serde_json::json!(ana.id)), (ROUND.to_owned(), serde_json::json!(round))].into(),
        expiry_date: OffsetDateTime::UNIX_EPOCH,
    };
    store.create(&mut record(7, 0)).await.unwrap();
    assert!(store.load(&Id(7)).await.unwrap().is_some());
    sqlx::query("UPDATE users SET round = 1").execute(house.world.owner()).await.unwrap();
    store.create(&mut record(8, 0)).await.unwrap();
    assert!(store.load(&Id(8)).await.unwrap().is_none(), "all sessions were ended between the login and this");
    store.create(&mut record(9, 1)).await.unwrap();
    assert!(!store.load(&Id(9)).await.unwrap().unwrap().data.contains_key(ROUND), "asked once");
}
