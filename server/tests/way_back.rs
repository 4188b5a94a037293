//! Ways back: whatever somebody writes where a page carries the place people go on to, nobody is led off the site.
//! Every door that takes such a word is tried with every trap, through the whole router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use domain::accounts::second_factor;
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::Choice;
use domain::kernel::UserId;
use domain::testing::{PASSWORD, User};
use house::{House, OURS, cookie, house_with, settings, text};
use jiff::{SignedDuration, Timestamp, ToSpan};
use reqwest::Url;
use totp_rs::{Algorithm, Secret, TOTP};

/// What browsers read as another site, as a script, or as a second header; and what they might, after one more decoding.
const TRAPS: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "//evil.example\\@hub.example",
    "//hub.example@evil.example",
    "https://hub.example@evil.example",
    "https://hub.example.evil.example",
    "https://evil.example#@hub.example",
    "http://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://hub.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "mailto:a@evil.example",
    "@evil.example",
    ".evil.example",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\u{b}/evil.example",
    "/bookings\r\nSet-Cookie: a=b",
    "/bookings\r\nLocation: https://evil.example",
    "/bookings\0//evil.example",
    "/\u{2028}/evil.example",
    "/\u{ff0f}evil.example",
    "\u{feff}//evil.example",
    "/\u{3002}evil.example",
    "//\u{65}vil\u{3002}example",
    "/\"><script>alert(1)</script>",
    "/<script>",
    "//[::1]/",
    "//0x7f000001/",
    "//evil.example:443/",
    "http:evil.example/bookings",
];
/// A place on the site, which is kept: else the doors prove nothing.
const PLACE: &str = "/services?q=leak";

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn get_as(house: &House, path: &str, session: Option<&str>) -> Response<Body> {
    let mut request = Request::get(path);
    if let Some(session) = session {
        request = request.header(header::COOKIE, session);
    }
    house.ask(request.body(Body::empty()).unwrap()).await
}

/// Where an answer leads, as a browser on the site reads it; nothing where it leads nowhere.
fn leads_to(answer: &Response<Body>) -> Option<Url> {
    assert!(answer.headers().get_all(header::LOCATION).iter().count() <= 1);
    assert!(answer.headers().get(header::REFRESH).is_none());
    let to = answer.headers().get(header::LOCATION)?.to_str().unwrap();
    Some(Url::parse(OURS).unwrap().join("/login").unwrap().join(to).unwrap())
}

/// The path of an address, with what it asks for.
fn way(to: &Url) -> String {
    to.query().map_or_else(|| to.path().to_owned(), |query| format!("{}?{query}", to.path()))
}

