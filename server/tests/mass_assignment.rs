//! Fields nobody asked for: every form of the site is sent as it is meant, and once more with the name of every column
//! that is none of the sender's business beside. What the database makes of both has to be the same.

use crate::scene;

use axum::http::{Method, StatusCode};
use scene::{PEOPLE, Scene};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An id of nobody's, and a word nobody types: wherever one of them turns up, somebody believed a field.
const STRANGER: &str = "5e171e10-0000-7000-8000-00000000beef";
const WORD: &str = "sentinel-of-nobody";
/// What a program would like to be told.
const WISHES: &[(&str, &str)] = &[
    ("role", "superadmin"),
    ("roles", "superadmin"),
    ("is_admin", "true"),
    ("admin", "on"),
    ("owns", "true"),
    ("manages", "true"),
    ("state", "approved"),
    ("status", "live"),
    ("stage", "completed"),
    ("decision", "accept"),
    ("price", "0.01"),
    ("price_minor", "1"),
    ("price_cents", "1"),
    ("total_minor", "1"),
    ("currency", "JPY"),
    ("fee", "0"),
    ("verified", "true"),
    ("verified_at", "2001-01-01T00:00:00Z"),
    ("email_verified_at", "2001-01-01T00:00:00Z"),
    ("phone_verified_at", "2001-01-01T00:00:00Z"),
    ("suspended_at", "2001-01-01T00:00:00Z"),
    ("deleted_at", "2001-01-01T00:00:00Z"),
    ("published_at", "2001-01-01T00:00:00Z"),
    ("decided_at", "2001-01-01T00:00:00Z"),
    ("confirmed_at", "2001-01-01T00:00:00Z"),
    ("created_at", "2001-01-01T00:00:00Z"),
    ("at", "2001-01-01T00:00:00Z"),
    ("expires_at", "2999-01-01T00:00:00Z"),
    ("rating", "5"),
    ("rating_count", "9999"),
    ("featured", "true"),
    ("hidden", "true"),
    ("standing", "live"),
    ("round", "9"),
    ("id", STRANGER),
    ("user", STRANGER),
    ("user_id", STRANGER),
    ("by_id", STRANGER),
    ("customer_id", STRANGER),
    ("provider", STRANGER),
    ("provider_id", STRANGER),
    ("member_id", STRANGER),
    ("booking_id", STRANGER),
    ("application_id", STRANGER),
    ("decided_by", STRANGER),
    ("slug", WORD),
    ("reference", WORD),
    ("hash", WORD),
    ("password_hash", WORD),
    ("secret", WORD),
    ("credential_id", WORD),
    ("key_hash", WORD),
    ("customer_name", WORD),
    ("internal_note", WORD),
];
/// Ordinary people, who are no operators.
const ORDINARY: [&str; 4] = ["visitor", "customer", "owner", "colleague"];
/// So many forms change something when they are meant, else this test proves nothing.
const ENOUGH: usize = 55;
/// Whose address says what the form is about, so that what stands in it is asked for.
const ASKS_IN_ITS_ADDRESS: &str = "/favorites/searches/new";

/// What is different afterwards: for each column of a table its values, in order.
type News = BTreeMap<String, Vec<String>>;

async fn news(scene: &Scene) -> News {
    let mut news = News::new();
    for (table, row) in scene.news().await {
        // A session says when it was seen.
        let Value::Object(row) = row else { panic!("{table}: {row}") };
        for (column, value) in row {
            news.entry(format!("{table}.{column}")).or_default().push(value.to_string());
        }
    }
    news.values_mut().for_each(|values| values.sort());
    news
}

/// The wishes beside a form, each name as it is and as frameworks nest it; what the form asks for itself is its own.
fn beside(body: &str) -> String {
    let asked: BTreeSet<String> = form_urlencoded::parse(body.as_bytes()).map(|(name, _)| name.into_owned()).collect();
    let mut form = form_urlencoded::Serializer::new(body.to_owned());
    for (name, value) in WISHES.iter().filter(|(name, _)| !asked.contains(*name)) {
        form.append_pair(name, value);
        for nested in [format!("user[{name}]"), format!("user.{name}"), format!("data[{name}]")] {
            form.append_pair(&nested, value);
        }
    }
    form.finish()
}

async fn sent(scene: &Scene, path: &str, query: &str, body: &str, session: Option<&str>) -> (StatusCode, News) {
    scene.prepare(path).await;
    let address = format!("{}{query}", scene.address(path));
    let answer = scene.ask(&Method::POST, &address, body, session).await;
    let told = (answer.status(), news(scene).await);
    scene.again().await;
    told
}

/// Sends a form three times; says what is wrong, and whether it changes anything when it is meant.
async fn attacked(scene: &Scene, path: &str, session: Option<&str>) -> (Vec<String>, bool) {
    let body = scene.body(path);
    let (status, meant) = sent(scene, path, "", &body, session).await;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        return (Vec::new(), false);
    }
    // Once more: what is different now is made by chance, and is no proof for or against anybody.
    let (_, once_more) = sent(scene, path, "", &body, session).await;
    let evil = beside(&body);
    let wishes = beside("");
    let mut wrong = Vec::new();
    for (how, query, body) in [("in the form", String::new(), &evil), ("in the address", format!("?{wishes}"), &body)] {
        if !query.is_empty() && path == ASKS_IN_ITS_ADDRESS {
            continue;
        }
        let (became, news) = sent(scene, path, &query, body, session).await;
        if became != status {
            wrong.push(format!("{how}: {became} instead of {status}"));
        }
        let columns: BTreeSet<&String> = meant.keys().chain(news.keys()).collect();
        for column in columns {
            let (meant, again, now) = (meant.get(column), once_more.get(column), news.get(column));
            if meant == again && meant != now {
                wrong.push(format!("{how}: {column} is {now:?} instead of {meant:?}"));
            }
            let believed =
                now.is_some_and(|now| now.iter().any(|value| value.contains(STRANGER) || value.contains(WORD)));
            if believed {
                wrong.push(format!("{how}: {column} holds what was wished: {now:?}"));
            }
        }
    }
    (wrong, status.is_redirection() && !meant.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_believes_what_it_did_not_ask_for() {
    let scene = Scene::set().await;
    let (mut wrong, mut meant) = (Vec::new(), BTreeSet::new());
    for (path, _) in app::routes::site() {
        for who in ORDINARY {
            let session = scene.sessions[PEOPLE.iter().position(|person| *person == who).unwrap()].as_deref();
            let (found, changes) = attacked(&scene, path, session).await;
            wrong.extend(found.into_iter().map(|what| format!("{who} at {path}: {what}")));
            if changes {
                meant.insert(path);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(meant.len() >= ENOUGH, "only {} forms change something when they are meant: {meant:?}", meant.len());
}

/// The control: the look at the database sees a column that changed, and a wish that was believed.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_believed_is_seen() {
    let scene = Scene::set().await;
    let owner = scene.house.world.owner();
    sqlx::query("UPDATE users SET first_name = $1 WHERE first_name = 'Ana'").bind(WORD).execute(owner).await.unwrap();
    let seen = news(&scene).await;
    assert_eq!(seen["users.first_name"], [format!("\"{WORD}\"")]);
    assert_eq!(seen["-users.first_name"], ["\"Ana\""]);
    scene.again().await;
    assert!(news(&scene).await.is_empty());
    let ana: i64 =
        sqlx::query_scalar("SELECT count(*) FROM users WHERE first_name = 'Ana'").fetch_one(owner).await.unwrap();
    assert_eq!(ana, 1);
}
