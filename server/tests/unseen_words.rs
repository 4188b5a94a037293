//! Words nobody can see: characters without ink and signs that turn the direction of reading come into every form, and
//! leave no trace; alone, they are nothing, and whoever has to say something is told so beside the field.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house::{house, text};
use crate::scene;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use scene::{PEOPLE, Scene, form};
use serde_json::Value;
use std::collections::BTreeMap;

/// One of each kind: joiners and marks of width zero, blanks that are called letters, marks of direction.
const NOTHING: &str = "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{180e}\u{115f}\u{1160}\u{3164}\u{2800}\u{a0}\
    \u{200e}\u{200f}\u{61c}\u{202a}\u{202e}\u{202c}\u{2066}\u{2068}\u{2069}\u{e0041}";
/// So many forms change something when they are meant, else the walk proves nothing.
const ENOUGH: usize = 50;
/// Forms whose words cannot be left out, and the fields of those.
const NEEDED: &[(&str, &[&str])] = &[
    ("/register", &["first_name", "last_name"]),
    ("/account", &["first_name", "last_name"]),
    ("/account/api-keys/new", &["name"]),
    ("/favorites/searches/{id}", &["name"]),
    ("/services/{slug}/book", &["street", "postal_code", "city"]),
    ("/provider/apply", &["name", "headline"]),
    ("/provider/profile", &["headline"]),
    ("/provider/profile/name", &["name"]),
    ("/provider/profile/address", &["city"]),
    ("/provider/services/new", &["title"]),
    ("/provider/services/{slug}", &["title"]),
    ("/provider/services/{slug}", &["summary", "description"]),
    ("/provider/team/add", &["name"]),
    ("/provider/team/invite", &["name"]),
    ("/provider/team/{id}", &["name"]),
    ("/provider/places/new", &["name", "city"]),
    ("/provider/places/{id}", &["name", "city"]),
    ("/admin/categories/new", &["name"]),
    ("/admin/categories/{id}", &["name"]),
    ("/admin/categories/{id}/fields", &["label"]),
    ("/admin/services/{slug}/decline", &["reason"]),
    ("/admin/providers/{key}/decline", &["reason"]),
    ("/admin/providers/{key}/suspend", &["reason"]),
    ("/admin/users/{id}/suspend", &["reason"]),
];

/// What is different afterwards: for each column of a table its values, in order.
type News = BTreeMap<String, Vec<String>>;

async fn news(scene: &Scene) -> News {
    let mut news = News::new();
    for (table, row) in scene.news().await {
        let Value::Object(row) = row else { panic!("{table}: {row}") };
        for (column, value) in row {
            news.entry(format!("{table}.{column}")).or_default().push(value.to_string());
        }
    }
    news.values_mut().for_each(|values| values.sort());
    news
}

async fn sent(scene: &Scene, path: &str, body: &str, session: Option<&str>) -> (StatusCode, News, String) {
    scene.prepare(path).await;
    let answer = scene.ask(&Method::POST, &scene.address(path), body, session).await;
    // Who is sent to the door has sent nothing yet.
    let door = answer.headers().get("location").is_some_and(|to| to.to_str().unwrap().starts_with("/login"));
    let status = if door { StatusCode::UNAUTHORIZED } else { answer.status() };
    let told = (status, news(scene).await, text(answer).await);
    scene.again().await;
    told
}

/// Who may send this form, and what comes of it when it is meant.
async fn sender<'s>(scene: &'s Scene, path: &str, body: &str) -> Option<(Option<&'s str>, News)> {
    for session in &scene.sessions {
        let (status, meant, _) = sent(scene, path, body, session.as_deref()).await;
        if status == StatusCode::METHOD_NOT_ALLOWED {
            return None;
        }
        if status.is_redirection() && !meant.is_empty() {
            return Some((session.as_deref(), meant));
        }
    }
    None
}