/// An answer of a door: on our site, without a cookie of somebody else's, and a page that carries nothing on.
async fn stays(answer: Response<Body>, door: &str, word: &str) -> Option<Url> {
    let to = leads_to(&answer);
    let status = answer.status();
    assert!(status != StatusCode::SEE_OTHER || to.is_some(), "{door} with {word:?}");
    assert!(!status.is_server_error(), "{door} with {word:?}: {status}");
    for set in answer.headers().get_all(header::SET_COOKIE) {
        assert!(!set.to_str().unwrap().starts_with("a=b"), "{door} with {word:?}");
    }
    if let Some(to) = &to {
        assert_eq!(to.origin(), Url::parse(OURS).unwrap().origin(), "{door} with {word:?} leads to {to}");
    } else {
        let page = text(answer).await;
        let carried = page.split("name=\"next\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let carried = carried.map(|carried| Url::parse(OURS).unwrap().join(carried).unwrap());
        let ours = carried.as_ref().is_none_or(|carried| carried.origin() == Url::parse(OURS).unwrap().origin());
        assert!(ours, "{door} with {word:?} carries {carried:?} on");
    }
    to
}

/// Everything a way back stands in; each is opened with a word and says where it led in the end.
struct Doors {
    house: House,
    service: String,
    owner: String,
    ana: User,
    customer: String,
    careful: User,
    app: TOTP,
    visits: Vec<String>,
}

impl Doors {
    async fn open() -> Self {
        let mut settings = settings();
        settings.rate_limits = false;
        let house = house_with(settings, Vec::new()).await;
        let world = &house.world;
        let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
        let service = world.service(&business, |service| service.called("Fix a leak").on_request().lasts(30)).await;
        let (ana, careful) = (world.customer("Ana").await, world.customer("Vera").await);
        let actor = world.actor(&ana).await;
        let mut visits = Vec::new();
        let first: Timestamp = "2026-11-09T08:00:00Z".parse().unwrap();
        for n in 0..=i64::try_from(TRAPS.len()).unwrap() {
            let wish = Book {
                service: service.slug.clone(),
                choice: Choice::default(),
                member: None,
                start: Some(first.checked_add((n / 14 * 24).hours().minutes(n % 14 * 30)).unwrap()),
                address: Address {
                    street: "Weg 1".into(),
                    postal_code: "10119".into(),
                    city: "Berlin".into(),
                    ..Address::default()
                },
                note: String::new(),
                key: world.ctx().id::<UserId>().0,
            };
            let visit = bookings::book(world.ctx(), &actor, wish).await.unwrap();
            let words = Words { note: String::new(), satisfaction: None };
            bookings::advance(world.ctx(), &actor, &visit, Event::Confirm, words).await.unwrap();
            visits.push(visit);
        }
        let vera = world.actor(&careful).await;
        let secret = second_factor::offer(world.ctx(), &vera).await.unwrap().secret;
        let bytes = Secret::Encoded(secret).to_bytes().unwrap();
        let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
        let now = app.generate(world.now().as_second().unsigned_abs());
        second_factor::confirm(world.ctx(), &vera, &now, PASSWORD.to_owned()).await.unwrap();
        let service = service.slug;
        let (owner, customer) = (String::new(), String::new());
        let mut doors = Self { house, service, owner, ana, customer, careful, app, visits };
        doors.owner = cookie(&doors.log_in(&business.owner.user, "").await).unwrap();
        doors.customer = cookie(&doors.log_in(&doors.ana, "").await).unwrap();
        doors
    }

    async fn log_in(&self, user: &User, next: &str) -> Response<Body> {
        let body = form(&[("email", &user.email), ("password", PASSWORD), ("next", next)]);
        self.house.post("/login", None, &body).await
    }

    /// Goes through all doors with a word; says of each by name where it led.
    async fn try_all(&mut self, word: &str) -> Vec<(&'static str, Option<Url>)> {
        let query = form(&[("next", word)]);
        let mut led = Vec::new();
        for path in ["/login", "/register", "/login/two-factor"] {
            stays(get_as(&self.house, &format!("{path}?{query}"), None).await, path, word).await;
        }
        for (door, path) in [("login, from inside", "/login"), ("register, from inside", "/register")] {
            let answer = get_as(&self.house, &format!("{path}?{query}"), Some(&self.customer)).await;
            led.push((door, stays(answer, door, word).await));
        }
        led.push(("login", stays(self.log_in(&self.ana, word).await, "login", word).await));
        led.push(("register", self.register(word).await));
        led.push(("second factor", self.second_factor(word).await));
        led.push(("heart", self.heart(word).await));
        led.push(("wish", self.wish(word).await));
        led.push(("visit", self.visit(word).await));
        self.sent_to_log_in(word).await;
        led
    }

    async fn register(&self, word: &str) -> Option<Url> {
        let email = format!("{}@example.org", self.visits.len());
        let body = form(&[
            ("first_name", "Eve"),
            ("last_name", "Lima"),
            ("email", &email),
            ("phone", ""),
            ("password", "tea at five o'clock"),
            ("password_again", "tea at five o'clock"),
            ("intent", "customer"),
            ("next", word),
        ]);
        let to = stays(self.house.post("/register", None, &body).await, "register", word).await.unwrap();
        // It leads to the login, which takes the word on.
        let there = &way(&to);
        stays(get_as(&self.house, there, Some(&self.customer)).await, "login after register", word).await
    }

    async fn second_factor(&self, word: &str) -> Option<Url> {
        self.house.world.advance(SignedDuration::from_secs(60));
        let half = self.log_in(&self.careful, word).await;
        let session = cookie(&half).unwrap();
        let to = stays(half, "login, half-way", word).await.unwrap();
        let there = &way(&to);
        assert!(there.starts_with("/login/two-factor"), "{there}");
        stays(get_as(&self.house, there, Some(&session)).await, "second factor", word).await;
        let code = self.app.generate(self.house.world.now().as_second().unsigned_abs());
        let body = form(&[("code", &code), ("next", word)]);
        let answer = self.house.post("/login/two-factor", Some(&session), &body).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "the code opens");
        stays(answer, "second factor", word).await
    }

    async fn heart(&self, word: &str) -> Option<Url> {
        let body = form(&[("back", word)]);
        let path = format!("/services/{}/favorite", self.service);
        let kept = stays(self.house.post(&path, Some(&self.customer), &body).await, "heart", word).await;
        let gone = self.house.post(&format!("{path}/remove"), Some(&self.customer), &body).await;
        stays(gone, "heart, let go", word).await;
        kept
    }

    /// A visitor's heart: the word waits in the session while they log in.
    async fn wish(&self, word: &str) -> Option<Url> {
        let path = format!("/services/{}/favorite", self.service);
        let asked = self.house.post(&path, None, &form(&[("back", word)])).await;
        let session = cookie(&asked).unwrap();
        stays(asked, "wish", word).await.unwrap();
        let body = form(&[("email", &self.ana.email), ("password", PASSWORD), ("next", "/favorites/wish")]);
        let inside = cookie(&self.house.post("/login", Some(&session), &body).await).unwrap();
        stays(get_as(&self.house, "/favorites/wish", Some(&inside)).await, "wish, granted", word).await
    }

    /// The provider's lists, where a deed leads back to the list.
    async fn visit(&mut self, word: &str) -> Option<Url> {
        let visit = self.visits.pop().unwrap();
        let body = form(&[("back", word)]);
        let answer = self.house.post(&format!("/bookings/{visit}/accept"), Some(&self.owner), &body).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "the visit is accepted");
        stays(answer, "visit", word).await
    }

    /// Who has to log in is led back to the page a form was on, which the browser tells.
    async fn sent_to_log_in(&self, word: &str) {
        let Ok(from) = header::HeaderValue::from_str(&format!("https://evil.example{word}")) else { return };
        let request = Request::post("/account/phone")
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, from)
            .body(Body::empty())
            .unwrap();
        let to = stays(self.house.ask(request).await, "sent to log in", word).await.unwrap();
        let there = way(&to);
        stays(get_as(&self.house, &there, Some(&self.customer)).await, "back from there", word).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_back_leads_off_the_site() {
    assert!(TRAPS.len() >= 36);
    let mut doors = Doors::open().await;
    // The control: each door goes where it is told, on the site.
    for (door, to) in doors.try_all(PLACE).await {
        let to = to.unwrap_or_else(|| panic!("{door} leads nowhere"));
        assert!(
            to.path() == "/services" && to.query().unwrap_or_default().starts_with("q=leak"),
            "{door} leads to {to}"
        );
    }
    for trap in TRAPS {
        doors.try_all(trap).await;
    }
}

#[test]
fn a_browser_would_follow_the_traps() {
    let base = Url::parse(OURS).unwrap();
    let off = TRAPS.iter().filter(|trap| base.join(trap).is_ok_and(|to| to.origin() != base.origin())).count();
    assert!(off >= 25, "only {off} lead off the site when nobody looks");
}
