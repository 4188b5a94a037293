//! A search after its words, its town and its category were looked up.

use super::position::Position;
use super::query::{SearchQuery, Sort};
use super::results::SearchField;
use crate::catalog::Category;
use crate::kernel::{CategoryId, ServiceId, UserId};
use serde::Deserialize;

/// Most words of a search that count.
const MOST_WORDS: usize = 8;
/// Fewer matches than this are gathered and ranked; more are met soon by walking down the list.
pub(crate) const FEW: i64 = 1000;
/// The part of all services that reaches one place, for an estimate.
const REACHING: f64 = 1.0 / 20.0;
/// The part of a category's services that gives one of the answers to a field, for an estimate.
const ANSWERING: f64 = 1.0 / 3.0;
/// How far from a place services at the provider's are looked for, if nobody says.
pub(crate) const USUAL_KM: u32 = 25;
/// How far a list of the nearest goes, at least.
pub(crate) const NEAREST_KM: u32 = 100;

/// A word of a search as the index of words sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Word {
    /// As typed, in plain letters.
    pub word: String,
    /// Its stem; `None` for words that mean nothing in a search ("the").
    pub stem: Option<String>,
    /// Listings that hold it, about. `None` if nobody uses it.
    pub frequency: Option<i64>,
    /// All stems that begin with it, if they are few: asking for each is cheaper than for a beginning.
    pub stems: Option<Vec<String>>,
    /// What was probably meant instead, if nobody uses it.
    pub meant: Option<Meant>,
}

/// A word that somebody uses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Meant {
    pub word: String,
    pub stem: String,
    pub frequency: i64,
}

/// A town that was found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KnownPlace {
    /// Its name.
    pub name: String,
    /// Its country's code.
    pub country: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
}

/// What one look-up finds for a search.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    pub categories: Vec<Category>,
    pub words: Vec<Word>,
    pub place: Option<KnownPlace>,
    /// What the category can be narrowed by.
    pub fields: Vec<SearchField>,
}

impl Lookup {
    /// The answers that the category knows, each as the index knows it, field by field: any of a field's, of every field.
    /// Whatever else is asked for is left out.
    pub fn known(&self, asked: &[(String, String)]) -> Vec<Vec<String>> {
        let of = |field: &SearchField| {
            let choices = field.choices();
            let known = |answer: &&(String, String)| {
                answer.0 == field.key && choices.iter().any(|(value, _)| *value == answer.1)
            };
            asked.iter().filter(known).map(|(_, value)| format!("{} {value}", field.id)).collect::<Vec<_>>()
        };
        self.fields.iter().map(of).filter(|any| !any.is_empty()).collect()
    }
}

/// How words restrict a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// Stems in the form the index of words reads: `'tap':* & 'leak':*`.
    pub all: String,
    /// The same in titles only.
    pub titled: String,
    /// Any of them.
    pub any: String,
    /// Listings that hold the rarest of them, about.
    pub rarest: i64,
}

/// Where in the tree of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Branch {
    Everywhere,
    Top(CategoryId),
    Leaf(CategoryId),
    Several(Vec<CategoryId>),
}

/// A search that can be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sought {
    pub text: Option<Text>,
    pub branch: Branch,
    /// Live services in the branch, and in all.
    pub branch_size: u32,
    pub all: u32,
    pub near: Option<Position>,
    pub radius_km: Option<u32>,
    /// Remote services count as near: they reach every place.
    pub remote_too: bool,
    pub min_cents: Option<i64>,
    pub max_cents: Option<i64>,
    pub rating: Option<i32>,
    pub date: Option<jiff::civil::Date>,
    pub kind: Option<crate::catalog::Kind>,
    /// What services say in fields of the category, as the index knows it: any of each.
    pub answers: Vec<Vec<String>>,
    pub sort: Sort,
    pub after: Option<String>,
    /// Who looks: whom they keep away from, and who from them, is left out.
    pub viewer: Option<UserId>,
    /// Only these, whatever else fits.
    pub only: Option<Vec<ServiceId>>,
}

impl Sought {
    pub(crate) fn new(query: &SearchQuery, lookup: &Lookup, category: Option<&Category>) -> Self {
        let text = Text::of(&lookup.words);
        let near = query
            .position
            .map(|(lat, lng)| Position { lat, lng })
            .or_else(|| lookup.place.as_ref().map(|place| Position { lat: place.lat, lng: place.lng }));
        let all = lookup.categories.iter().filter(|c| c.parent.is_none()).map(|c| c.services).sum();
        let sort = if query.sort == Sort::Distance && near.is_none() { Sort::Recommended } else { query.sort };
        Self {
            remote_too: (text.is_some() || category.is_some()) && sort != Sort::Distance,
            text,
            branch: branch(category, &lookup.categories),
            branch_size: category.map_or(all, |category| category.services),
            all,
            near,
            radius_km: query.radius_km,
            min_cents: query.min_cents,
            max_cents: query.max_cents,
            rating: query.rating,
            date: query.date,
            kind: query.kind,
            answers: lookup.known(&query.answers),
            sort,
            after: query.after.clone(),
            viewer: None,
            only: None,
        }
    }

    /// The square of whole degrees that everything found must be reachable from, if it is small enough to tell:
    /// see the migration of search terms.
    pub(crate) fn square(&self) -> Option<String> {
        let near = self.near.filter(|_| self.sort != Sort::Distance && self.radius_km.unwrap_or(0) <= USUAL_KM)?;
        let (lat, lng) = (near.lat.floor() as i32, near.lng.floor() as i32);
        Some(format!("at {lat} {}", (lng + 540) % 360 - 180))
    }

