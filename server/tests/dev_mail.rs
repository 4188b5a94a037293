//! `/dev/mail` through the whole router, and that it is not there in production.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::kernel::{Email, write};
use domain::notifications::{self, Letter};
use domain::testing::World;
use house::{House, house, house_with, settings, text};
use server::adapters::Office;
use server::security::address::Peer;
use server::settings::{Environment, Given, Settings};

const LINK: &str = "https://hub.example/verify-email/s3cret?a=1&b=2";

async fn write_letter(world: &World, subject: &str) -> String {
    let (ctx, title) = (world.ctx().clone(), subject.to_owned());
    write(world.ctx(), &world.visitor(), move |tx| {
        let (ctx, title) = (ctx.clone(), title.clone());
        Box::pin(async move {
            let letter = Letter::new(&title)
                .greeting("Hello Ana,")
                .paragraph("Words with <b>signs</b> & <script>alert(1)</script>.")
                .button("Confirm address", LINK);
            let to = Email::parse("ana@example.org").unwrap();
            notifications::email(tx, &ctx, &to, None, "accounts.verify_email", &letter).await
        })
    })
    .await
    .unwrap();
    id(world, subject).await
}

async fn id(world: &World, subject: &str) -> String {
    let found = sqlx::query_scalar::<_, uuid::Uuid>("SELECT id FROM outbound_messages WHERE subject = $1 OR text = $1");
    found.bind(subject).fetch_one(world.owner()).await.unwrap().to_string()
}

async fn status(house: &House, path: &str) -> StatusCode {
    house.get(path).await.status()
}

#[tokio::test]
async fn an_empty_box_says_what_to_do() {
    let house = house().await;
    let page = text(house.get("/dev/mail").await).await;
    assert!(page.contains("No mail yet") && page.contains("href=\"/register\""));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\""));
    assert!(text(house.get("/dev/mail?q=leak").await).await.contains("Nothing found"));
}