/// The form with other values; passwords are what they are.
fn changed(body: &str, other: impl Fn(&str, &str) -> String) -> String {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes())
        .map(|(name, value)| {
            let value = if name.contains("password") { value.to_string() } else { other(&name, &value) };
            (name.into_owned(), value)
        })
        .collect();
    form(&fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_seen_leaves_no_trace() {
    let scene = Scene::set().await;
    let (mut wrong, mut meant_ones) = (Vec::new(), 0);
    for (path, _) in app::routes::site() {
        let body = scene.body(path);
        if body.is_empty() {
            continue;
        }
        let Some((session, meant)) = sender(&scene, path, &body).await else { continue };
        meant_ones += 1;
        // Once more: what is different now is made by chance, and is no proof.
        let (_, once_more, _) = sent(&scene, path, &body, session).await;
        let around = changed(&body, |_, value| format!("{NOTHING}{value}\u{202e}{NOTHING}"));
        let (status, now, _) = sent(&scene, path, &around, session).await;
        if !status.is_redirection() {
            wrong.push(format!("{path}: {status}"));
        }
        for (column, meant) in &meant {
            let (again, now) = (once_more.get(column), now.get(column));
            if again == Some(meant) && now != Some(meant) {
                wrong.push(format!("{path}: {column} is {now:?} instead of {meant:?}"));
            }
        }
        // JSON writes these characters as they are.
        let trace = |value: &&String| value.contains(['\u{200b}', '\u{202e}', '\u{2066}', '\u{3164}']);
        wrong.extend(now.values().flatten().filter(trace).map(|value| format!("{path}: {value}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(meant_ones >= ENOUGH, "only {meant_ones} forms change something when they are meant");
}

/// Whether something is said beside each of these fields, and the form refused.
fn refused(fields: &[&str], (status, _, page): &(StatusCode, News, String)) -> bool {
    let told = |field: &&str| page.contains(&format!("id=\"f-{}-error\"", field.replace('_', "-")));
    *status == StatusCode::UNPROCESSABLE_ENTITY && fields.iter().all(told)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_seen_is_nothing() {
    let scene = Scene::set().await;
    let mut wrong = Vec::new();
    for (path, fields) in NEEDED {
        let body = scene.body(path);
        let without = |fields: &[&str], unseen: &str| {
            changed(&body, |name, value| match (name, value) {
                _ if fields.contains(&name) => unseen.to_owned(),
                // A draft may lack anything; a listing that is handed in may not.
                ("act", "save") if path.starts_with("/provider/services/") => "submit".to_owned(),
                _ => value.to_owned(),
            })
        };
        let mut answers = Vec::new();
        let mut sender = None;
        for (who, session) in PEOPLE.iter().zip(&scene.sessions) {
            let answer = sent(&scene, path, &without(fields, NOTHING), session.as_deref()).await;
            if refused(fields, &answer) {
                sender = Some(session.as_deref());
                break;
            }
            answers.push((who, answer.0));
        }
        let Some(session) = sender else {
            wrong.push(format!("{path}: nobody is told about {fields:?}: {answers:?}"));
            continue;
        };
        let meant = sent(&scene, path, &without(&[], ""), session).await;
        for field in *fields {
            if refused(&[field], &meant) {
                wrong.push(format!("{path}: {field} is refused when it is meant, which proves nothing"));
            }
            for unseen in [&"\u{200b}".repeat(60), &"\u{3164} ".repeat(60), &"\u{202e}".repeat(60)] {
                if !refused(&[field], &sent(&scene, path, &without(&[field], unseen), session).await) {
                    wrong.push(format!("{path}: {field} may be {unseen:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Registers with these, the form sent as pages with files send theirs.
fn parted(fields: &[(&str, &str)]) -> Request<Body> {
    let part = |(name, value): &(&str, &str)| {
        format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = fields.iter().map(part).collect::<String>() + "--limit--\r\n";
    Request::post("/register")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=limit")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn passwords_stay_as_typed_and_parts_are_read_like_fields() {
    let house = house().await;
    let secret = "tea at\u{200b} five o'clock";
    let registration = |first_name: &'static str, password: &'static str| {
        [
            ("first_name", first_name),
            ("last_name", "\u{202e}לימה\u{200f} "),
            ("email", "\u{feff}eve@example.org\u{200b}"),
            ("password", password),
            ("password_again", password),
            ("intent", "customer"),
        ]
    };
    let refused = house.ask(parted(&registration("\u{2800}\u{3164}", secret))).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("id=\"f-first-name-error\"") && page.contains("value=\"לימה\""), "{page}");
    let done = house.ask(parted(&registration("E\u{ad}ve", secret))).await;
    assert!(done.status().is_redirection(), "{}", text(done).await);
    let known: (String, String, String) =
        sqlx::query_as("SELECT first_name, last_name, email::text FROM users WHERE last_name = 'לימה'")
            .fetch_one(house.world.owner())
            .await
            .unwrap();
    assert_eq!(known, ("Eve".to_owned(), "לימה".to_owned(), "eve@example.org".to_owned()));
    for (password, status) in
        [(secret, StatusCode::SEE_OTHER), ("tea at five o'clock", StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let answer = house.post("/login", None, &form(&[("email", "eve@example.org"), ("password", password)])).await;
        assert_eq!(answer.status(), status, "{password:?}");
    }
}
