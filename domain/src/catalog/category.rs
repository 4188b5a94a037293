//! The tree of categories.

use crate::kernel::CategoryId;
use serde::{Deserialize, Serialize};

/// A branch of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Which one.
    pub id: CategoryId,
    /// The branch it grows on; `None` at the top.
    pub parent: Option<CategoryId>,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What is in it, in a sentence.
    pub blurb: String,
    /// Name of its hue.
    pub tint: String,
    /// Key of its picture, named like those of services.
    pub picture: Option<String>,
    /// Live services in it and its branches.
    pub services: u32,
}

/// From the top down to a category, itself included.
#[must_use]
pub fn path_to<'c>(category: &'c Category, all: &'c [Category]) -> Vec<&'c Category> {
    let mut path = vec![category];
    while let Some(parent) = path[0].parent.and_then(|id| all.iter().find(|c| c.id == id)) {
        if path.iter().any(|c| c.id == parent.id) {
            break;
        }
        path.insert(0, parent);
    }
    path
}
