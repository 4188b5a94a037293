//! The pictures of the story: which there are, and what is drawn for each.

use super::ids::seed;
use crate::content::{self, Branch, Provider, Service};
use crate::drawing::dice::Dice;
use crate::gallery::{Commission, Subject};
use std::collections::HashMap;

/// Asks for all pictures of categories, businesses and services.
pub fn ask(tree: &[Branch], providers: &[Provider], pictures: &mut Commission) {
    for branch in tree {
        pictures.ask(format!("category {}", branch.top.slug), Subject::Tile(branch.category));
        for leaf in &branch.leaves {
            let scene = leaf.scenes.first().copied().unwrap_or(0);
            pictures.ask(format!("category {}", leaf.slug), Subject::Scene(branch.category, base(&leaf.slug) + scene));
        }
    }
    let scenes: HashMap<&str, &[u64]> = leaves(tree).map(|leaf| (leaf.slug.as_str(), leaf.scenes.as_slice())).collect();
    for provider in providers {
        provider.team.iter().for_each(|name| pictures.ask_face(name));
        if provider.is_company() {
            pictures.ask(format!("mark {}", provider.name), Subject::Mark(seed(&provider.name)));
        }
        for service in &provider.services {
            let fitting = scenes.get(service.leaf.as_str()).copied().unwrap_or(&[0]);
            for index in 0..picture_count(service) {
                let scene = fitting[index % fitting.len().max(1)];
                let number = base(&service.title) + 5 * (index as u64) + scene;
                pictures.ask(format!("service {} {index}", service.title), Subject::Scene(provider.category, number));
            }
        }
    }
}

fn leaves(tree: &[Branch]) -> impl Iterator<Item = &content::Leaf> {
    tree.iter().flat_map(|branch| &branch.leaves)
}

/// A multiple of five to count scenes from.
fn base(text: &str) -> u64 {
    (seed(text) >> 16) / 5 * 5
}

/// One to four pictures: enough to look at, not the same number everywhere.
pub fn picture_count(service: &Service) -> usize {
    Dice::new(seed(&service.title), "pictures").pick([1, 2, 2, 3, 3, 4])
}
