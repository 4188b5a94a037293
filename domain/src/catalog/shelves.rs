//! Where services can stand, as businesses choose it, and what they are asked there. Operators keep the tree; a category
//! they hide or make part of another one is not offered any more, and what stands in it already keeps its place.

use super::CategoryField;
use crate::kernel::CategoryId;
use uuid::Uuid;

/// A category as businesses choose it.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// Which one.
    pub id: CategoryId,
    /// The branch it grows on; `None` at the top.
    pub parent: Option<CategoryId>,
    /// Its name.
    pub name: String,
    /// Not offered: it, or the branch it grows on, is hidden.
    pub hidden: bool,
    /// The one it has become part of.
    pub merged_into: Option<CategoryId>,
    /// Its own fields, in order.
    pub fields: Vec<CategoryField>,
}

/// All of them, in the order of the tree.
#[derive(Clone, Debug, Default)]
pub struct Shelves(Vec<Shelf>);

impl Shelves {
    /// The categories in the order of the tree.
    #[must_use]
    pub const fn new(all: Vec<Shelf>) -> Self {
        Self(all)
    }

    fn get(&self, id: CategoryId) -> Option<&Shelf> {
        self.0.iter().find(|shelf| shelf.id == id)
    }

    /// Where something stands that was put into this category: there, or in the one it has become part of.
    #[must_use]
    pub fn home_of(&self, id: CategoryId) -> CategoryId {
        self.get(id).and_then(|shelf| shelf.merged_into).unwrap_or(id)
    }

    /// What can be chosen: what is not hidden, and what `kept` says is chosen already.
    #[must_use]
    pub fn offered(&self, kept: &[CategoryId]) -> Vec<&Shelf> {
        let kept: Vec<CategoryId> = kept.iter().map(|id| self.home_of(*id)).collect();
        self.0.iter().filter(|shelf| !shelf.hidden || kept.contains(&shelf.id)).collect()
    }

    /// The way from the top: "Home › Plumbing".
    #[must_use]
    pub fn path(&self, shelf: &Shelf) -> String {
        let top = shelf.parent.and_then(|top| self.get(top));
        top.map_or_else(|| shelf.name.clone(), |top| format!("{} › {}", top.name, shelf.name))
    }

    /// What a service of a category is asked for beside the usual: what the top of the branch asks first.
    #[must_use]
    pub fn asked(&self, category: CategoryId) -> Vec<&CategoryField> {
        let Some(own) = self.get(self.home_of(category)) else { return Vec::new() };
        let top = own.parent.and_then(|top| self.get(top));
        top.into_iter().chain([own]).flat_map(|shelf| &shelf.fields).collect()
    }

    /// Every field of every category.
    pub fn fields(&self) -> impl Iterator<Item = &CategoryField> {
        self.0.iter().flat_map(|shelf| &shelf.fields)
    }

    /// The way to a category, which tells it from those of the same name elsewhere; or what a field asks with its unit.
    #[must_use]
    pub fn name(&self, id: Uuid) -> Option<String> {
        let category = self.get(CategoryId(id)).map(|shelf| self.path(shelf));
        category.or_else(|| self.fields().find(|field| field.id == id).map(CategoryField::question))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldKind;

    fn id(number: u128) -> CategoryId {
        CategoryId(Uuid::from_u128(number))
    }

    fn field(number: u128, label: &str, unit: &str) -> CategoryField {
        let (label, unit) = (label.to_owned(), unit.to_owned());
        let kind = if unit.is_empty() { FieldKind::Text } else { FieldKind::Number };
        CategoryField {
            id: Uuid::from_u128(number),
            label,
            kind,
            unit,
            options: Vec::new(),
            required: false,
            searchable: false,
            used: 0,
        }
    }

    fn shelf(number: u128, parent: Option<u128>, name: &str, fields: Vec<CategoryField>) -> Shelf {
        Shelf {
            id: id(number),
            parent: parent.map(id),
            name: name.to_owned(),
            hidden: false,
            merged_into: None,
            fields,
        }
    }

    /// Home with plumbing, pipes (hidden) and water (merged into plumbing).
    fn tree() -> Shelves {
        Shelves::new(vec![
            shelf(1, None, "Home", vec![field(11, "Insured", "")]),
            shelf(2, Some(1), "Plumbing", vec![field(12, "Largest flat", "m²")]),
            Shelf { hidden: true, ..shelf(3, Some(1), "Pipes", Vec::new()) },
            Shelf { hidden: true, merged_into: Some(id(2)), ..shelf(4, None, "Water", Vec::new()) },
        ])
    }

    fn names(shelves: &[&Shelf]) -> Vec<String> {
        shelves.iter().map(|shelf| shelf.name.clone()).collect()
    }

    #[test]
    fn hidden_ones_are_offered_to_what_stands_in_them_only() {
        assert_eq!(names(&tree().offered(&[])), ["Home", "Plumbing"]);
        assert_eq!(names(&tree().offered(&[id(3)])), ["Home", "Plumbing", "Pipes"]);
        assert_eq!(names(&tree().offered(&[id(4)])), ["Home", "Plumbing"], "it stands in plumbing");
    }

    #[test]
    fn the_whole_branch_asks_and_merged_ones_ask_what_their_home_asks() {
        let tree = tree();
        let labels = |number| tree.asked(id(number)).into_iter().map(|field| field.label.as_str()).collect::<Vec<_>>();
        assert_eq!(labels(1), ["Insured"]);
        assert_eq!(labels(2), ["Insured", "Largest flat"]);
        assert_eq!(labels(4), ["Insured", "Largest flat"]);
        assert_eq!(labels(9), [""; 0]);
    }

    #[test]
    fn categories_and_fields_have_names() {
        let tree = tree();
        assert_eq!(tree.name(id(2).0).as_deref(), Some("Home › Plumbing"));
        assert_eq!(tree.name(Uuid::from_u128(12)).as_deref(), Some("Largest flat (m²)"));
        assert_eq!(tree.name(Uuid::from_u128(99)), None);
        assert_eq!(tree.path(tree.offered(&[])[1]), "Home › Plumbing");
    }
}
