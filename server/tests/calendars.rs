//! Calendars people subscribe to, through the whole router: who reads what, until when, and what the log learns of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::bookings::{self, Address, Book, Event, Words};
use domain::calendars::{FeedKind, make_feed};
use domain::catalog::Choice;
use domain::kernel::{TimeRange, UserId};
use domain::testing::{PASSWORD, Provider, Service, User};
use house::{House, cookie, house, text};
use jiff::SignedDuration;

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn signed_in(house: &House, user: &User) -> String {
    cookie(&house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await).unwrap()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

/// The path in an address of a page or of a use case.
fn path(text: &str) -> String {
    let from = text.find("/calendar/").unwrap();
    text[from..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || "/-_.".contains(*letter)).collect()
}

async fn feed_of(house: &House, user: &User, kind: FeedKind) -> String {
    let actor = house.world.actor(user).await;
    path(&make_feed(house.world.ctx(), &actor, kind).await.unwrap().address)
}

async fn read(house: &House, path: &str) -> String {
    let answer = house.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    text(answer).await.replace("\r\n ", "")
}

async fn booked(house: &House, who: &User, service: &Service, start: &str) -> String {
    let ctx = house.world.ctx();
    let wish = Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some(start.parse().unwrap()),
        address: Address {
            street: "Linienstraße 1".into(),
            postal_code: "10119".into(),
            city: "Berlin".into(),
            ..Address::default()
        },
        note: "The key is under the gnome.".to_owned(),
        key: ctx.id::<UserId>().0,
    };
    let actor = house.world.actor(who).await;
    let reference = bookings::book(ctx, &actor, wish).await.unwrap();
    go(house, who, &reference, Event::Confirm).await;
    reference
}

async fn go(house: &House, who: &User, reference: &str, event: Event) {
    let actor = house.world.actor(who).await;
    bookings::advance(house.world.ctx(), &actor, reference, event, Words::default()).await.unwrap();
}

async fn plumbing(house: &House) -> (Provider, Service) {
    let business = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&business, |service| service.called("Fix a leak").on_request()).await;
    (business, leak)
}

/// The event of a booking in a feed.
fn event<'t>(feed: &'t str, reference: &str) -> &'t str {
    let uid = format!("UID:{reference}@servicehub");
    feed.split("BEGIN:VEVENT").find(|event| event.contains(&uid)).unwrap_or_else(|| panic!("{reference}: {feed}"))
}

#[tokio::test]
async fn each_side_reads_what_it_may_see_and_every_change_is_a_newer_version() {
    let house = house().await;
    let (business, leak) = plumbing(&house).await;
    let ana = house.world.customer("Ana").await;
    let reference = booked(&house, &ana, &leak, "2026-11-03T10:00:00Z").await;
    let (hers, work) =
        (feed_of(&house, &ana, FeedKind::Bookings).await, feed_of(&house, &business.owner.user, FeedKind::Work).await);

    let asked = read(&house, &hers).await;
    assert!(event(&asked, &reference).contains("STATUS:TENTATIVE\r\n"), "{asked}");
    assert!(event(&asked, &reference).contains("SEQUENCE:1\r\n") && asked.contains("Linienstraße 1"), "{asked}");
    let seen = read(&house, &work).await;
    // Before they agree, providers learn roughly where.
    assert!(seen.contains("10119 Berlin") && !seen.contains("Linienstra"), "{seen}");
    assert!(!seen.contains("gnome") && !asked.contains("gnome"), "notes stay here");

    go(&house, &business.owner.user, &reference, Event::Accept).await;
    let seen = read(&house, &work).await;
    let confirmed = event(&seen, &reference);
    for line in ["STATUS:CONFIRMED", "SEQUENCE:2", "DTSTART:20261103T100000Z", "SUMMARY:Fix a leak · Ana Example"] {
        assert!(confirmed.lines().any(|found| found == line), "{line}: {confirmed}");
    }
    assert!(seen.contains("Linienstraße 1"), "agreed: exactly where");

    go(&house, &ana, &reference, Event::Cancel).await;
    for feed in [&hers, &work] {
        let text = read(&house, feed).await;
        let event = event(&text, &reference);
        assert!(event.contains("STATUS:CANCELLED\r\n") && event.contains("SEQUENCE:3\r\n"), "{event}");
    }
    assert!(!read(&house, &work).await.contains("Linienstra"), "what is called off is nobody's address");
    house.world.advance(SignedDuration::from_hours(61 * 24));
    assert!(!read(&house, &work).await.contains(&reference), "after two months it is gone");
}

