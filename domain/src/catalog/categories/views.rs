//! What operators see of the tree.

use crate::kernel::CategoryId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A category in the tree.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Which one.
    pub id: CategoryId,
    /// The branch it grows on; `None` at the top.
    pub parent: Option<CategoryId>,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Not shown in menus and lists.
    pub hidden: bool,
    /// Live services in it and its branches.
    pub services: u32,
    /// Fields of its own.
    pub fields: u32,
    /// For forms.
    pub version: i32,
}

/// A category with everything that can be changed.
#[derive(Clone, Debug)]
pub struct CategoryPage {
    /// Where it stands in the tree.
    pub branch: Branch,
    /// What is in it, in a sentence.
    pub blurb: String,
    /// Other words people use for it.
    pub keywords: String,
    /// Name of its hue.
    pub tint: String,
    /// Key of its picture.
    pub picture: Option<String>,
    /// Pictures to choose from: those of categories and of services in this one.
    pub pictures: Vec<String>,
    /// Former addresses that lead here.
    pub former: Vec<String>,
    /// Its own fields, in order.
    pub fields: Vec<CategoryField>,
    /// The whole tree, for the choice of a parent and of a category to merge into.
    pub tree: Vec<Branch>,
}

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
    /// How many services have filled it in.
    pub used: u32,
}
