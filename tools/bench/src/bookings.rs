//! Bookings, each of its own slot (P10): holding alone, and the whole way to a booking that stands.
//! pgbench runs on the same Postgres in the same minute, because disks differ and have moods.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Connection, Request, Session};
use crate::figures::{Figures, ms, rate};
use crate::load::{Latencies, per_second};
use crate::marketplace::{PEOPLE, Scene};
use crate::processes::Spent;
use crate::slots::{Slot, gather};
use crate::{Outcome, beside};

/// People who book at once.
const CROWD: usize = 32;
/// More slots than can be booked in the time.
const MOST_SLOTS: usize = 40_000;

const TITLE: &str = "Bookings, each of its own slot";
const HEAD: &[&str] = &["What", "bookings/s", "p50", "p99", "CPU-ms server", "CPU-ms Postgres", "CPU-ms"];

/// What a stretch of booking did.
#[derive(Default)]
struct Stretch {
    held: usize,
    confirmed: usize,
    otherwise: Vec<u16>,
    holding: Latencies,
    confirming: Latencies,
    elapsed: Duration,
    spent: Spent,
}

/// Measures bookings and pgbench.
///
/// # Errors
/// A page does not answer, or there is nothing to book.
pub async fn measure(scene: &Scene<'_>, figures: &mut Figures) -> Outcome<()> {
    eprintln!("Looking for free times");
    let slots: Arc<[Slot]> = gather(&scene.target, &scene.bookable, MOST_SLOTS).await?.into();
    let next = Arc::new(AtomicUsize::new(0));
    eprintln!("Booking: {} free times", slots.len());
    book(scene, &slots, &next, false, scene.options.warm_up()).await?;

    let mut hold = book(scene, &slots, &next, false, scene.options.measurement()).await?;
    let (server, postgres) = hold.spent.each(hold.held);
    let held = per_second(hold.held, hold.elapsed);
    let times = (hold.holding.percentile(50.0), hold.holding.percentile(99.0));
    line(figures, "Holding a slot (one request)", held, times, (server, postgres));

    let mut whole = book(scene, &slots, &next, true, scene.options.measurement()).await?;
    let (both_server, both_postgres) = whole.spent.each(whole.confirmed);
    let booked = per_second(whole.confirmed, whole.elapsed);
    let times = (whole.confirming.percentile(50.0), whole.confirming.percentile(99.0));
    line(figures, "The whole way: holding and confirming (two requests)", booked, times, (both_server, both_postgres));

    let of_two = both_server + both_postgres;
    let dearer = (server + postgres).max(of_two - server - postgres);
    figures.goal(
        "A.3b",
        "A booking's request (the dearer of holding and confirming)",
        format!("{dearer:.2} CPU-ms"),
        "≤ 3 CPU-ms",
        dearer <= 3.0,
    );
    figures.goal("A.3b", "A whole booking, both requests", format!("{of_two:.2} CPU-ms"), "≤ 3 CPU-ms", of_two <= 3.0);
    for stretch in [&hold, &whole] {
        if !stretch.otherwise.is_empty() {
            figures.broken(format!("P10: free times were answered with {:?}", stretch.otherwise));
        }
    }
    if next.load(Ordering::Relaxed) >= slots.len() {
        eprintln!("   The free times ran out; rates count the time until then.");
    }
    beside::pgbench(scene, figures, (held, booked)).await
}

fn line(figures: &mut Figures, what: &str, per_second: f64, times: (Duration, Duration), costs: (f64, f64)) {
    let (server, postgres) = costs;
    let cells = [
        what.to_owned(),
        rate(per_second),
        ms(times.0),
        ms(times.1),
        format!("{server:.2}"),
        format!("{postgres:.2}"),
        format!("{:.2}", server + postgres),
    ];
    figures.line(TITLE, HEAD, cells.to_vec());
}

async fn book(
    scene: &Scene<'_>,
    slots: &Arc<[Slot]>,
    next: &Arc<AtomicUsize>,
    confirm: bool,
    length: Duration,
) -> Outcome<Stretch> {
    let (before, started) = (scene.processes.spent(), Instant::now());
    let crowd = (0..CROWD).map(|_| {
        let customer = Customer {
            connection: Connection::to(&scene.target),
            people: scene.people.clone(),
            slots: Arc::clone(slots),
            next: Arc::clone(next),
            confirm,
            done: Stretch::default(),
        };
        tokio::spawn(customer.book_until(started + length))
    });
    let mut all = Stretch::default();
    for task in crowd.collect::<Vec<_>>() {
        let one = task.await??;
        all.held += one.held;
        all.confirmed += one.confirmed;
        all.otherwise.extend(one.otherwise);
        all.holding.join(one.holding);
        all.confirming.join(one.confirming);
    }
    all.elapsed = started.elapsed();
    all.spent = scene.processes.spent().since(before);
    Ok(all)
}

struct Customer {
    connection: Connection,
    people: Vec<Session>,
    slots: Arc<[Slot]>,
    next: Arc<AtomicUsize>,
    confirm: bool,
    done: Stretch,
}

impl Customer {
    async fn book_until(mut self, end: Instant) -> Outcome<Stretch> {
        while Instant::now() < end {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = self.slots.get(n) else { break };
            // Whoever chooses again gives the earlier choice back; so nobody gets the same service twice.
            let person = self.people[(n + n / PEOPLE) % PEOPLE].clone();
            self.book(&slot.wish(&person), &person).await?;
        }
        Ok(self.done)
    }

    async fn book(&mut self, wish: &Request, person: &Session) -> Outcome<()> {
        let since = Instant::now();
        let answer = self.connection.ask(wish).await?;
        let pay = match (answer.status, answer.location) {
            (303, Some(pay)) => pay,
            (status, _) => {
                self.done.otherwise.push(status);
                return Ok(());
            }
        };
        self.done.held += 1;
        self.done.holding.add(since.elapsed());
        if self.confirm {
            let since = Instant::now();
            let answer = self.connection.ask(&Request::post(&pay, Some(person), &[])).await?;
            if answer.status == 303 {
                self.done.confirmed += 1;
                self.done.confirming.add(since.elapsed());
            } else {
                self.done.otherwise.push(answer.status);
            }
        }
        Ok(())
    }
}
