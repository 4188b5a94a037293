//! Many people and one time, through the real front door: sessions, sockets, forms. And people who hang
//! up while they book. What the domain's races promise must still hold behind HTTP (T2, T3, BOO-05).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::kernel::{Context, UserId};
use domain::testing::{PASSWORD, Service};
use house::whole::{GHOSTS, HALVES, OVERLAPS};
use house::wire::{exchange, send_and_hang_up, status};
use house::{House, Served, cookie, house_with, serve, settings};
use jiff::{Timestamp, ToSpan};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Barrier;

const RIVALS: usize = 50;
/// The bench runs a hundred; without optimising, these are enough to fail when a guard is off.
const ROUNDS: usize = 12;
const ABORTED: usize = 10_000;
const AT_ONCE: usize = 40;
const AFTERWARDS: usize = 200;
const BUSINESSES: usize = 8;

/// A house on a socket where nobody counts attempts: here everybody tries at once on purpose.
async fn busy_house() -> (House, Served) {
    let mut settings = settings();
    settings.rate_limits = false;
    let house = house_with(settings.clone(), Vec::new()).await;
    let served = serve(house.app.clone(), &settings).await;
    (house, served)
}

/// Sessions of people who have just signed in.
async fn signed_in(house: &House, count: usize) -> Vec<String> {
    let mut sessions = Vec::with_capacity(count);
    for number in 0..count {
        let person = house.world.customer(&format!("Rival {number}")).await;
        let form = form(&[("email", &person.email), ("password", PASSWORD)]);
        let answer = house.post("/login", None, &form).await;
        assert_eq!(answer.status(), 303);
        sessions.push(cookie(&answer).unwrap());
    }
    sessions
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What a browser sends when somebody presses "Continue to confirm".
fn booking(session: &str, service: &Service, start: Timestamp, street: &str, key: UserId) -> String {
    let body = form(&[
        ("start", &start.to_string()),
        ("street", street),
        ("postal_code", "10119"),
        ("city", "Berlin"),
        ("note", "The bell is broken, please knock."),
        ("key", &key.0.to_string()),
    ]);
    format!(
        "POST /services/{}/book HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncookie: {session}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        service.slug,
        body.len()
    )
}

/// The n-th of the sixteen half hours from 8 to 16 UTC of the weekdays from 9 November on.
fn nth_time(n: usize) -> Timestamp {
    let (day, half) = (n / 16, n % 16);
    let days = i64::try_from(day / 5 * 7 + day % 5).unwrap();
    let first: Timestamp = "2026-11-09T08:00:00Z".parse().unwrap();
    first.checked_add((days * 24).hours().minutes(i64::try_from(half).unwrap() * 30)).unwrap()
}

async fn count(house: &House, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(house.world.owner()).await.unwrap()
}

const DEADLOCKS: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
/// Connections of the pages that are still doing something, or wait inside a transaction.
const BUSY: &str = "SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'world' AND state <> 'idle'";

#[tokio::test(flavor = "multi_thread")]
async fn fifty_sessions_want_one_time_and_one_gets_it() {
    let (house, served) = busy_house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let sessions = signed_in(&house, RIVALS).await;
    let address = served.address;
    for round in 0..ROUNDS {
        let gate = Arc::new(Barrier::new(RIVALS));
        let tries: Vec<_> = sessions
            .iter()
            .enumerate()
            .map(|(rival, session)| {
                let street = format!("Linienstraße {rival}");
                let key = house.world.ctx().id();
                let request = booking(session, &leak, nth_time(round * 2), &street, key);
                let gate = Arc::clone(&gate);
                tokio::spawn(async move {
                    gate.wait().await;
                    (street, exchange(address, &request).await)
                })
            })
            .collect();
        let mut won = 0;
        for one in tries {
            let (street, answer) = one.await.unwrap();
            match status(&answer) {
                303 => won += 1,
                409 => assert_is_a_kind_refusal(&answer, &street),
                other => panic!("round {round}: {other} is neither won nor lost: {answer}"),
            }
        }
        assert_eq!(won, 1, "round {round}");
    }
    assert_eq!(count(&house, OVERLAPS).await, 0);
    assert_eq!(count(&house, DEADLOCKS).await, 0);
    assert_eq!(count(&house, HALVES).await, 0);
}

/// A loser reads what happened, finds other times to choose from, and types nothing again.
fn assert_is_a_kind_refusal(answer: &str, street: &str) {
    assert!(answer.contains("That time was just taken"), "{answer}");
    let times = answer.matches("name=\"start\"").count();
    assert!((1..=4).contains(&times), "{times} other times: {answer}");
    let kept = [format!("value=\"{street}\""), "value=\"10119\"".into(), "please knock.".into()];
    for typed in kept {
        assert!(answer.contains(&typed), "{typed} is lost: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_aborted_bookings_leave_none_half_done() {
    let (house, served) = busy_house().await;
    let mut services = Vec::new();
    for number in 0..BUSINESSES {
        let business = house.world.provider(&format!("Plumbing {number}"), "Europe/Berlin").await;
        services.push(house.world.service(&business, |s| s.called("Fix a leak").lasts(30)).await);
    }
    let services = Arc::new(services);
    let sessions = signed_in(&house, AT_ONCE).await;
    let mut span = Duration::ZERO;
    for whole in [true, false] {
        // The first time nobody hangs up: that tells how long booking takes here, in such a crowd.
        let each = if whole { 3 } else { ABORTED / AT_ONCE };
        let crowd = sessions.iter().map(|session| {
            let hasty = Hasty {
                services: Arc::clone(&services),
                session: session.clone(),
                ctx: house.world.ctx().clone(),
                address: served.address,
                span,
            };
            tokio::spawn(hasty.book(each))
        });
        let started = Instant::now();
        for task in crowd.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        span = started.elapsed() / 3;
    }

    // Writes run to their end although nobody waits for them; then every connection is at rest.
    for _ in 0..100 {
        if count(&house, BUSY).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(count(&house, BUSY).await, 0, "connections are stuck");
    assert_eq!(count(&house, HALVES).await, 0, "bookings are half done");
    assert_eq!(count(&house, GHOSTS).await, 0, "something is left of bookings that failed");
    assert_eq!(count(&house, OVERLAPS).await, 0);
    let booked = count(&house, "SELECT count(*) FROM bookings").await;
    assert!(
        booked > 500 && booked < i64::try_from(ABORTED).unwrap(),
        "{booked} of {ABORTED} were booked: the aborts fell on both sides"
    );

    let business = house.world.provider("Afterwards", "Europe/Berlin").await;
    let fresh = house.world.service(&business, |s| s.called("Fix a tap").lasts(30)).await;
    for n in 0..AFTERWARDS {
        let session = &sessions[n % AT_ONCE];
        let key = house.world.ctx().id();
        let request = booking(session, &fresh, nth_time(n), "Linienstraße 1", key);
        let answer = exchange(served.address, &request).await;
        assert_eq!(status(&answer), 303, "{n}: {answer}");
    }
}

/// Somebody who books and hangs up.
struct Hasty {
    services: Arc<Vec<Service>>,
    session: String,
    ctx: Context,
    address: SocketAddr,
    /// How long booking takes; zero: patient people.
    span: Duration,
}

impl Hasty {
    async fn book(self, times: usize) {
        for _ in 0..times {
            let [which, high, low] = self.ctx.chance.bytes::<3>();
            let service = &self.services[usize::from(which) % BUSINESSES];
            let start = nth_time(usize::from(u16::from_be_bytes([high, low])) % 400);
            let request = booking(&self.session, service, start, "Linienstraße 1", self.ctx.id());
            if self.span.is_zero() {
                exchange(self.address, &request).await;
            } else {
                self.abort(&request).await;
            }
        }
    }

    /// Hangs up somewhere: one in four while still sending, the others between the first byte being
    /// read and a while after the answer.
    async fn abort(&self, request: &str) {
        let [kind, high, low] = self.ctx.chance.bytes::<3>();
        let random = u16::from_be_bytes([high, low]);
        if kind < 64 {
            let Ok(mut stream) = TcpStream::connect(self.address).await else {
                return;
            };
            let _ = stream.set_zero_linger();
            let sent = usize::from(random) % request.len();
            let _ = stream.write_all(&request.as_bytes()[..sent]).await;
            tokio::time::sleep(Duration::from_micros(u64::from(kind) * 50)).await;
        } else {
            let patience = self.span.mul_f64(1.5 * f64::from(random) / f64::from(u16::MAX));
            send_and_hang_up(self.address, request, patience).await;
        }
    }
}
