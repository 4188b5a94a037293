//! What services of a category tell beside the usual.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a field holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Text,
    /// A number with a unit.
    Number,
    /// Yes or no.
    YesNo,
    /// One of several.
    Choice,
}

impl FieldKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Number, Self::YesNo, Self::Choice];

    /// The name in the database and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesNo => "yes_no",
            Self::Choice => "choice",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::YesNo => "Yes or no",
            Self::Choice => "One of several",
        }
    }

    /// Whether lists can be narrowed by it: what has a few answers.
    #[must_use]
    pub const fn narrows(self) -> bool {
        matches!(self, Self::YesNo | Self::Choice)
    }

    /// The kind of a stored or sent name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Something services of a category tell beside the usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryField {
    /// Which one.
    pub id: Uuid,
    /// What is asked: "Largest flat".
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Of a number: "m²".
    pub unit: String,
    /// Of a choice.
    pub options: Vec<String>,
    /// Has to be filled in.
    pub required: bool,
    /// Customers can narrow lists by it, if it is of a kind that can be asked for.
    pub searchable: bool,
    /// How many services have filled it in.
    pub used: u32,
}

impl CategoryField {
    /// What is asked, with the unit of the answer: "Largest flat (m²)".
    #[must_use]
    pub fn question(&self) -> String {
        if self.unit.is_empty() { self.label.clone() } else { format!("{} ({})", self.label, self.unit) }
    }
}
