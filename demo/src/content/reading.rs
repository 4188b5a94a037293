//! Reading texts line by line, with complaints that say where.

use super::Misread;

/// The lines of a text that say something: comments and empty lines are left out.
pub(super) fn lines(file: &'static str, text: &'static str, comment: &str) -> Vec<Line> {
    let numbered =
        text.lines().enumerate().map(|(index, text)| Line { file, number: index + 1, text: text.trim_end() });
    numbered.filter(|line| !line.text.is_empty() && !line.text.starts_with(comment)).collect()
}

/// A line and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    file: &'static str,
    number: usize,
    pub text: &'static str,
}

impl Line {
    /// A complaint about this line.
    pub fn wrong(&self, complaint: impl Into<String>) -> Misread {
        Misread { file: self.file, line: self.number, complaint: complaint.into() }
    }

    /// What follows a mark, if the line begins with it.
    pub fn after(&self, mark: &str) -> Option<&'static str> {
        self.text.strip_prefix(mark).map(str::trim)
    }

    /// Exactly so many parts between bars.
    pub fn parts<const N: usize>(&self, text: &'static str) -> Result<[&'static str; N], Misread> {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let count = parts.len();
        parts.try_into().map_err(|_| self.wrong(format!("{N} parts were expected, there are {count}")))
    }

    /// A whole number, perhaps with a unit behind it.
    pub fn number<T: std::str::FromStr>(&self, text: &str, unit: &str) -> Result<T, Misread> {
        let digits = text.strip_suffix(unit).unwrap_or(text);
        digits.parse().map_err(|_| self.wrong(format!("“{text}” is not a number of “{unit}”")))
    }
}

/// The parts of a list between semicolons.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
