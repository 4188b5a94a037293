//! Short messages to a stand-in for Twilio that is as strict as the original: its own test numbers, its codes, its JSON.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use domain::kernel::post::{OutgoingSms, Undelivered};
use domain::kernel::{Context, OutboundId, write};
use domain::notifications;
use domain::testing::World;
use serde_json::json;
use server::adapters::{Office, Twilio};
use server::settings::{Given, Settings, TwilioSettings, Way};

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const OURS: &str = "+15005550006";
const ANA: &str = "+4930901820";

/// What the stand-in was sent.
type Taken = Arc<Mutex<Vec<HashMap<String, String>>>>;

struct StandIn {
    base: String,
    taken: Taken,
}

async fn stand_in() -> StandIn {
    let taken = Taken::default();
    let app = Router::new()
        .route("/2010-04-01/Accounts/{account}/Messages.json", post(messages))
        .fallback(|| async { refusal(StatusCode::NOT_FOUND, 20404, "The requested resource was not found") })
        .with_state(taken.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    StandIn { base, taken }
}

fn refusal(status: StatusCode, code: u32, message: &str) -> Response {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    (status, Json(json!({ "code": code, "message": message, "more_info": more, "status": status.as_u16() })))
        .into_response()
}

async fn messages(
    State(taken): State<Taken>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    if headers.get(header::AUTHORIZATION).is_none_or(|given| given != &format!("Basic {basic}")) {
        return refusal(StatusCode::UNAUTHORIZED, 20003, "Authenticate");
    }
    if account != ACCOUNT {
        return refusal(StatusCode::NOT_FOUND, 20404, "The requested resource was not found");
    }
    assert_eq!(headers[header::CONTENT_TYPE], "application/x-www-form-urlencoded");
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let bad = |code, message: &str| refusal(StatusCode::BAD_REQUEST, code, message);
    let answer = match (field("To"), field("From"), field("Body")) {
        ("", ..) => bad(21604, "A 'To' phone number is required."),
        ("+15005550001", ..) => bad(21211, "Invalid 'To' Phone Number: +15005550001"),
        ("+15005550004", ..) => bad(21610, "Attempt to send to unsubscribed recipient"),
        ("+15005550009", ..) => bad(21614, "'To' number is not a valid mobile number"),
        ("+15005550429", ..) => refusal(StatusCode::TOO_MANY_REQUESTS, 20429, "Too Many Requests"),
        ("+15005550500", ..) => (StatusCode::INTERNAL_SERVER_ERROR, "<html>Oops").into_response(),
        ("+15005550400", ..) => (StatusCode::BAD_REQUEST, "<html>a proxy's own words").into_response(),
        ("+15005550307", ..) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response(),
        ("+15005550999", ..) => std::future::pending().await,
        (_, "+15005550001", _) => bad(21212, "Invalid 'From' Phone Number: +15005550001"),
        (_, "+15005550007", _) => bad(21606, "The 'From' phone number +15005550007 is not a valid, SMS-capable number"),
        (_, "+15005550008", _) => bad(21611, "This 'From' number has exceeded the maximum number of queued messages"),
        (_, "", _) if field("MessagingServiceSid").is_empty() => bad(21603, "A 'From' phone number is required."),
        (.., "") => bad(21602, "Message body is required."),
        (.., text) if text.chars().count() > 1600 => bad(21617, "The message body exceeds the 1600 character limit"),
        (to, from, text) => {
            let made = json!({
                "sid": "SM0123456789abcdef0123456789abcdef", "account_sid": account, "status": "queued",
                "to": to, "from": from, "body": text, "error_code": null, "error_message": null, "num_segments": "1",
            });
            (StatusCode::CREATED, Json(made)).into_response()
        }
    };
    if answer.status() == StatusCode::CREATED {
        taken.lock().unwrap().push(form);
    }
    answer
}

fn given(base: &str, from: &str) -> Given {
    Given {
        twilio_base_url: Some(base.to_owned()),
        twilio_account_sid: Some(ACCOUNT.to_owned()),
        twilio_auth_token: Some(TOKEN.to_owned()),
        twilio_from: Some(from.to_owned()),
        ..Given::default()
    }
}

fn twilio(given: &Given) -> TwilioSettings {
    match Settings::read(given).unwrap().post.sms {
        Way::By(twilio) => twilio,
        other => panic!("{other:?}"),
    }
}

fn sms(to: &str, text: &str) -> OutgoingSms {
    OutgoingSms { id: OutboundId(uuid::Uuid::nil()), to: to.to_owned(), text: text.to_owned() }
}

async fn send(settings: &TwilioSettings, to: &str) -> Result<(), Undelivered> {
    Twilio::new(settings).unwrap().send(&sms(to, "Your code is 123456")).await
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let stand_in = stand_in().await;
    let text = "ServiceHub: 100 % & more = 日本語 +1\nhttps://hub.example/x?a=1&b=2";
    let adapter = Twilio::new(&twilio(&given(&stand_in.base, OURS))).unwrap();
    adapter.send(&sms(ANA, text)).await.unwrap();
    let service = Twilio::new(&twilio(&given(&stand_in.base, "MG0123456789abcdef0123456789abcdef"))).unwrap();
    service.send(&sms(ANA, "x")).await.unwrap();
    let taken = stand_in.taken.lock().unwrap();
    let fields = |names: &[(&str, &str)]| -> HashMap<String, String> {
        names.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    assert_eq!(taken[0], fields(&[("To", ANA), ("From", OURS), ("Body", text)]));
    let by_service = [("To", ANA), ("MessagingServiceSid", "MG0123456789abcdef0123456789abcdef"), ("Body", "x")];
    assert_eq!(taken[1], fields(&by_service));
}

#[tokio::test]
async fn what_no_try_can_change_is_final() {
    let stand_in = stand_in().await;
    let settings = twilio(&given(&stand_in.base, OURS));
    for (to, code) in [("+15005550001", "21211"), ("+15005550004", "21610"), ("+15005550009", "21614")] {
        let Err(Undelivered::Never(words)) = send(&settings, to).await else {
            panic!("{to} is final");
        };
        assert!(words.contains(code) && words.contains("400"), "{words}");
    }
}

#[tokio::test]
async fn what_may_get_better_is_tried_again() {
    let stand_in = stand_in().await;
    let right = twilio(&given(&stand_in.base, OURS));
    let mut cases = vec![];
    for (to, said) in
        [("+15005550429", "429"), ("+15005550500", "500"), ("+15005550400", "400"), ("+15005550307", "307")]
    {
        cases.push((right.clone(), to, said));
    }
    // Our own account and sender are for operators to put right.
    for (from, said) in [("+15005550001", "21212"), ("+15005550007", "21606"), ("+15005550008", "21611")] {
        cases.push((twilio(&given(&stand_in.base, from)), ANA, said));
    }
    cases.push((TwilioSettings { token: "wrong".to_owned().into(), ..right.clone() }, ANA, "20003"));
    cases.push((TwilioSettings { base_url: format!("{}/x", stand_in.base), ..right }, ANA, "20404"));
    for (settings, to, said) in cases {
        let Err(Undelivered::Later(words)) = send(&settings, to).await else {
            panic!("{said} may get better");
        };
        assert!(words.contains(said) && !words.contains(TOKEN), "{said}: {words}");
    }
    assert!(stand_in.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_waits_for_a_service_that_does_not_answer() {
    let stand_in = stand_in().await;
    let settings = twilio(&given(&stand_in.base, OURS));
    let adapter = Twilio::patient_for(&settings, Duration::from_millis(200)).unwrap();
    let done = adapter.send(&sms("+15005550999", "x")).await;
    assert_eq!(done, Err(Undelivered::Later("Twilio took too long".to_owned())));

    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let away = twilio(&given(&format!("http://127.0.0.1:{port}"), OURS));
    assert_eq!(send(&away, ANA).await, Err(Undelivered::Later("Twilio cannot be reached".to_owned())));
}

/// Writes a message to a number and sends it by a real way out.
async fn written_and_sent(world: &World, base: &str, to: &'static str) {
    let office = Office::open(&Settings::read(&given(base, OURS)).unwrap().post).unwrap();
    let ctx = Context { post: Arc::new(office), ..world.ctx().clone() };
    let inner = ctx.clone();
    write(&ctx, &world.visitor(), move |tx| {
        let ctx = inner.clone();
        Box::pin(async move { notifications::sms(tx, &ctx, to, None, "accounts.code", "Your code is 123456").await })
    })
    .await
    .unwrap();
    assert_eq!(notifications::send_due(&ctx).await.unwrap(), 1);
}

async fn row(world: &World) -> (String, bool, bool, Option<String>) {
    let row = "SELECT recipient || text, sent_at IS NOT NULL, failed_at IS NOT NULL, last_error FROM outbound_messages";
    sqlx::query_as(row).fetch_one(world.owner()).await.unwrap()
}

#[tokio::test]
async fn what_twilio_has_we_keep_no_longer() {
    let (world, stand_in) = (World::new().await, stand_in().await);
    written_and_sent(&world, &stand_in.base, "+49 30 901820").await;
    assert_eq!(stand_in.taken.lock().unwrap()[0]["To"], ANA);
    assert_eq!(row(&world).await, (String::new(), true, false, None));
}

#[tokio::test]
async fn a_number_there_is_not_is_given_up() {
    let (world, stand_in) = (World::new().await, stand_in().await);
    written_and_sent(&world, &stand_in.base, "+15005550001").await;
    let (words, sent, failed, error) = row(&world).await;
    assert_eq!((words.as_str(), sent, failed), ("", false, true));
    let error = error.unwrap();
    assert!(error.contains("21211") && error.contains("(recipient)") && !error.contains("+1500"), "{error}");
}