#[tokio::test]
async fn letters_are_listed_newest_first_and_found() {
    let house = house().await;
    for subject in ["First letter", "Second letter"] {
        write_letter(&house.world, subject).await;
        house.world.advance(jiff::SignedDuration::from_secs(1));
    }
    let page = text(house.get("/dev/mail").await).await;
    assert!(page.find("Second letter").unwrap() < page.find("First letter").unwrap());
    assert!(page.contains("Waiting for its job") && page.contains("ana@example.org"));
    house.world.run_jobs().await;
    let found = text(house.get("/dev/mail?q=FIRST%20letter").await).await;
    assert!(found.contains("First letter") && !found.contains("Second letter") && found.contains("Sent"));
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_ended() {
    let house = house().await;
    let titles: Vec<&str> = "abcdefghijklmnopqrstu".split("").filter(|title| !title.is_empty()).collect();
    for title in titles.iter().map(|title| format!("Letter {title}")) {
        write_letter(&house.world, &title).await;
        house.world.advance(jiff::SignedDuration::from_secs(1));
    }
    let first = text(house.get("/dev/mail?q=letter").await).await;
    assert!(first.contains("Letter u") && !first.contains("Letter a") && !first.contains("rel=\"prev\""));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert!(next.starts_with("/dev/mail?q=letter&after="), "{next}");
    let second = text(house.get(&next).await).await;
    assert!(second.contains("Letter a") && !second.contains("Letter b"));
    assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_letter_shows_its_words_its_links_and_itself() {
    let house = house().await;
    let id = write_letter(&house.world, "Confirm your address").await;
    house.world.run_jobs().await;
    let response = house.get(&format!("/dev/mail/{id}")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["x-frame-options"], "DENY");
    let page = text(response).await;
    assert!(page.contains("<h1 class=\"mail-title\">Confirm your address<"));
    assert!(page.contains("href=\"https://hub.example/verify-email/s3cret?a=1&amp;b=2\""));
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"));
    assert!(page.contains(&format!("src=\"/dev/mail/{id}/html\"")));
    assert!(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));

    let letter = house.get(&format!("/dev/mail/{id}/html")).await;
    let header = |name: &str| letter.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("x-frame-options"), header("cache-control")), ("SAMEORIGIN".to_owned(), "no-store".to_owned()));
    assert_eq!(
        (header("x-robots-tag"), header("x-content-type-options")),
        ("noindex".to_owned(), "nosniff".to_owned())
    );
    let policy = header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'self'", "sandbox allow-popups", "form-action 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("script") && !policy.contains("allow-same-origin"), "{policy}");
    let html = text(letter).await;
    assert!(html.starts_with("<!doctype html>") && !html.contains("<script"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let house = house().await;
    for path in ["/dev/mail/x", "/dev/mail/018f0000-0000-7000-8000-000000000000", "/dev/mail/x/html"] {
        assert_eq!(status(&house, path).await, StatusCode::NOT_FOUND, "{path}");
    }
    // A short message has words and no picture of itself.
    let ctx = house.world.ctx().clone();
    write(house.world.ctx(), &house.world.visitor(), move |tx| {
        let ctx = ctx.clone();
        Box::pin(async move { notifications::sms(tx, &ctx, "+4930901820", None, "accounts.code", "Code 123456").await })
    })
    .await
    .unwrap();
    let id = id(&house.world, "Code 123456").await;
    let page = text(house.get(&format!("/dev/mail/{id}")).await).await;
    assert!(page.contains("+4930901820") && page.contains("Code 123456") && !page.contains("<iframe"));
    assert_eq!(status(&house, &format!("/dev/mail/{id}/html")).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn in_production_there_is_no_such_page() {
    let mut settings = settings();
    settings.environment = Environment::Production;
    let house = house_with(settings, Vec::new()).await;
    let id = write_letter(&house.world, "Confirm your address").await;
    for path in ["/dev/mail".to_owned(), format!("/dev/mail/{id}"), format!("/dev/mail/{id}/html")] {
        let response = house.get(&path).await;
        assert_eq!(
            (response.status(), response.headers()["x-frame-options"].to_str().unwrap()),
            (StatusCode::NOT_FOUND, "DENY"),
            "{path}"
        );
        assert!(!text(response).await.contains("s3cret"));
    }
}

#[tokio::test]
async fn with_real_ways_out_there_is_no_such_page() {
    let some = |text: &str| Some(text.to_owned());
    let given = Given {
        smtp_url: some("smtp://127.0.0.1:9?tls=none"),
        mail_from: some("hello@hub.example"),
        twilio_account_sid: some("AC1"),
        twilio_auth_token: some("token"),
        twilio_from: some("+15005550006"),
        ..Given::default()
    };
    let office = Office::open(&Settings::read(&given).unwrap().post).unwrap();
    let house = house::house_with_post(settings(), Arc::new(office)).await;
    let id = write_letter(&house.world, "Confirm your address").await;
    for path in ["/dev/mail".to_owned(), format!("/dev/mail/{id}"), format!("/dev/mail/{id}/html")] {
        assert_eq!(status(&house, &path).await, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn only_this_machine_reads_the_mail() {
    let house = house().await;
    let letter = write_letter(&house.world, "A link that opens an account").await;
    let paths = ["/dev/mail".to_owned(), format!("/dev/mail/{letter}"), format!("/dev/mail/{letter}/html")];
    for (from, expected) in [
        ("127.0.0.1", StatusCode::OK),
        ("::1", StatusCode::OK),
        ("::ffff:127.0.0.1", StatusCode::OK),
        ("192.168.1.5", StatusCode::NOT_FOUND),
        ("203.0.113.9", StatusCode::NOT_FOUND),
        ("2001:db8::5", StatusCode::NOT_FOUND),
    ] {
        for path in &paths {
            let mut request = Request::get(path).body(Body::empty()).unwrap();
            request.extensions_mut().insert(Peer(from.parse().unwrap()));
            assert_eq!(house.ask(request).await.status(), expected, "{from} {path}");
        }
    }
}
