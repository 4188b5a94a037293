//! What operators see of the tree.

use crate::catalog::CategoryField;
use crate::kernel::CategoryId;

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
