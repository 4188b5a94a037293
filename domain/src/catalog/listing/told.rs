//! What a service says in the fields of its category. Which fields there are, operators decide; each answer is read by
//! the kind of its field. Only a free text needs to be looked at before customers see it.

use super::{Listing, Typed};
use crate::catalog::{CategoryField, FieldKind};
use crate::kernel::FieldErrors;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest text, in characters.
const LONGEST: usize = 200;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What its field holds.
    pub kind: FieldKind,
    /// A text, a number such as `80` or `2.5`, `yes` or `no`, or one of the options.
    pub value: String,
}

/// The name of the field of a form.
#[must_use]
pub fn told_field(field: Uuid) -> String {
    format!("told-{field}")
}

/// Reads the answers of a form into a listing whose category asks for these fields. Fields that were not sent stay as
/// they are; what cannot be read stays as well, with a complaint beside it; answers nobody asks for any more go.
pub fn read_told(typed: &Typed, asked: &[&CategoryField], listing: &mut Listing, wrong: &mut FieldErrors) {
    keep_asked(listing, asked);
    for field in asked {
        let name = told_field(field.id);
        if !typed.given(&name) {
            continue;
        }
        match parse(field, typed.text(&name)) {
            Ok(None) => drop(listing.told.remove(&field.id)),
            Ok(Some(value)) => {
                listing.told.insert(field.id, Told { kind: field.kind, value });
            }
            Err(words) => wrong.add(&name, words),
        }
    }
}

/// Answers to questions that are not asked here, or not in this way any more, go.
pub(super) fn keep_asked(listing: &mut Listing, asked: &[&CategoryField]) {
    listing.told.retain(|id, told| {
        asked.iter().any(|field| {
            field.id == *id
                && field.kind == told.kind
                && (field.kind != FieldKind::Choice || field.options.contains(&told.value))
        })
    });
}

/// What must be answered before customers see the listing, beside the fields of the form.
pub fn missing_told(listing: &Listing, asked: &[&CategoryField], wrong: &mut FieldErrors) {
    for field in asked.iter().filter(|field| field.required && !listing.told.contains_key(&field.id)) {
        let words = match field.kind {
            FieldKind::Text | FieldKind::Number => "Services of this category say this. Fill it in.",
            FieldKind::YesNo | FieldKind::Choice => "Services of this category say this. Choose one.",
        };
        wrong.add(&told_field(field.id), words);
    }
}

/// The answer, or nothing where nothing was said.
fn parse(field: &CategoryField, typed: &str) -> Result<Option<String>, String> {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Ok(None);
    }
    match field.kind {
        FieldKind::Text if words.chars().count() > LONGEST => {
            Err(format!("Please keep it under {LONGEST} characters."))
        }
        FieldKind::Text => Ok(Some(words)),
        FieldKind::Number => number(&words).map(Some).ok_or_else(|| "Give a number like 80 or 2.5.".to_owned()),
        FieldKind::YesNo if matches!(words.as_str(), "yes" | "no") => Ok(Some(words)),
        FieldKind::Choice if field.options.contains(&words) => Ok(Some(words)),
        FieldKind::YesNo | FieldKind::Choice => Err("Choose one of these.".to_owned()),
    }
}

