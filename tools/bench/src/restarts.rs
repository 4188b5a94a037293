//! Starting and restarting (P18): how long from nothing to the first answer, and whether anybody notices
//! when one process takes over from another.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::client::{Connection, Request, Target};
use crate::database::folder;
use crate::figures::{Figures, ms, rate};
use crate::load::{Latencies, closed, in_turn, open};
use crate::marketplace::Scene;
use crate::options::Options;
use crate::server::{Server, Stage, program};

const LONGEST: Duration = Duration::from_millis(300);
const TITLE: &str = "Starting and restarting";
const HEAD: &[&str] = &["", "Measured"];
/// Handovers under load.
const HANDOVERS: usize = 4;
const LANES: usize = 64;

/// From starting the process to its first answer, on a Postgres that runs already.
///
/// # Errors
/// A server does not start or end.
pub async fn cold(options: &Options, stage: &Stage<'_>, figures: &mut Figures) -> Outcome<()> {
    let mut times = Latencies::default();
    for _ in 0..options.starts() {
        let server = stage.start().await?;
        times.add(server.started_in);
        end(server, figures).await?;
    }
    let (median, most) = (times.percentile(50.0), times.percentile(100.0));
    let measured = format!("{} (at most {})", ms(median), ms(most));
    figures.goal(
        "P18",
        "From exec to the first 200 of /healthz, Postgres running",
        measured,
        "≤ 300 ms",
        median <= LONGEST,
    );
    Ok(())
}

/// The same with the own Postgres, which starts from its existing cluster.
///
/// # Errors
/// A server does not start or end.
pub async fn with_own_postgres(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let mut times = Latencies::default();
    for _ in 0..3 {
        let server = Server::start(program(options)?, &folder(options)).await?;
        times.add(server.started_in);
        end(server, figures).await?;
    }
    let what = "From exec to the first 200 of /healthz, starting the own Postgres too";
    figures.line(TITLE, HEAD, vec![what.to_owned(), ms(times.percentile(50.0))]);
    Ok(())
}

/// Two processes on one database take over from each other while people browse at half of what the server
/// can do. The generator does what a proxy in front would do: it sends new requests to the new process
/// once that says it is ready; then the old one is asked to end, and finishes what it has begun.
///
/// # Errors
/// A server does not start or end.
pub async fn rolling(scene: &Scene<'_>, first: Server, stage: &Stage<'_>, figures: &mut Figures) -> Outcome<()> {
    let pages = scene.services.iter().map(|slug| Request::get(&format!("/services/{slug}"), None));
    let pages = in_turn(pages.chain([Request::get("/services", None)]).collect());
    let capacity = closed(&scene.target, 32, scene.options.warm_up(), &pages).await.rate();
    let length = scene.options.measurement() * 2;
    eprintln!("Restarting under load");
    let load = tokio::spawn({
        let (target, pages) = (scene.target.clone(), pages.clone());
        async move { open(&target, LANES, capacity / 2.0, length, &pages).await }
    });
    let mut old = first;
    let mut clean = true;
    let turns = u32::try_from(HANDOVERS)?;
    for _ in 0..HANDOVERS {
        tokio::time::sleep(length / (turns + 2)).await;
        let new = stage.start().await?;
        until_ready(new.port).await?;
        scene.target.move_to(new.port);
        clean &= old.stop().await?;
        old = new;
    }
    let mut run = load.await?;
    end(old, figures).await?;
    let failed = run.not(200);
    let measured = format!(
        "{failed} of {} requests in {HANDOVERS} restarts",
        rate(f64::from(u32::try_from(run.answers() + run.broken)?))
    );
    figures.goal("P18", "Failed requests when processes take over under half load", measured, "0", failed == 0);
    let waits = format!(
        "{} pages/s, p99 {}, slowest {}",
        rate(run.rate()),
        ms(run.percentile(99.0)),
        ms(run.percentile(100.0))
    );
    figures.line(TITLE, HEAD, vec!["Pages during the restarts".to_owned(), waits]);
    if failed > 0 || !clean {
        figures
            .broken(format!("P18: {failed} requests failed ({:?}), old processes ended well: {clean}", run.statuses));
    }
    Ok(())
}

async fn until_ready(port: u16) -> Outcome<()> {
    let (mut connection, begun) = (Connection::to(&Target::new(port)), Instant::now());
    while begun.elapsed() < Duration::from_secs(30) {
        if connection.ask(&Request::get("/readyz", None)).await?.status == 200 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err("a server does not get ready".into())
}

async fn end(server: Server, figures: &mut Figures) -> Outcome<()> {
    if !server.stop().await? {
        figures.broken("a server did not end well when it was asked to".to_owned());
    }
    Ok(())
}
