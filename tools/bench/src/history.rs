//! The history: how fast anybody can follow all of it, entry by entry, with the program as it is shipped.

use crate::database::Database;
use crate::figures::{Figures, rate, thousands};
use crate::options::Options;
use crate::server::program;
use crate::{Outcome, Trouble};

/// Entries a second it has to manage at least.
const PACE: f64 = 100_000.0;
/// Fewer entries say more about starting the program than about following them; the small demo data has no more.
const ENOUGH: u64 = 100_000;

/// Runs `servicehub verify audit` a few times and tells of the median.
///
/// # Errors
/// It does not run, or does not say how fast it was.
pub async fn measure(options: &Options, database: &Database, figures: &mut Figures) -> Outcome<()> {
    let mut runs = Vec::new();
    for _ in 0..options.starts().min(5) {
        let mut command = program(options)?;
        command.env("DATABASE_URL", &database.url).args(["verify", "audit", "--data-dir"]).arg(&database.data);
        let output = command.output().await?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            figures.broken(format!("the history is not whole: {said} {}", String::from_utf8_lossy(&output.stderr)));
            return Ok(());
        }
        runs.push(
            pace(&said).ok_or_else(|| Trouble::from(format!("'verify audit' does not say how fast it was: {said}")))?,
        );
    }
    runs.sort_by(|a, b| a.1.total_cmp(&b.1));
    let Some(&(rows, per_second)) = runs.get(runs.len() / 2) else { return Ok(()) };
    let counted = i64::try_from(rows).unwrap_or(i64::MAX);
    let few = if rows < ENOUGH { ", too few to tell" } else { "" };
    let measured = format!("{} rows/s of {} rows{few}", rate(per_second), thousands(counted));
    figures.goal("T", "'verify audit' follows the history", measured, "≥ 100,000 rows/s", per_second >= PACE);
    Ok(())
}

/// Rows and rows a second, from the line `1234 rows in 56 ms: 22035 rows/s`.
fn pace(said: &str) -> Option<(u64, f64)> {
    let line = said.lines().rev().find(|line| line.ends_with(" rows/s"))?;
    let (rows, rest) = line.split_once(" rows in ")?;
    let (_, per_second) = rest.strip_suffix(" rows/s")?.split_once(": ")?;
    Some((rows.parse().ok()?, per_second.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::pace;

    #[test]
    fn the_line_of_the_program_is_read() {
        let said = "The history is whole: 12 entries, the last with the hash ab.\n12 rows in 3 ms: 4000 rows/s\n";
        assert_eq!(pace(said), Some((12, 4000.0)));
        assert_eq!(pace("The history is whole."), None);
    }
}
