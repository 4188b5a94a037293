//! Everybody wants one slot (P9): exactly one gets it, the others hear soon, and nobody is deadlocked.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Barrier;

use crate::client::{Connection, Request};
use crate::figures::{Figures, ms, rate};
use crate::load::{Latencies, closed, in_turn};
use crate::marketplace::{PEOPLE, Scene};
use crate::slots::{Slot, gather};
use crate::{Outcome, store};

const LONGEST: Duration = Duration::from_millis(150);
const TITLE: &str = "Everybody wants one slot";
const HEAD: &[&str] = &["", "Measured"];

/// Measures rounds of everybody at once, and then a slot that stays taken.
///
/// # Errors
/// A page does not answer.
pub async fn measure(scene: &Scene<'_>, figures: &mut Figures) -> Outcome<()> {
    let (rounds, begun) = (scene.options.rounds(), Instant::now());
    eprintln!("{PEOPLE} people want one slot, {rounds} times");
    let slots = gather(&scene.target, &scene.bookable, rounds + 20).await?;
    if slots.len() < 2 {
        return Err("there are no free times to want".into());
    }
    let deadlocks = store::deadlocks(&scene.database.pool).await?;
    let mut lost = Latencies::default();
    let (mut crowd, mut bad, mut winners) = (connections(scene).await?, Vec::new(), Vec::new());
    let tried = slots.len().min(rounds);
    for slot in slots.iter().take(rounds) {
        winners = round(scene, &mut crowd, slot, &mut lost).await?;
        if winners.len() != 1 {
            bad.push(winners.len());
        }
    }
    if !bad.is_empty() {
        figures.broken(format!("P9: rounds with another number of winners than one: {bad:?}"));
    }
    let (p50, p99) = (lost.percentile(50.0), lost.percentile(99.0));
    let rounds_won = format!("{} of {tried} rounds", tried - bad.len());
    figures.goal("P9", "50 people, one slot: exactly one wins", rounds_won, "every round", bad.is_empty());
    figures.goal("P9", "Losers are answered, p99", ms(p99), "≤ 150 ms", p99 <= LONGEST);
    figures.line(TITLE, HEAD, vec!["Losers, p50".to_owned(), ms(p50)]);
    // The last one: whoever won an earlier round gave that time back on winning another of the same service.
    refusals(scene, figures, &slots[tried - 1], &winners).await;

    let deadlocks = store::deadlocks(&scene.database.pool).await? - deadlocks;
    let overlaps = store::overlaps(&scene.database.pool, begun.elapsed()).await?;
    figures.goal("P9", "Deadlocks", deadlocks.to_string(), "0", deadlocks == 0);
    figures.goal("P9", "Taken times of one person that overlap", overlaps.to_string(), "0", overlaps == 0);
    if deadlocks + overlaps > 0 {
        figures.broken(format!("P9: {deadlocks} deadlocks, {overlaps} overlaps"));
    }
    Ok(())
}

/// A connection for everybody, opened beforehand: browsers have one when the button is pressed.
async fn connections(scene: &Scene<'_>) -> Outcome<Vec<Connection>> {
    let mut crowd = Vec::with_capacity(PEOPLE);
    for _ in 0..PEOPLE {
        crowd.push(Connection::to(&scene.target));
    }
    Ok(crowd)
}

/// One round; which of the people won.
async fn round(
    scene: &Scene<'_>,
    crowd: &mut Vec<Connection>,
    slot: &Slot,
    lost: &mut Latencies,
) -> Outcome<Vec<usize>> {
    let gate = Arc::new(Barrier::new(PEOPLE));
    let tries: Vec<_> = std::mem::take(crowd)
        .into_iter()
        .zip(&scene.people)
        .map(|(mut connection, person)| {
            let (wish, gate) = (slot.wish(person), Arc::clone(&gate));
            tokio::spawn(async move {
                let ready = connection.ask(&Request::get("/healthz", None)).await;
                gate.wait().await;
                let since = Instant::now();
                let answer = match ready {
                    Ok(_) => connection.ask(&wish).await.map(|answer| answer.status),
                    Err(trouble) => Err(trouble),
                };
                (connection, answer, since.elapsed())
            })
        })
        .collect();
    let mut won = Vec::new();
    for (person, one) in tries.into_iter().enumerate() {
        let (connection, answer, took) = one.await?;
        match answer? {
            303 => won.push(person),
            409 => lost.add(took),
            status => return Err(format!("a wish for a slot was answered with {status}").into()),
        }
        crowd.push(connection);
    }
    Ok(won)
}

/// A slot that is taken, and people who keep asking for it: all but those who have it, who may choose it again.
async fn refusals(scene: &Scene<'_>, figures: &mut Figures, taken: &Slot, winners: &[usize]) {
    let others = scene.people.iter().enumerate().filter(|(place, _)| !winners.contains(place));
    let wishes = in_turn(others.map(|(_, person)| taken.wish(person)).collect());
    let before = scene.processes.spent();
    let mut run = closed(&scene.target, PEOPLE, scene.options.measurement() / 2, &wishes).await;
    let (server, postgres) = scene.processes.spent().since(before).each(run.answers());
    let refused = run.statuses.get(&409).copied().unwrap_or(0);
    let per_second = crate::load::per_second(refused, run.elapsed);
    figures.goal(
        "P9",
        "Refusals of a taken slot",
        format!("{}/s", rate(per_second)),
        "≥ 1,000/s",
        per_second >= 1000.0,
    );
    let cost = format!("{server:.2} + {postgres:.2} CPU-ms (server + Postgres)");
    figures.line(TITLE, HEAD, vec!["A refusal costs".to_owned(), cost]);
    let waits = format!("{}, {}", ms(run.percentile(50.0)), ms(run.percentile(99.0)));
    figures.line(TITLE, HEAD, vec!["A refusal while 50 keep asking, p50, p99".to_owned(), waits]);
    if run.not(409) > 0 {
        figures.broken(format!("P9: a taken slot was not always refused: {:?}, {} broke", run.statuses, run.broken));
    }
}
