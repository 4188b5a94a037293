//! `/admin/categories`: the tree of the catalogue, its order, and what services of a category are asked for.

mod category;
mod fields;
mod merging;
mod tree;

pub use category::{add, ask_add, change, show};
pub use fields::{field, save_field};
pub use merging::{ask_merge, merge};
pub use tree::{list, shift};

use crate::request::{Failure, PageRequest};
use axum::response::Response;
use domain::catalog::categories::Branch;
use domain::kernel::{Action, CategoryId, Error};

/// The address of the tree.
const PATH: &str = "/admin/categories";

fn enter(page: &PageRequest) -> Result<Option<Response>, Failure> {
    super::enter(page, Action::ManageCategories)
}

fn id(text: &str) -> Result<CategoryId, Failure> {
    text.parse().map(CategoryId).map_err(|_| Failure(Error::NotFound))
}

/// The name with the branch it grows on: "Plumbing › Drains".
fn path(branch: &Branch, tree: &[Branch]) -> String {
    let above = branch.parent.and_then(|parent| tree.iter().find(|other| other.id == parent));
    above.map_or_else(|| branch.name.clone(), |above| format!("{} › {}", above.name, branch.name))
}
