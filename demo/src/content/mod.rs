//! What the demo marketplace says: its trades, businesses, services and reviews, read from the texts in
//! `demo/content`. Texts are edited there, not in code.

mod fields;
pub mod people;
pub mod places;
mod reading;
mod service;
mod trades;
mod tree;
mod voices;

pub use fields::{Field, fields};
pub use places::Place;
pub use service::{Extra, Package, Service};
pub use trades::{Provider, trades};
pub use tree::{Branch, Leaf, tree};
pub use voices::{Voices, voices};

/// A text that cannot be read, with its file and line.
#[derive(Debug, thiserror::Error)]
#[error("demo/content/{file}, line {line}: {complaint}")]
pub struct Misread {
    /// Which text.
    pub file: &'static str,
    /// Which line of it, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub complaint: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_leaf_of_the_tree_is_on_offer() {
        let offered: HashSet<String> =
            trades().unwrap().iter().flat_map(|p| p.services.iter().map(|s| s.leaf.clone())).collect();
        for leaf in tree().unwrap().iter().flat_map(|branch| &branch.leaves) {
            assert!(offered.contains(&leaf.slug), "nobody offers {}", leaf.slug);
        }
    }

    #[test]
    fn there_is_as_much_as_promised() {
        let providers = trades().unwrap();
        assert!(providers.len() >= 60);
        assert!(providers.iter().filter(|p| (2..=6).contains(&p.team.len())).count() >= 15);
        assert!(providers.iter().map(|p| p.services.len()).sum::<usize>() >= 240);
        assert!(providers.iter().map(|p| p.reviews).sum::<usize>() >= 600);
        let tree = tree().unwrap();
        assert!(tree.len() >= 10 && tree.iter().all(|branch| (3..=5).contains(&branch.leaves.len())));
    }

    #[test]
    fn fields_belong_to_categories() {
        let tree = tree().unwrap();
        let slugs: HashSet<&str> = tree
            .iter()
            .flat_map(|branch| branch.leaves.iter().chain([&branch.top]))
            .map(|leaf| leaf.slug.as_str())
            .collect();
        let fields = fields().unwrap();
        assert!(fields.iter().all(|field| slugs.contains(field.category.as_str())), "{fields:?}");
        assert!(fields.iter().any(|field| field.required));
    }

    #[test]
    fn nothing_is_said_twice() {
        let mut said = HashSet::new();
        for provider in trades().unwrap() {
            let own = [&provider.name, &provider.headline, &provider.about, &provider.how];
            for text in own.into_iter().chain(provider.services.iter().flat_map(|s| [&s.summary, &s.description])) {
                assert!(said.insert(text.clone()), "{}: {text}", provider.name);
            }
            for voice in provider.services.iter().flat_map(|service| &service.voices) {
                assert!(said.insert(voice.clone()), "{}: {voice}", provider.name);
            }
        }
    }
}
