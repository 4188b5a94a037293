//! What others measure on the same machine in the same minute: pgbench, to compare disks and processors
//! by; wrk, to check this load generator by. Both are used when they are there.

use std::process::Stdio;

use tokio::process::Command;

use crate::client::Request;
use crate::figures::{Figures, rate};
use crate::load::{closed, in_turn};
use crate::marketplace::Scene;
use crate::{Outcome, store};

const TITLE: &str = "Beside it, in the same minute";
const HEAD: &[&str] = &["", "Measured"];

/// Runs pgbench on the same Postgres and tells bookings as a share of it.
///
/// # Errors
/// pgbench is there and fails.
pub async fn pgbench(scene: &Scene<'_>, figures: &mut Figures, bookings: (f64, f64)) -> Outcome<()> {
    let Some(program) = find("pgbench").await else {
        eprintln!("   pgbench is not installed (postgresql-contrib): no ratio for P10");
        return Ok(());
    };
    let command = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(["-h", &scene.database.sockets, "-p", "5432", "-U", "servicehub"]);
        command.args(arguments).arg("pgbench").stdin(Stdio::null());
        command
    };
    if store::make_neighbour(&scene.database.pool).await? {
        said(command(&["--initialize", "--quiet", "--scale=10"])).await?;
    }
    let seconds = scene.options.measurement().as_secs().to_string();
    let clients = ["--client=8", "--jobs=2", "--no-vacuum", "--time", &seconds];
    let writing = tps(&said(command(&clients)).await?)?;
    let reading = tps(&said(command(&[&clients[..], &["--select-only"]].concat())).await?)?;
    let figure = |tps: f64| format!("{} transactions/s", rate(tps));
    figures.line(TITLE, HEAD, vec!["pgbench TPC-B, scale 10, 8 clients".to_owned(), figure(writing)]);
    figures.line(TITLE, HEAD, vec!["pgbench, reading only".to_owned(), figure(reading)]);
    let (held, booked) = (bookings.0 / writing, bookings.1 / writing);
    let what = "Bookings (held, confirmed) against pgbench TPC-B of the same minute";
    figures.goal("P10", what, format!("{booked:.2}x"), "≥ 0.30x", booked >= 0.3);
    figures.goal("P10", "Holds against the same", format!("{held:.2}x"), "≥ 0.30x", held >= 0.3);
    Ok(())
}

/// Asks for one page with wrk and with this generator.
///
/// # Errors
/// wrk is there and fails.
pub async fn wrk(scene: &Scene<'_>, path: &str, people: usize, figures: &mut Figures) -> Outcome<()> {
    let Some(program) = find("wrk").await else {
        return Ok(());
    };
    let length = scene.options.measurement() / 2;
    let ours = closed(&scene.target, people, length, &in_turn(vec![Request::get(path, None)])).await;
    let mut command = Command::new(program);
    command.args(["-t1", &format!("-c{people}"), &format!("-d{}s", length.as_secs().max(1))]);
    command.arg(format!("http://127.0.0.1:{}{path}", scene.target.port()));
    let theirs: f64 = after(&said(command).await?, "Requests/sec:").ok_or("wrk tells no rate")?;
    let pages = |per_second: f64| format!("{} pages/s", rate(per_second));
    figures.line(TITLE, HEAD, vec!["One search page, this generator".to_owned(), pages(ours.rate())]);
    figures.line(TITLE, HEAD, vec!["The same page, wrk".to_owned(), pages(theirs)]);
    Ok(())
}

async fn find(program: &str) -> Option<String> {
    let mut command = Command::new("sh");
    command.args([
        "-c",
        &format!("command -v {program} || ls /usr/lib/postgresql/*/bin/{program} 2>/dev/null | tail -n 1"),
    ]);
    let found = said(command).await.ok()?.trim().to_owned();
    (!found.is_empty()).then_some(found)
}

async fn said(mut command: Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output().await?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(format!("a neighbour failed: {}", words.trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn tps(said: &str) -> Outcome<f64> {
    Ok(after(said, "tps =").ok_or("pgbench tells no rate")?)
}

/// The number behind some words.
fn after(text: &str, words: &str) -> Option<f64> {
    text.split(words).nth(1)?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_from_what_others_say() {
        let pgbench = "latency average = 1.5 ms\ntps = 5234.56 (without initial connection time)\n";
        assert_eq!(tps(pgbench).ok(), Some(5234.56));
        assert_eq!(after("Requests/sec:   1234.50\n", "Requests/sec:"), Some(1234.5));
    }
}