/// Up to nine digits and two decimals, as plainly as it can be written: "080,50" becomes "80.5".
fn number(words: &str) -> Option<String> {
    let (whole, part) = words.split_once(['.', ',']).unwrap_or((words, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 9) || !digits(part, 2) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") })
}

/// The answers line by line, for showing what is different, in the order in which they are asked.
pub(super) fn lines(listing: &Listing, name: &dyn Fn(Uuid) -> String, asked: &[Uuid]) -> Vec<String> {
    let value = |told: &Told| match (told.kind, told.value.as_str()) {
        (FieldKind::YesNo, "yes") => "Yes".to_owned(),
        (FieldKind::YesNo, _) => "No".to_owned(),
        (_, value) => value.to_owned(),
    };
    let mut all: Vec<(&Uuid, &Told)> = listing.told.iter().collect();
    // What is asked no more stands at the end.
    all.sort_by_key(|(id, _)| asked.iter().position(|field| field == *id).unwrap_or(usize::MAX));
    all.into_iter().map(|(id, told)| format!("{}: {}", name(*id), value(told))).collect()
}

/// Whether a free text is new or reads differently.
pub(super) fn reads_differently(old: &Listing, new: &Listing) -> bool {
    new.told.iter().any(|(id, told)| told.kind == FieldKind::Text && old.told.get(id) != Some(told))
}

/// The answers as a page shows them: what is asked, and the answer with its unit.
#[must_use]
pub fn shown_told(listing: &Listing, asked: &[&CategoryField]) -> Vec<(String, String)> {
    let shown = asked.iter().filter_map(|field| {
        let told = listing.told.get(&field.id)?;
        let value = match field.kind {
            FieldKind::Number => format!("{} {}", told.value, field.unit).trim().to_owned(),
            FieldKind::YesNo if told.value == "yes" => "Yes".to_owned(),
            FieldKind::YesNo => "No".to_owned(),
            FieldKind::Text | FieldKind::Choice => told.value.clone(),
        };
        Some((field.label.clone(), value))
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::leak;
    use super::super::{changes, changes_in_order, needs_review};
    use super::*;

    fn field(number: u128, label: &str, kind: FieldKind) -> CategoryField {
        let options =
            if kind == FieldKind::Choice { vec!["Copper".to_owned(), "Steel".to_owned()] } else { Vec::new() };
        let unit = if kind == FieldKind::Number { "m²".to_owned() } else { String::new() };
        CategoryField {
            id: Uuid::from_u128(number),
            label: label.to_owned(),
            kind,
            unit,
            options,
            required: true,
            searchable: false,
            used: 0,
        }
    }

    fn all() -> Vec<CategoryField> {
        vec![
            field(1, "Method", FieldKind::Text),
            field(2, "Largest flat", FieldKind::Number),
            field(3, "Insured", FieldKind::YesNo),
            field(4, "Metal", FieldKind::Choice),
        ]
    }

    /// The listing and the complaints after these answers, in the order of the fields.
    fn answered(before: &Listing, answers: &[(u128, &str)]) -> (Listing, FieldErrors) {
        let typed = answers.iter().map(|(id, value)| (told_field(Uuid::from_u128(*id)), (*value).to_owned()));
        let (mut listing, mut wrong) = (before.clone(), FieldErrors::new());
        let fields = all();
        read_told(&Typed(typed.collect()), &fields.iter().collect::<Vec<_>>(), &mut listing, &mut wrong);
        (listing, wrong)
    }

    fn full() -> Listing {
        answered(&leak(), &[(1, " By  ear "), (2, "080,50"), (3, "yes"), (4, "Steel")]).0
    }

    #[test]
    fn each_answer_is_read_by_its_kind() {
        let values: Vec<String> = full().told.into_values().map(|told| told.value).collect();
        assert_eq!(values, ["By ear", "80.5", "yes", "Steel"]);
        let (same, wrong) = answered(&full(), &[(2, "much"), (3, "perhaps"), (4, "Gold"), (1, &"x".repeat(201))]);
        assert_eq!(same, full(), "what cannot be read stays");
        assert_eq!(wrong.iter().count(), 4, "{wrong:?}");
        for typed in ["-1", "1.234", "1e9", "1234567890", ".5", "1.", "٣"] {
            assert!(number(typed).is_none(), "{typed}");
        }
        assert_eq!(number("2.50").as_deref(), Some("2.5"));
        assert_eq!(number("0").as_deref(), Some("0"));
    }

    #[test]
    fn what_is_not_shown_stays_and_what_is_emptied_goes() {
        assert_eq!(answered(&full(), &[]).0, full());
        let (fewer, wrong) = answered(&full(), &[(1, ""), (4, " ")]);
        assert_eq!((fewer.told.len(), wrong.is_empty()), (2, true));
    }

    #[test]
    fn what_another_category_or_another_kind_asks_goes() {
        let mut listing = full();
        let fields = [field(1, "Method", FieldKind::Choice), field(2, "Largest flat", FieldKind::Number)];
        keep_asked(&mut listing, &fields.iter().collect::<Vec<_>>());
        assert_eq!(listing.told.keys().copied().collect::<Vec<_>>(), [Uuid::from_u128(2)]);
    }

    #[test]
    fn what_must_be_said_is_missed() {
        let (mut wrong, fields) = (FieldErrors::new(), all());
        missing_told(&full(), &fields.iter().collect::<Vec<_>>(), &mut wrong);
        assert!(wrong.is_empty());
        missing_told(&leak(), &fields.iter().collect::<Vec<_>>(), &mut wrong);
        assert_eq!(wrong.iter().count(), 4);
    }

    #[test]
    fn a_text_is_looked_at_and_the_rest_is_not() {
        let with = |answers| answered(&full(), answers).0;
        assert!(needs_review(&full(), &with(&[(1, "With a camera")])));
        assert!(!needs_review(&full(), &with(&[(1, "")])));
        let other = with(&[(2, "120"), (3, "no"), (4, "Copper")]);
        assert!(!needs_review(&full(), &other));
        let name = |id: Uuid| format!("Q{}", id.as_u128());
        let told = changes(&full(), &other, &name);
        assert_eq!(told[0].part, "Details");
        assert_eq!(told[0].before, ["Q1: By ear", "Q2: 80.5", "Q3: Yes", "Q4: Steel"]);
        assert_eq!(told[0].after, ["Q1: By ear", "Q2: 120", "Q3: No", "Q4: Copper"]);
    }

    #[test]
    fn answers_are_told_in_the_order_of_the_questions() {
        let asked: Vec<Uuid> = [3, 4, 1].into_iter().map(Uuid::from_u128).collect();
        let told = changes_in_order(&leak(), &full(), &|id| format!("Q{}", id.as_u128()), &asked);
        assert_eq!(told[0].after, ["Q3: Yes", "Q4: Steel", "Q1: By ear", "Q2: 80.5"]);
    }

    #[test]
    fn a_page_says_it_with_its_unit() {
        let fields = all();
        let shown = shown_told(&full(), &fields.iter().collect::<Vec<_>>());
        let shown: Vec<(&str, &str)> = shown.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
        assert_eq!(shown, [("Method", "By ear"), ("Largest flat", "80.5 m²"), ("Insured", "Yes"), ("Metal", "Steel")]);
    }
}