#[tokio::test]
async fn a_hold_is_no_appointment_and_blocks_are_ones_own() {
    let house = house().await;
    let (business, leak) = plumbing(&house).await;
    let dina = business.member("Dina").await;
    let ana = house.world.customer("Ana").await;
    let ctx = house.world.ctx();
    let owner = house.world.actor(&business.owner.user).await;
    let lunch = TimeRange::new("2026-11-06T12:00:00Z".parse().unwrap(), "2026-11-06T13:00:00Z".parse().unwrap());
    domain::availability::block(ctx, &owner, business.owner.id, lunch.unwrap(), "Dentist, at last".to_owned())
        .await
        .unwrap();
    let hers = feed_of(&house, &ana, FeedKind::Bookings).await;
    let reference = booked(&house, &ana, &leak, "2026-11-03T10:00:00Z").await;
    sqlx::query("DELETE FROM booking_events WHERE seq > 1").execute(house.world.owner()).await.unwrap();
    sqlx::query("UPDATE bookings SET state = 'held'").execute(house.world.owner()).await.unwrap();
    assert!(!read(&house, &hers).await.contains(&reference));
    sqlx::query("UPDATE bookings SET state = 'expired'").execute(house.world.owner()).await.unwrap();
    assert!(!read(&house, &hers).await.contains(&reference), "it never was more than a hold");
    let work = feed_of(&house, &business.owner.user, FeedKind::Work).await;
    assert!(read(&house, &work).await.contains("SUMMARY:Dentist\\, at last\r\n"));
    let colleague = feed_of(&house, &dina.user, FeedKind::Work).await;
    assert!(!read(&house, &colleague).await.contains("Dentist"), "not hers");
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let house = house().await;
    let (_, leak) = plumbing(&house).await;
    let ana = house.world.customer("Ana").await;
    let hers = feed_of(&house, &ana, FeedKind::Bookings).await;
    let first = house.get(&hers).await;
    assert_eq!(first.headers()["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(first.headers()["cache-control"], "private, no-cache");
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let ask = async |tag: &str| {
        house.ask(Request::get(&hers).header("if-none-match", tag).body(Body::empty()).unwrap()).await
    };
    house.world.advance(SignedDuration::from_hours(5));
    let same = ask(&format!("W/{tag}")).await;
    assert_eq!((same.status(), same.headers()["etag"].to_str().unwrap()), (StatusCode::NOT_MODIFIED, tag.as_str()));
    assert_eq!(text(same).await, "");
    booked(&house, &ana, &leak, "2026-11-03T10:00:00Z").await;
    assert_eq!(ask(&tag).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn addresses_are_made_renewed_and_revoked_on_a_page_without_scripts() {
    let house = house().await;
    let (business, _) = plumbing(&house).await;
    let ana = house.world.customer("Ana").await;
    let (customer, owner) = (signed_in(&house, &ana).await, signed_in(&house, &business.owner.user).await);
    let page = text(get_as(&house, "/account/calendar", &customer).await).await;
    assert!(page.contains("What you booked") && !page.contains("Your work"), "work is for people who work");
    let asked = house.post("/account/calendar", Some(&customer), &form(&[("kind", "work"), ("do", "make")])).await;
    assert_eq!(asked.status(), StatusCode::NOT_FOUND);

    let make = async || {
        let answer = house.post("/account/calendar", Some(&owner), &form(&[("kind", "work"), ("do", "make")])).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        path(text(answer).await.split("feed-address").nth(1).unwrap())
    };
    let first = make().await;
    assert_eq!(first.len(), "/calendar/.ics".len() + 43, "256 bits: {first}");
    read(&house, &first).await;
    let page = text(get_as(&house, "/account/calendar", &owner).await).await;
    assert!(!page.contains("/calendar/") || !page.contains(&first), "shown once");
    let second = make().await;
    assert_eq!(house.get(&first).await.status(), StatusCode::NOT_FOUND, "renewed: the old one is over");
    read(&house, &second).await;
    let done = house.post("/account/calendar", Some(&owner), &form(&[("kind", "work"), ("do", "revoke")])).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(house.get(&second).await.status(), StatusCode::NOT_FOUND);

    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action LIKE 'feed.%'")
        .fetch_one(house.world.owner())
        .await
        .unwrap();
    assert_eq!(known, 3, "made, renewed, revoked");
}

#[tokio::test]
async fn a_wrong_secret_takes_the_same_way_and_people_who_are_out_show_nothing() {
    let house = house().await;
    let ana = house.world.customer("Ana").await;
    let hers = feed_of(&house, &ana, FeedKind::Bookings).await;
    let wrong = format!("/calendar/{}.ics", "A".repeat(43));
    for path in [wrong.as_str(), "/calendar/x", "/calendar/.ics", &hers[..hers.len() - 4]] {
        let (answer, said) = house.world.statements(house.get(path)).await;
        assert_eq!((answer.status(), said.len()), (StatusCode::NOT_FOUND, 1), "{path}: {said:?}");
    }
    let (_, said) = house.world.statements(house.get(&hers)).await;
    assert!(said.len() <= 3, "{said:?}");
    sqlx::query("UPDATE users SET suspended_at = now()").execute(house.world.owner()).await.unwrap();
    assert_eq!(house.get(&hers).await.status(), StatusCode::NOT_FOUND);
    sqlx::query("UPDATE users SET suspended_at = NULL, deleted_at = now()").execute(house.world.owner()).await.unwrap();
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM calendar_feeds").fetch_one(house.world.owner()).await.unwrap();
    assert_eq!(left, 0, "forgotten with the person");
}

#[tokio::test]
async fn calendars_elsewhere_are_added_and_removed_on_a_page_without_scripts() {
    let mut settings = house::settings();
    settings.rate_limits = false;
    let elsewhere = std::sync::Arc::new(domain::testing::Elsewhere::default());
    let house = house::house_with_calendars(settings, elsewhere.clone()).await;
    let (business, _) = plumbing(&house).await;
    let (cem, ana) = (business.member("Cem").await, house.world.customer("Ana").await);
    let (owner, cem, customer) = (
        signed_in(&house, &business.owner.user).await,
        signed_in(&house, &cem.user).await,
        signed_in(&house, &ana).await,
    );
    let path = "/provider/calendar/sources";
    assert_eq!(get_as(&house, path, &customer).await.status(), StatusCode::NOT_FOUND);
    let page = text(get_as(&house, path, &owner).await).await;
    assert!(page.contains("Whose time") && page.contains("No other calendars yet"), "an owner chooses");
    let page = text(get_as(&house, path, &cem).await).await;
    assert!(!page.contains("Whose time"), "who has one is not asked");

    let secret = "https://calendar.example/private-5ecret.ics";
    let send =
        async |address: &str| house.post(path, Some(&cem), &form(&[("name", "Football"), ("address", address)])).await;
    let wrong = send("http://127.0.0.1/").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(wrong).await;
    assert!(page.contains("begins with https://") && page.contains("value=\"Football\""), "{page}");
    assert_eq!(send(secret).await.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, path, &cem).await).await;
    assert!(page.contains("Football") && page.contains("Is being read") && !page.contains("5ecret"), "{page}");

    let ctx = house.context();
    let id = sqlx::query_scalar("SELECT id FROM calendar_sources").fetch_one(house.world.owner()).await.unwrap();
    elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT1H"]);
    domain::calendars::read_source(&ctx, id).await.unwrap();
    assert!(text(get_as(&house, path, &cem).await).await.contains("one busy time"));
    elsewhere.fails(domain::kernel::fetch::Unfetched::Status(403));
    house.world.advance(SignedDuration::from_hours(25));
    domain::calendars::read_source(&ctx, id).await.unwrap();
    let page = text(get_as(&house, path, &cem).await).await;
    assert!(page.contains("Out of date") && page.contains("asks for a password"), "{page}");

    let remove = format!("source={id}");
    let path = "/provider/calendar/sources/remove";
    assert_eq!(house.post(path, Some(&customer), &remove).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(house.post(path, Some(&cem), &remove).await.status(), StatusCode::SEE_OTHER);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM reservations").fetch_one(house.world.owner()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_calendar_that_is_out_of_date_is_told_where_people_look() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let (owner, toms) = (signed_in(&house, &plumbing.owner.user).await, signed_in(&house, &tom.user).await);
    const PAGES: [&str; 2] = ["/provider", "/provider/calendar"];
    let shown = async |path: &str, who: &str| text(get_as(&house, path, who).await).await;
    for path in PAGES {
        assert!(!shown(path, &owner).await.contains("out of date"), "{path}");
    }
    sqlx::query(
        "WITH source AS (
             INSERT INTO calendar_sources (id, member_id, name, host, sealed, created_at)
             VALUES (gen_random_uuid(), $1, '<Private>', 'calendar.example', '', $2) RETURNING id)
         INSERT INTO calendar_readings (source_id, due_at, read_at, failing_since, reason)
         SELECT id, $2, $2 - interval '25 hours', $2 - interval '24 hours', 'slow' FROM source",
    )
    .bind(plumbing.owner.id.0)
    .bind(jiff_sqlx::Timestamp::from(house.world.now()))
    .execute(house.world.owner())
    .await
    .unwrap();
    for path in PAGES {
        let page = shown(path, &owner).await;
        assert!(page.contains("A calendar is out of date") && page.contains("“&lt;Private&gt;”"), "{path}: {page}");
        assert!(page.contains("href=\"/provider/calendar/sources\""), "{path}");
        assert!(!shown(path, &toms).await.contains("out of date"), "{path}: another one's calendar is theirs");
    }
}
