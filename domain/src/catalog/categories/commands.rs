//! What operators ask for, parsed.

use crate::catalog::FieldKind;
use crate::kernel::{CategoryId, Error, FieldErrors};

/// The hues there are; see `style/tokens.css`.
pub const TINTS: [&str; 10] = [
    "cleaning",
    "plumbing",
    "electrical",
    "gardening",
    "moving",
    "painting",
    "beauty",
    "tutoring",
    "design",
    "writing",
];

/// A category, as typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedCategory<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address; empty: made from the name, or kept.
    pub slug: &'a str,
    /// Id of the branch it grows on; empty at the top.
    pub parent: &'a str,
    /// A sentence.
    pub blurb: &'a str,
    /// Other words for it.
    pub keywords: &'a str,
    /// Its hue.
    pub tint: &'a str,
    /// Key of its picture, or empty.
    pub picture: &'a str,
    /// Not shown in menus and lists.
    pub hidden: bool,
}

/// A checked category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryText {
    /// Its name.
    pub name: String,
    /// Its address, if one was typed.
    pub slug: Option<String>,
    /// The branch it grows on.
    pub parent: Option<CategoryId>,
    /// A sentence.
    pub blurb: String,
    /// Other words for it.
    pub keywords: String,
    /// Its hue.
    pub tint: String,
    /// Key of its picture.
    pub picture: Option<String>,
    /// Not shown in menus and lists.
    pub hidden: bool,
}

impl CategoryText {
    /// Reads the form.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(typed: TypedCategory<'_>) -> Result<Self, Error> {
        let mut errors = FieldErrors::new();
        let name = line("name", typed.name, 60, &mut errors);
        if name.is_empty() && errors.of("name").is_none() {
            errors.add("name", "Type a name.");
        }
        let slug = Some(typed.slug).filter(|slug| !slug.is_empty()).map(str::to_owned);
        if let Some(slug) = &slug
            && *slug != slug_of(slug)
        {
            errors.add("slug", format!("Small letters, digits and hyphens only, such as: {}", slug_of(slug)));
        }
        if slug.is_none() && slug_of(&name).is_empty() && !name.is_empty() {
            errors.add("slug", "No address can be made from this name. Type one.");
        }
        let blurb = line("blurb", typed.blurb, 200, &mut errors);
        let keywords = line("keywords", typed.keywords, 500, &mut errors);
        let parent: Option<CategoryId> = typed.parent.parse().ok().map(CategoryId);
        if parent.is_none() && !typed.parent.is_empty() {
            errors.add("parent", "Choose a category from the list.");
        }
        if !TINTS.contains(&typed.tint) {
            errors.add("tint", "Choose a hue from the list.");
        }
        let picture = Some(typed.picture).filter(|key| !key.is_empty()).map(str::to_owned);
        errors.into_result()?;
        let (tint, hidden) = (typed.tint.to_owned(), typed.hidden);
        Ok(Self { name, slug, parent, blurb, keywords, tint, picture, hidden })
    }
}

fn line(field: &str, typed: &str, longest: usize, errors: &mut FieldErrors) -> String {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > longest {
        errors.add(field, format!("Please keep it under {longest} characters."));
    }
    words
}

/// The address made from a name: "Lights & sockets" becomes `lights-sockets`.
pub(super) fn slug_of(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let slug = plain.split_whitespace().collect::<Vec<_>>().join("-");
    slug.chars().take(60).collect::<String>().trim_end_matches('-').to_owned()
}

/// A field, as typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedField<'a> {
    /// What is asked.
    pub label: &'a str,
    /// `text`, `number`, `yes_no`, `choice`.
    pub kind: &'a str,
    /// Of a number.
    pub unit: &'a str,
    /// Of a choice, one a line.
    pub options: &'a str,
    /// Has to be filled in.
    pub required: bool,
    /// Customers can narrow lists by it.
    pub searchable: bool,
}

/// A checked field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldText {
    /// What is asked.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Of a number.
    pub unit: String,
    /// Of a choice.
    pub options: Vec<String>,
    /// Has to be filled in.
    pub required: bool,
    /// Customers can narrow lists by it; no for kinds that cannot be asked for.
    pub searchable: bool,
}

impl FieldText {
    /// Reads the form.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(typed: TypedField<'_>) -> Result<Self, Error> {
        let mut errors = FieldErrors::new();
        let label = line("label", typed.label, 80, &mut errors);
        if label.is_empty() {
            errors.add("label", "Type what is asked.");
        }
        let kind = FieldKind::parse(typed.kind);
        if kind.is_none() {
            errors.add("kind", "Choose a kind from the list.");
        }
        let unit = line("unit", typed.unit, 20, &mut errors);
        let mut options: Vec<String> = Vec::new();
        for option in typed.options.lines().map(str::trim).filter(|option| !option.is_empty()) {
            if option.chars().count() > 60 {
                errors.add("options", "Please keep each choice under 60 characters.");
            } else if !options.iter().any(|known| known == option) {
                options.push(option.to_owned());
            }
        }
        if kind == Some(FieldKind::Choice) && !(2..=30).contains(&options.len()) {
            errors.add("options", "Type two choices or more, one a line, at most thirty.");
        }
        errors.into_result()?;
        let kind = kind.unwrap_or_default();
        Ok(Self {
            label,
            kind,
            unit: if kind == FieldKind::Number { unit } else { String::new() },
            options: if kind == FieldKind::Choice { options } else { Vec::new() },
            required: typed.required,
            searchable: typed.searchable && kind.narrows(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CategoryText, FieldText, TypedCategory, TypedField, slug_of};
    use crate::kernel::Error;

    #[test]
    fn addresses_are_made_of_names() {
        assert_eq!(slug_of("Lights & sockets"), "lights-sockets");
        assert_eq!(slug_of("  EV-Chargers  "), "ev-chargers");
        assert_eq!(slug_of("???"), "");
    }

    #[test]
    fn each_complaint_stands_beside_its_field() {
        let typed = TypedCategory {
            name: "",
            slug: "Not So",
            parent: "x",
            blurb: &"b".repeat(201),
            keywords: "",
            tint: "blue",
            picture: "",
            hidden: false,
        };
        let Err(Error::Invalid(errors)) = CategoryText::parse(typed) else { panic!("accepted") };
        assert!(
            ["name", "slug", "parent", "blurb", "tint"].iter().all(|field| errors.of(field).is_some()),
            "{errors:?}"
        );
        let typed =
            TypedField { label: "", kind: "choice", unit: "", options: "one\none", required: true, searchable: true };
        let Err(Error::Invalid(errors)) = FieldText::parse(typed) else { panic!("accepted") };
        assert!(["label", "options"].iter().all(|field| errors.of(field).is_some()), "{errors:?}");
    }
}
