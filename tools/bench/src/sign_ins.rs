//! Signing in: what a storm of it does to the catalogue (P16), and whether the time an answer takes tells
//! who has an account, at each of the three doors that are told an address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::client::{Connection, Request};
use crate::figures::{Figures, ms, rate};
use crate::load::{Latencies, closed, in_turn, open};
use crate::marketplace::{PEOPLE, Scene};
use crate::people::{PASSWORD, email, place};
use crate::{Outcome, Trouble};

/// People who look around at an even rate, in pages a second: far from what the machine can do, as at night
/// when lists of passwords are tried.
const VISITORS: f64 = 200.0;
/// Connections they may use.
const LANES: usize = 64;
/// The most the medians of known and unknown addresses may lie apart.
const APART: Duration = Duration::from_millis(5);

const TITLE: &str = "Signing in";
const HEAD: &[&str] = &["", "Measured"];

/// Measures both.
///
/// # Errors
/// A page does not answer.
pub async fn measure(scene: &Scene<'_>, figures: &mut Figures) -> Outcome<()> {
    storm(scene, figures).await;
    let known: Vec<_> = (0..PEOPLE).map(email).collect();
    let unknown: Vec<_> = (0..PEOPLE).map(|n| format!("nobody-{n}@example.org")).collect();
    let wrong = |place: &str, email: &str| {
        Request::post_from(place, "/login", &[("email", email), ("password", "not the password at all")])
    };
    medians(scene, figures, "A wrong password", 422, [&known, &unknown], wrong).await?;
    let forgotten = |place: &str, email: &str| Request::post_from(place, "/password/forgot", &[("email", email)]);
    medians(scene, figures, "A forgotten password", 303, [&known, &unknown], forgotten).await?;
    // Who registers is known afterwards: every run has new addresses.
    #[expect(clippy::disallowed_methods, reason = "addresses differ from run to run")]
    let run = jiff::Timestamp::now().as_millisecond();
    let fresh: Vec<_> = (0..PEOPLE).map(|n| format!("fresh-{run}-{n}@example.org")).collect();
    medians(scene, figures, "Registering", 303, [&known, &fresh], registering).await
}

fn registering(place: &str, email: &str) -> Arc<Request> {
    let fields = [
        ("first_name", "Bench"),
        ("last_name", "Example"),
        ("email", email),
        ("phone", ""),
        ("intent", "customer"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    Request::post_from(place, "/register", &fields)
}

/// Fifty people sign in again and again while others look around.
async fn storm(scene: &Scene<'_>, figures: &mut Figures) {
    let (target, length) = (&scene.target, scene.options.measurement());
    let list = in_turn(vec![Request::get("/services", None)]);
    let logins = (0..PEOPLE).map(|n| {
        let fields = [("email", email(n)), ("password", PASSWORD.to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Request::post_from(&place(n), "/login", &fields)
    });
    let logins = in_turn(logins.collect());
    let mut quiet = open(target, LANES, VISITORS, length, &list).await;
    let (mut shaken, mut people) =
        tokio::join!(open(target, LANES, VISITORS, length, &list), closed(target, PEOPLE, length, &logins));
    let (before, during) = (quiet.percentile(99.0), shaken.percentile(99.0));
    let times = during.as_secs_f64() / before.as_secs_f64().max(1e-9);
    let what = format!("The list's p99 while {PEOPLE} people sign in again and again, against the quiet");
    figures.goal("P16", &what, format!("{times:.1}x ({} to {})", ms(before), ms(during)), "≤ 2x", times <= 2.0);
    let logins = format!("{}/s, p50 {}", rate(people.rate()), ms(people.percentile(50.0)));
    figures.line(TITLE, HEAD, vec!["People who sign in during the storm".to_owned(), logins]);
    if quiet.not(200) + shaken.not(200) + people.not(303) > 0 {
        let said = [&quiet.statuses, &shaken.statuses, &people.statuses];
        figures.broken(format!("P16: not everybody was answered as they should: {said:?}"));
    }
}

/// Known and unknown addresses in turn, each from a place of its own, one after the other.
async fn medians(
    scene: &Scene<'_>,
    figures: &mut Figures,
    what: &'static str,
    status: u16,
    emails: [&[String]; 2],
    request: impl Fn(&str, &str) -> Arc<Request>,
) -> Outcome<()> {
    let mut connection = Connection::to(&scene.target);
    let mut took = [Latencies::default(), Latencies::default()];
    for n in 0..PEOPLE {
        for (times, emails) in took.iter_mut().zip(emails) {
            let one = request(&place(n), &emails[n]);
            let since = Instant::now();
            let answer = connection.ask(&one).await?;
            times.add(since.elapsed());
            if answer.status != status {
                return Err(Trouble::from(format!("{what} was answered with {}", answer.status)));
            }
        }
    }
    let [known, unknown] = took.each_mut().map(|times| times.percentile(50.0));
    let apart = known.abs_diff(unknown);
    let measured = format!("{} ({}, {})", ms(apart), ms(known), ms(unknown));
    figures.goal("SEC", &format!("{what}: medians of known and unknown apart"), measured, "≤ 5 ms", apart <= APART);
    Ok(())
}