    /// Whether so few match, as far as an index can tell, that all of them are best looked at.
    pub(crate) fn matches_few(&self) -> bool {
        let part = |some: f64| (some / f64::from(self.all.max(1))).min(1.0);
        let text = self.text.as_ref().map_or(1.0, |text| part(text.rarest as f64));
        let square = self.square().map_or(1.0, |_| REACHING);
        let answering = self.answers.iter().fold(1.0, |part, _| part * ANSWERING);
        let expected = text * square * answering * f64::from(self.branch_size);
        let indexed = self.text.is_some() || square < 1.0 && self.branch != Branch::Everywhere || self.asks_answers();
        indexed && expected <= FEW as f64
    }

    /// Whether anything but a category is asked for.
    pub(crate) const fn narrows(&self) -> bool {
        self.text.is_some()
            || self.near.is_some()
            || self.min_cents.is_some()
            || self.max_cents.is_some()
            || self.rating.is_some()
            || self.date.is_some()
            || self.kind.is_some()
            || !self.answers.is_empty()
    }

    /// Whether answers narrow the search: how many match then, nothing tells beforehand.
    pub(crate) const fn asks_answers(&self) -> bool {
        !self.answers.is_empty()
    }
}

impl Text {
    /// Whether there are several words.
    pub(crate) fn several(&self) -> bool {
        self.all != self.any
    }

    fn of(words: &[Word]) -> Option<Self> {
        let mut stems: Vec<(&str, &[String], i64)> = Vec::new();
        for word in words {
            let Some(stem) = &word.stem else { continue };
            let (stem, each, frequency) = match (&word.meant, word.frequency) {
                (Some(meant), None) => (meant.stem.as_str(), &[][..], meant.frequency),
                _ => (stem.as_str(), word.stems.as_deref().unwrap_or_default(), word.frequency.unwrap_or(0)),
            };
            if stems.iter().all(|(known, ..)| *known != stem) {
                stems.push((stem, each, frequency));
            }
        }
        let rarest = stems.iter().map(|(.., frequency)| *frequency).min()?;
        let join = |separator: &str, weight: &str| {
            let terms: Vec<String> = stems.iter().map(|(stem, each, _)| term(stem, each, weight)).collect();
            terms.join(separator)
        };
        Some(Self { all: join(" & ", ""), titled: join(" & ", "A"), any: join(" | ", ""), rarest })
    }
}

/// A stem as the index of words reads it; longer ones stand for all that begin with them: for each of those, if
/// they are known.
fn term(stem: &str, each: &[String], weight: &str) -> String {
    let one = |stem: &str, star: &str| {
        let quoted = stem.replace('\'', "''").replace('\\', "\\\\");
        let colon = if star.is_empty() && weight.is_empty() { "" } else { ":" };
        format!("'{quoted}'{colon}{star}{weight}")
    };
    match each {
        _ if stem.chars().count() < 4 => one(stem, ""),
        [] => one(stem, "*"),
        [only] => one(only, ""),
        several => format!("({})", several.iter().map(|stem| one(stem, "")).collect::<Vec<_>>().join(" | ")),
    }
}

fn branch(category: Option<&Category>, all: &[Category]) -> Branch {
    let Some(category) = category else {
        return Branch::Everywhere;
    };
    if category.parent.is_none() {
        return Branch::Top(category.id);
    }
    let mut ids = vec![category.id];
    let mut next = 0;
    while next < ids.len() {
        let here = ids[next];
        ids.extend(
            all.iter().filter(|c| c.parent == Some(here) && !ids.contains(&c.id)).map(|c| c.id).collect::<Vec<_>>(),
        );
        next += 1;
    }
    if ids.len() == 1 { Branch::Leaf(category.id) } else { Branch::Several(ids) }
}

/// The words of a text that can be looked up, at most eight.
#[must_use]
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(40).collect::<String>().to_lowercase()).take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str, frequency: Option<i64>) -> Word {
        Word { word: word.to_owned(), stem: Some(word.to_owned()), frequency, stems: None, meant: None }
    }

    #[test]
    fn stems_become_a_query_that_cannot_be_broken_out_of() {
        let text = Text::of(&[word("o'hara\\", Some(3)), word("tap", Some(9000))]).expect("words");
        assert_eq!(text.all, r"'o''hara\\':* & 'tap'");
        assert_eq!(text.titled, r"'o''hara\\':*A & 'tap':A");
        assert_eq!(text.rarest, 3);
    }

    #[test]
    fn a_few_stems_that_begin_alike_are_asked_for_one_by_one() {
        let stems = |stems: &[&str]| Some(stems.iter().map(|&stem| stem.to_owned()).collect());
        let text = Text::of(&[Word { stems: stems(&["plumber"]), ..word("plumber", Some(9)) }]).expect("words");
        assert_eq!((text.all.as_str(), text.titled.as_str()), ("'plumber'", "'plumber':A"));
        let text = Text::of(&[Word { stems: stems(&["wash", "washer"]), ..word("wash", Some(9)) }]).expect("words");
        assert_eq!((text.all.as_str(), text.titled.as_str()), ("('wash' | 'washer')", "('wash':A | 'washer':A)"));
    }

    #[test]
    fn what_was_meant_replaces_what_nobody_uses() {
        let meant = Meant { word: "plumber".to_owned(), stem: "plumber".to_owned(), frequency: 5000 };
        let text = Text::of(&[Word { meant: Some(meant), ..word("plumer", None) }]).expect("words");
        assert_eq!((text.all.as_str(), text.rarest), ("'plumber':*", 5000));
    }

    #[test]
    fn words_are_cut_out_of_anything() {
        assert_eq!(words_of("  Leaking-tap, ASAP! 🚿 "), ["leaking", "tap", "asap"]);
        assert_eq!(words_of(&"a ".repeat(10_000)).len(), 8);
        assert!(words_of("🚿🚿").is_empty());
    }
}
