//! Mail to a real SMTP server: what arrives, what is refused, and what takes too long.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::mail;

use std::sync::Arc;
use std::time::Duration;

use domain::bookings::{self, Address, Book, Event, Reschedule};
use domain::catalog::Choice;
use domain::kernel::post::{OutgoingEmail, Undelivered};
use domain::kernel::{Clock, Context, Email, OutboundId, UserId, write};
use domain::notifications::{self, Letter};
use domain::testing::World;
use mail::{MailServer, headers};
use server::adapters::{Office, Smtp};
use server::settings::{Given, Settings, SmtpSettings, Way};

const SECRET: &str = "https://hub.example/verify-email/s3cret?a=1&b=2";

/// What the settings make of an address of a mail server.
fn smtp(url: &str) -> SmtpSettings {
    let given = Given {
        smtp_url: Some(url.to_owned()),
        mail_from: Some("ServiceHub Café <hello@hub.example>".to_owned()),
        ..Given::default()
    };
    match Settings::read(&given).unwrap().post.mail {
        Way::By(smtp) => smtp,
        other => panic!("{other:?}"),
    }
}

fn letter() -> Letter {
    Letter::new("Bestätigen – “Ana & Bob”")
        .greeting("Hello Ana,")
        .paragraph("One more step. 日本語 and <b>signs</b>.")
        .paragraph(&"A long line goes on. ".repeat(90))
        .button("Confirm", SECRET)
}

fn email(to: &str, letter: &Letter) -> OutgoingEmail {
    OutgoingEmail {
        stop: None,
        calendar: None,
        id: OutboundId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)),
        to: Email::parse(to).unwrap(),
        subject: letter.subject().to_owned(),
        text: letter.text(),
        html: letter.html(),
        at: jiff::Timestamp::constant(1_793_610_000, 0),
    }
}

async fn send(settings: &SmtpSettings) -> Result<(), Undelivered> {
    Smtp::new(settings).unwrap().send(&email("ana@example.org", &letter())).await
}

