//! What customers say, beside what they say of one service.

use super::Misread;
use super::reading::lines;
use std::collections::HashMap;

/// Sentences by kind of booking and stars, under names such as `home 5` and `title files 4`.
#[derive(Clone, Debug)]
pub struct Voices(HashMap<&'static str, Vec<&'static str>>);

/// All of them.
///
/// # Errors
/// A text that cannot be read.
pub fn voices() -> Result<Voices, Misread> {
    let mut voices: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut section = None;
    for line in lines("reviews.txt", include_str!("../../content/reviews.txt"), "#") {
        if let Some(name) = line.after("[") {
            section = Some(name.trim_end_matches(']'));
        } else {
            let section = section.ok_or_else(|| line.wrong("it belongs to no section"))?;
            voices.entry(section).or_default().push(line.text);
        }
    }
    Ok(Voices(voices))
}

impl Voices {
    /// The sentences of a section; none if there is no such section.
    pub fn of(&self, section: &str) -> &[&'static str] {
        self.0.get(section).map_or(&[], Vec::as_slice)
    }
}
