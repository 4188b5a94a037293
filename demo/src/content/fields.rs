//! What services of a category tell beside the usual, and what they may say.

use super::Misread;
use super::reading::{lines, list};
use domain::catalog::FieldKind;

/// A field of a category.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its category's word in addresses.
    pub category: String,
    /// What is asked.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Of a number.
    pub unit: String,
    /// What services say; of a choice also its options.
    pub answers: Vec<String>,
    /// Every service says it.
    pub required: bool,
}

/// All fields, in order.
///
/// # Errors
/// A text that cannot be read.
pub fn fields() -> Result<Vec<Field>, Misread> {
    let mut fields = Vec::new();
    for line in lines("fields.txt", include_str!("../../content/fields.txt"), "#") {
        let [category, label, kind, unit, answers] = line.parts(line.text)?;
        let kind = FieldKind::parse(kind).ok_or_else(|| line.wrong(format!("“{kind}” is no kind of field")))?;
        let answers = match kind {
            FieldKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
            FieldKind::Text | FieldKind::Number | FieldKind::Choice => list(answers),
        };
        if answers.len() < 2 {
            return Err(line.wrong("two answers are the least"));
        }
        let required = label.starts_with('!');
        let label = label.trim_start_matches(['!', ' ']).to_owned();
        fields.push(Field { category: category.to_owned(), label, kind, unit: unit.to_owned(), answers, required });
    }
    Ok(fields)
}
