//! The tree of the catalogue.

use super::Misread;
use super::reading::{Line, lines};
use crate::drawing::Category;

/// A top category with its children.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The drawing's hue and scenes.
    pub category: Category,
    /// The top itself.
    pub top: Leaf,
    /// Its children, in order.
    pub leaves: Vec<Leaf>,
}

/// A category.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Drawings that fit, best first: numbers of scenes.
    pub scenes: Vec<u64>,
    /// Other words people use for it.
    pub keywords: String,
    /// One sentence.
    pub blurb: String,
}

/// All branches, in the order of the home page.
///
/// # Errors
/// A text that cannot be read.
pub fn tree() -> Result<Vec<Branch>, Misread> {
    let mut branches: Vec<Branch> = Vec::new();
    for line in lines("categories.txt", include_str!("../../content/categories.txt"), "#") {
        if let Some(text) = line.after("*") {
            let top = leaf(&line, text)?;
            let category = Category::from_slug(&top.slug).ok_or_else(|| line.wrong("there are no drawings for it"))?;
            branches.push(Branch { category, top, leaves: Vec::new() });
        } else {
            let leaf = leaf(&line, line.text)?;
            let branch = branches.last_mut().ok_or_else(|| line.wrong("it belongs to no branch"))?;
            branch.leaves.push(leaf);
        }
    }
    Ok(branches)
}

fn leaf(line: &Line, text: &'static str) -> Result<Leaf, Misread> {
    let [slug, name, scenes, keywords, blurb] = line.parts(text)?;
    let scenes = scenes.split(' ').map(|scene| line.number(scene, "")).collect::<Result<_, _>>()?;
    let owned = str::to_owned;
    Ok(Leaf { slug: owned(slug), name: owned(name), scenes, keywords: owned(keywords), blurb: owned(blurb) })
}
