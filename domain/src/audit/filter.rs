//! What is looked for in the history, parsed.

use crate::kernel::FieldErrors;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// What is looked for. Everything that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What the action begins with: `booking.` or all of `booking.accepted`.
    pub action: String,
    /// Words that stand in the action, in any order: `head signed`.
    pub words: String,
    /// Kind of the object.
    pub kind: String,
    /// The object.
    pub object: Option<Uuid>,
    /// Who did it.
    pub actor: Option<Who>,
    /// The first day, in universal time.
    pub from: Option<Date>,
    /// The last day, in universal time.
    pub to: Option<Date>,
}

/// A person, as operators know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By id: works for people who are gone, too.
    Id(Uuid),
    /// By the address they sign in with.
    Email(String),
}

impl Filter {
    /// Reads a form: `field` gives what was typed into it. What cannot be read is complained about and left out.
    pub fn parse(field: impl Fn(&str) -> Option<String>) -> (Self, FieldErrors) {
        let typed = |name: &str| {
            field(name).map(|text| text.trim().chars().filter(|c| !c.is_control()).take(100).collect::<String>())
        };
        let text = |name: &str| typed(name).unwrap_or_default();
        let mut errors = FieldErrors::new();
        let object = read(text("object"), Uuid::parse_str);
        let [from, to] = ["from", "to"].map(|name| read(text(name), str::parse::<Date>));
        if object.is_err() {
            errors.add("object", "Type the whole id, such as 019a5c1e-7d2b-7c3a-9f10-3b6a5d0c4e21.");
        }
        let actor = match text("actor") {
            none if none.is_empty() => None,
            email if email.contains('@') => Some(Who::Email(email.to_lowercase())),
            id => {
                let id = Uuid::parse_str(&id).map(Who::Id);
                if id.is_err() {
                    errors.add("actor", "Type an email address or a whole id.");
                }
                id.ok()
            }
        };
        for (name, day) in [("from", &from), ("to", &to)] {
            if day.is_err() {
                errors.add(name, "Choose a day, or leave it empty.");
            }
        }
        let filter = Self {
            action: text("action").to_lowercase(),
            words: text("words").to_lowercase(),
            kind: text("kind").to_lowercase(),
            object: object.unwrap_or_default(),
            actor,
            from: from.unwrap_or_default(),
            to: to.unwrap_or_default(),
        };
        if filter.from.zip(filter.to).is_some_and(|(from, to)| from > to) {
            errors.add("to", "The last day comes after the first.");
        }
        (filter, errors)
    }

    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Patterns an action must fit, all of them.
    pub(super) fn patterns(&self) -> Vec<String> {
        let plain = |text: &str| text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let beginning = (!self.action.is_empty()).then(|| format!("{}%", plain(&self.action)));
        beginning.into_iter().chain(self.words.split_whitespace().map(|word| format!("%{}%", plain(word)))).collect()
    }

    /// The instants between which it must have happened; the second is the first one outside.
    pub(super) fn span(&self) -> (Timestamp, Timestamp) {
        let begins = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let from = self.from.and_then(begins).unwrap_or(Timestamp::UNIX_EPOCH);
        let to = self.to.and_then(|day| day.tomorrow().ok()).and_then(begins);
        (from, to.unwrap_or(LAST))
    }
}

/// Later than anything that happens, and early enough for Postgres.
pub(super) const LAST: Timestamp = Timestamp::constant(253_370_764_800, 0);

fn read<T, E>(text: String, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if text.is_empty() { Ok(None) } else { parse(&text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Who};

    fn parsed(fields: &[(&str, &str)]) -> (Filter, Vec<String>) {
        let (filter, errors) =
            Filter::parse(|name| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned()));
        (filter, errors.iter().map(|(field, _)| field.to_owned()).collect())
    }

    #[test]
    fn nothing_typed_looks_for_everything() {
        let (filter, errors) = parsed(&[("action", " "), ("object", ""), ("from", "")]);
        assert!(filter.is_empty() && errors.is_empty());
        assert!(filter.patterns().is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_complained_about() {
        let (filter, errors) = parsed(&[("object", "12"), ("actor", "ana"), ("from", "x"), ("to", "2026-02-30")]);
        assert!(filter.is_empty());
        assert_eq!(errors, ["object", "actor", "from", "to"]);
        let (_, errors) = parsed(&[("from", "2026-11-03"), ("to", "2026-11-02")]);
        assert_eq!(errors, ["to"]);
    }

    #[test]
    fn words_are_words_and_no_patterns() {
        let (filter, _) = parsed(&[("action", "Booking."), ("words", "no_show  100%"), ("actor", "Ana@Example.org")]);
        assert_eq!(filter.patterns(), ["booking.%", "%no\\_show%", "%100\\%%"]);
        assert_eq!(filter.actor, Some(Who::Email("ana@example.org".to_owned())));
    }

    #[test]
    fn the_last_day_belongs_to_it() {
        let (filter, _) = parsed(&[("from", "2026-11-02"), ("to", "2026-11-02")]);
        let (from, to) = filter.span();
        assert_eq!((from.to_string(), to.to_string()), ("2026-11-02T00:00:00Z".into(), "2026-11-03T00:00:00Z".into()));
    }
}