/// Whether it may be tried again, and the words it failed with.
fn later(done: Result<(), Undelivered>) -> String {
    match done {
        Err(Undelivered::Later(words)) => words,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_letter_arrives_whole_in_both_forms() {
    let mut server = MailServer::start(&[]).await;
    let settings = smtp(&format!("smtp://127.0.0.1:{}?tls=none", server.port));
    send(&settings).await.unwrap();
    let mail = server.mail().await;
    assert_eq!((&mail["from"], &mail["to"][0]), (&"hello@hub.example".into(), &"ana@example.org".into()));
    assert_eq!(headers(&mail, "Subject"), ["Bestätigen – “Ana & Bob”"]);
    assert_eq!(headers(&mail, "From"), ["ServiceHub Café <hello@hub.example>"]);
    assert_eq!(headers(&mail, "To"), ["ana@example.org"]);
    assert_eq!(headers(&mail, "Date"), ["Mon, 02 Nov 2026 09:00:00 +0000"]);
    assert_eq!(headers(&mail, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(headers(&mail, "Message-ID"), ["<01900000-0000-7000-8000-000000000001@hub.example>"]);
    // The plain form first: mail programs show the last one they understand.
    assert_eq!(mail["order"], serde_json::json!(["multipart/alternative", "text/plain", "text/html"]));
    let said = |form: &str| mail[form].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!((said("text"), said("html")), (letter().text(), letter().html()));
    assert!(mail["longest_line"].as_u64().unwrap() <= 998, "{}", mail["longest_line"]);

    send(&settings).await.unwrap();
    assert_eq!(headers(&server.mail().await, "Message-ID"), headers(&mail, "Message-ID"), "a repetition can be seen");
}

#[tokio::test]
async fn words_of_people_become_no_headers() {
    let mut server = MailServer::start(&[]).await;
    let settings = smtp(&format!("smtp://127.0.0.1:{}?tls=none", server.port));
    let evil = "Hello\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>";
    let letter = Letter::new(evil).greeting(evil).paragraph(evil);
    Smtp::new(&settings).unwrap().send(&email("ana@example.org", &letter)).await.unwrap();
    // Nothing above the border cleans what comes this way; the message itself must not break.
    let raw = OutgoingEmail { subject: evil.to_owned(), ..email("ana@example.org", &letter) };
    Smtp::new(&settings).unwrap().send(&raw).await.unwrap();
    for _ in 0..2 {
        let mail = server.mail().await;
        assert_eq!(mail["to"].as_array().unwrap().len(), 1);
        assert!(headers(&mail, "Bcc").is_empty() && headers(&mail, "Subject").len() == 1, "{mail}");
        assert!(headers(&mail, "Subject")[0].starts_with("Hello"), "{mail}");
        assert!(!mail["html"].as_str().unwrap().contains("<script"));
    }
}

#[tokio::test]
async fn the_server_asks_who_we_are() {
    let mut server = MailServer::start(&["--login", "hub:p@ss:wörd/"]).await;
    let right = smtp(&format!("smtp://hub:p%40ss%3Aw%C3%B6rd%2F@127.0.0.1:{}?tls=none", server.port));
    send(&right).await.unwrap();
    assert_eq!(server.mail().await["login"], "hub");
    // Wrong passwords are put right by operators: the mail of that hour must still leave.
    let wrong = smtp(&format!("smtp://hub:wrong@127.0.0.1:{}?tls=none", server.port));
    let words = later(send(&wrong).await);
    assert!(words.contains("535") && !words.contains("wrong"), "{words}");
    let nobody = smtp(&format!("smtp://127.0.0.1:{}?tls=none", server.port));
    assert!(later(send(&nobody).await).contains("530"));
}

#[tokio::test]
async fn the_way_is_protected_or_not_taken() {
    let mut upgrade = MailServer::start(&["--tls", "upgrade", "--login", "hub:secret"]).await;
    let trusted = format!("smtp://hub:secret@localhost:{}?tls=required&ca={}", upgrade.port, upgrade.ca);
    send(&smtp(&trusted)).await.unwrap();
    let mail = upgrade.mail().await;
    assert_eq!((&mail["encrypted"], &mail["login"]), (&true.into(), &"hub".into()));

    let mut start = MailServer::start(&["--tls", "start"]).await;
    send(&smtp(&format!("smtps://localhost:{}?ca={}", start.port, start.ca))).await.unwrap();
    assert_eq!(start.mail().await["encrypted"], true);

    // A certificate nobody vouches for, one for another name, and a server that cannot speak TLS at all.
    let unknown = later(send(&smtp(&format!("smtp://hub:secret@localhost:{}", upgrade.port))).await);
    assert!(unknown.contains("certificate"), "{unknown}");
    let other = format!("smtps://127.0.0.1:{}?ca={}", start.port, start.ca);
    assert!(later(send(&smtp(&other)).await).contains("certificate"));
    let plain = MailServer::start(&[]).await;
    later(send(&smtp(&format!("smtp://localhost:{}", plain.port))).await);
}

#[tokio::test]
async fn nobody_waits_for_a_slow_server() {
    for behaviour in ["--mute", "--slow"] {
        let server = MailServer::start(&[behaviour]).await;
        let settings = smtp(&format!("smtp://127.0.0.1:{}?tls=none", server.port));
        let adapter = Smtp::new(&settings).unwrap().patient_for(Duration::from_millis(300));
        let words = later(adapter.send(&email("ana@example.org", &letter())).await);
        assert!(words.contains("too long"), "{words}");
    }
}

#[tokio::test]
async fn a_server_that_is_away_or_busy_is_tried_again() {
    let busy = MailServer::start(&["--busy"]).await;
    let words = later(send(&smtp(&format!("smtp://127.0.0.1:{}?tls=none", busy.port))).await);
    assert!(words.contains("451"), "{words}");
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let words = later(send(&smtp(&format!("smtp://127.0.0.1:{port}?tls=none"))).await);
    assert!(words.to_lowercase().contains("refused"), "{words}");
}

async fn write_to(world: &World, ctx: &Context, to: &'static str) {
    let inner = ctx.clone();
    write(ctx, &world.visitor(), move |tx| {
        let ctx = inner.clone();
        Box::pin(async move {
            let to = Email::parse(to).unwrap();
            notifications::email(tx, &ctx, &to, None, "accounts.verify_email", &letter()).await
        })
    })
    .await
    .unwrap();
}

/// Writes the letter to somebody and sends it by a real way out.
async fn written_and_sent(world: &World, port: u16, to: &'static str) {
    let ctx = Context { post: office(port), ..world.ctx().clone() };
    write_to(world, &ctx, to).await;
    assert_eq!(notifications::send_due(&ctx).await.unwrap(), 1);
}

fn office(port: u16) -> Arc<Office> {
    let given = Given {
        smtp_url: Some(format!("smtp://127.0.0.1:{port}?tls=none")),
        mail_from: Some("hello@hub.example".to_owned()),
        ..Given::default()
    };
    Arc::new(Office::open(&Settings::read(&given).unwrap().post).unwrap())
}

/// Sends what waits, and how a mail program reads the mail to somebody.
async fn mail_to(ctx: &Context, server: &mut MailServer, to: &str) -> serde_json::Value {
    let mut found = None;
    for _ in 0..notifications::send_due(ctx).await.unwrap() {
        let mail = server.mail().await;
        if headers(&mail, "To") == [to] {
            found = Some(mail);
        }
    }
    found.unwrap_or_else(|| panic!("no mail to {to}"))
}

#[tokio::test]
async fn an_appointment_arrives_as_a_form_of_the_letter_and_is_wiped_with_it() {
    let (world, mut server) = (World::new().await, MailServer::start(&[]).await);
    let ctx = Context { post: office(server.port), ..world.ctx().clone() };
    let plumbing = world.provider("Wasser & Söhne", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Rohr abdichten – schnell").at("provider")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let start: jiff::Timestamp = "2026-11-04T09:00:00Z".parse().unwrap();
    let wish = Book {
        service: leak.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some(start),
        address: Address::default(),
        note: String::new(),
        key: ctx.id::<UserId>().0,
    };
    let reference = bookings::book(&ctx, &ana, wish).await.unwrap();
    let words = bookings::Words::default;
    bookings::advance(&ctx, &ana, &reference, Event::Confirm, words()).await.unwrap();
    let booked = mail_to(&ctx, &mut server, "ana@example.org").await;
    let noon = Some("2026-11-04T11:00:00Z".parse().unwrap());
    let key = ctx.id::<UserId>().0;
    let moved = Reschedule { reference: reference.clone(), seen: None, start: noon, note: String::new(), key };
    bookings::reschedule(&ctx, &ana, moved).await.unwrap();
    let moved = mail_to(&ctx, &mut server, "ana@example.org").await;
    bookings::advance(&ctx, &ana, &reference, Event::Cancel, words()).await.unwrap();
    let cancelled = mail_to(&ctx, &mut server, "ana@example.org").await;
    for (mail, method, sequence, from) in [
        (&booked, "REQUEST", 1, "20261104T090000Z"),
        (&moved, "REQUEST", 2, "20261104T110000Z"),
        (&cancelled, "CANCEL", 3, "20261104T110000Z"),
    ] {
        let order = ["multipart/alternative", "text/plain", "text/html", "text/calendar"];
        assert_eq!(mail["order"], serde_json::json!(order), "the richest last");
        let kind = mail["calendar_kind"].as_str().unwrap().to_lowercase().replace('"', "");
        assert!(
            kind.contains(&format!("method={}", method.to_lowercase())) && kind.contains("charset=utf-8"),
            "{kind}"
        );
        let calendar = mail["calendar"].as_str().unwrap().replace("\r\n", "\n").replace("\n ", "");
        for line in [
            format!("METHOD:{method}"),
            format!("UID:{reference}@servicehub"),
            format!("SEQUENCE:{sequence}"),
            format!("DTSTART:{from}"),
            "SUMMARY:Rohr abdichten – schnell · Wasser & Söhne".to_owned(),
            // Who invites is who sends; answers to it would go there.
            "ORGANIZER;CN=ServiceHub:mailto:hello@hub.example".to_owned(),
        ] {
            assert_eq!(calendar.lines().filter(|found| *found == line).count(), 1, "{line}: {calendar}");
        }
        assert_eq!(calendar.matches("mailto:ana@example.org").count(), 1, "{calendar}");
        assert!(mail["text"].as_str().unwrap().contains(&reference));
    }
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM outbound_messages WHERE calendar <> '' OR text <> ''")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(kept, 0, "what the server has we keep no longer");
}

async fn row(world: &World) -> (String, String, String, bool, bool, Option<String>) {
    let row =
        "SELECT recipient, text, html, sent_at IS NOT NULL, failed_at IS NOT NULL, last_error FROM outbound_messages";
    sqlx::query_as(row).fetch_one(world.owner()).await.unwrap()
}

#[tokio::test]
async fn what_the_server_has_we_keep_no_longer() {
    let (world, mut server) = (World::new().await, MailServer::start(&[]).await);
    written_and_sent(&world, server.port, "ana@example.org").await;
    assert!(server.mail().await["text"].as_str().unwrap().contains(SECRET));
    assert_eq!(row(&world).await, (String::new(), String::new(), String::new(), true, false, None));
}

/// The whole way: a change commits, a worker finds what it wrote, a server has the mail.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_sends_what_was_written() {
    let (world, mut mail) = (World::new().await, MailServer::start(&[]).await);
    server::database::migrate(&world.url().parse().unwrap()).await.unwrap();
    // A worker lives by the clock of the machine.
    let ctx = Context { post: office(mail.port), clock: Clock::system(), ..world.ctx().clone() };
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(server::jobs::run(ctx.clone(), server::jobs::Recovery::default(), stopped));
    write_to(&world, &ctx, "ana@example.org").await;
    assert_eq!(headers(&mail.mail().await, "To"), ["ana@example.org"]);
    stop.send(true).unwrap();
    worker.await.unwrap();
    assert!(row(&world).await.3, "it is noted before the worker ends");
}

#[tokio::test]
async fn a_recipient_there_is_not_is_given_up() {
    let (world, server) = (World::new().await, MailServer::start(&["--refuse", "nobody@example.org"]).await);
    written_and_sent(&world, server.port, "nobody@example.org").await;
    let (recipient, text, html, sent, failed, error) = row(&world).await;
    assert_eq!((recipient + &text + &html, sent, failed), (String::new(), false, true));
    let error = error.unwrap();
    assert!(error.contains("550") && error.contains("(recipient)") && !error.contains("nobody@"), "{error}");
}

#[tokio::test]
async fn a_busy_server_gets_it_the_next_time() {
    let world = World::new().await;
    let busy = MailServer::start(&["--busy"]).await;
    written_and_sent(&world, busy.port, "ana@example.org").await;
    let (recipient, text, _, sent, failed, error) = row(&world).await;
    assert_eq!((recipient.as_str(), sent, failed), ("ana@example.org", false, false));
    assert!(text.contains(SECRET) && error.unwrap().contains("451"));
    let mut server = MailServer::start(&[]).await;
    let ctx = Context { post: office(server.port), ..world.ctx().clone() };
    world.advance(jiff::SignedDuration::from_secs(2));
    assert_eq!(notifications::send_due(&ctx).await.unwrap(), 1);
    server.mail().await;
    assert!(row(&world).await.3);
}
