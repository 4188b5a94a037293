//! The figures of a run, beside the goals: shown at the end, and written into the document.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::Outcome;
use crate::machine::Surroundings;

const BEGIN: &str = "<!-- figures: written by `make bench` -->";
const END: &str = "<!-- end of figures -->";
/// The most memory the server may hold at full load, in KiB.
const MEMORY: u64 = 90 << 10;

/// Everything that was measured.
pub struct Figures {
    surroundings: Surroundings,
    goals: Vec<Vec<String>>,
    tables: Vec<Table>,
    broken: Vec<String>,
}

struct Table {
    title: &'static str,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Figures {
    /// No figures yet.
    pub fn new(surroundings: Surroundings) -> Self {
        Self { surroundings, goals: Vec::new(), tables: Vec::new(), broken: Vec::new() }
    }

    /// One more figure that has a goal.
    pub fn goal(&mut self, id: &str, what: &str, measured: String, goal: &str, met: bool) {
        let verdict = if met { "met" } else { "**not met**" };
        let row = [id, what, &measured, goal, verdict];
        eprintln!("   {id}: {what}: {measured} (goal: {goal}) {verdict}");
        self.goals.push(row.map(str::to_owned).to_vec());
    }

    /// One more line of a table; the table begins with its first line.
    pub fn line(&mut self, title: &'static str, head: &'static [&'static str], row: Vec<String>) {
        eprintln!("   {}", row.join(" | "));
        match self.tables.iter_mut().find(|table| table.title == title) {
            Some(table) => table.rows.push(row),
            None => self.tables.push(Table { title, head, rows: vec![row] }),
        }
    }

    /// The most memory the server held at full load, in KiB.
    pub fn memory(&mut self, most: u64) {
        let measured = format!("{} MB", most >> 10);
        self.goal("P15", "Memory of the server at full load, at most", measured, "≤ 90 MB", most <= MEMORY);
    }

    /// Something that must never happen has happened.
    pub fn broken(&mut self, words: String) {
        eprintln!("   BROKEN: {words}");
        self.broken.push(words);
    }

    /// Whether nothing is broken.
    pub fn sound(&self) -> bool {
        self.broken.is_empty()
    }

    /// Shows everything.
    pub fn show(&self) {
        let _ = writeln!(std::io::stdout(), "\n{}", self.text());
    }

    /// Puts everything into the document, in place of the figures of the last run.
    ///
    /// # Errors
    /// The document cannot be read or written, or has no place for figures.
    pub fn write_into(&self, document: &Path) -> Outcome<()> {
        let text = std::fs::read_to_string(document)?;
        let places = text.split_once(BEGIN).zip(text.split_once(END));
        let ((before, _), (_, after)) = places.ok_or("the document has no place for figures")?;
        let text = format!("{before}{BEGIN}\n\n{}\n{END}{after}", self.text());
        std::fs::write(document, text)?;
        eprintln!("Written into {}", document.display());
        Ok(())
    }

    fn text(&self) -> String {
        let about = &self.surroundings;
        let mut text = format!(
            "Measured on {} on {}. {}. {}. The load came from the same machine.\n",
            about.date, about.machine, about.versions, about.data
        );
        if !self.goals.is_empty() {
            table(&mut text, "Goals", &["", "What", "Measured", "Goal", ""], &self.goals);
        }
        for one in &self.tables {
            table(&mut text, one.title, one.head, &one.rows);
        }
        for words in &self.broken {
            let _ = write!(text, "\n**Broken:** {words}\n");
        }
        text
    }
}

fn table(text: &mut String, title: &str, head: &[&str], rows: &[Vec<String>]) {
    let _ = write!(text, "\n### {title}\n\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
}

/// `1,000,000`.
pub fn thousands(number: i64) -> String {
    let digits = number.abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// A rate, as precise as it is known.
pub fn rate(per_second: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^63")]
    thousands(per_second.round() as i64)
}

/// `12.3 ms`.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 100.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(-12_345), "-12,345");
        assert_eq!(ms(Duration::from_micros(12_345)), "12.3 ms");
        assert_eq!(ms(Duration::from_millis(1_234)), "1234 ms");
    }
}
