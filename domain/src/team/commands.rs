//! What people ask for about a member, parsed.

use crate::kernel::{Error, FieldErrors, ServiceId};

/// More skills than this nobody reads.
pub const MOST_SKILLS: usize = 20;

/// The form about a member, as typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedEdit<'a> {
    /// The name customers see.
    pub name: &'a str,
    /// Skills, one a line or separated by commas.
    pub skills: &'a str,
    /// Ids of the services that are ticked.
    pub services: &'a [&'a str],
}

/// A checked change of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The name customers see.
    pub name: String,
    /// What they are good at, without repetition.
    pub skills: Vec<String>,
    /// What they do.
    pub services: Vec<ServiceId>,
}

impl Edit {
    /// Reads the form.
    ///
    /// # Errors
    /// Messages beside `name`, `skills` and `services`.
    pub fn parse(typed: TypedEdit<'_>) -> Result<Self, Error> {
        let mut errors = FieldErrors::new();
        let name = name(typed.name, &mut errors);
        let mut skills: Vec<String> = Vec::new();
        for words in typed.skills.split(['\n', ',']).map(str::trim).filter(|words| !words.is_empty()) {
            if words.chars().count() > 40 {
                errors.add("skills", format!("“{words}” is long. Keep each skill under 40 characters."));
            } else if !skills.iter().any(|known| known.to_lowercase() == words.to_lowercase()) {
                skills.push(words.to_owned());
            }
        }
        if skills.len() > MOST_SKILLS {
            errors.add("skills", format!("Choose the {MOST_SKILLS} that matter most."));
        }
        let services: Vec<ServiceId> = typed.services.iter().filter_map(|id| id.parse().ok().map(ServiceId)).collect();
        if services.len() != typed.services.len() {
            errors.add("services", "Choose services from the list.");
        }
        errors.into_result()?;
        Ok(Self { name, skills, services })
    }
}

/// A member's name, with complaints beside `name`.
pub(super) fn name(typed: &str, errors: &mut FieldErrors) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => errors.add("name", "Type the name customers will see."),
        1..=120 => {}
        _ => errors.add("name", "Please keep the name under 120 characters."),
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{Edit, TypedEdit};
    use crate::kernel::Error;

    #[test]
    fn skills_are_lines_or_commas_without_repetition() {
        let typed = TypedEdit { name: " Ana  Lima ", skills: "Boilers, gas\nboilers\n\n Tiles ", services: &[] };
        let edit = Edit::parse(typed).unwrap();
        assert_eq!(
            (edit.name.as_str(), edit.skills),
            ("Ana Lima", vec!["Boilers".into(), "gas".into(), "Tiles".into()])
        );
    }

    #[test]
    fn each_complaint_stands_beside_its_field() {
        let many: String = (0..21).map(|n| format!("skill {n},")).collect();
        let Err(Error::Invalid(errors)) = Edit::parse(TypedEdit { name: "", skills: &many, services: &["x"] }) else {
            panic!("accepted");
        };
        assert!(["name", "skills", "services"].iter().all(|field| errors.of(field).is_some()));
    }
}
