//! What a business says of itself: the line and the story on its page, its skills, and how far it goes. Those who manage it
//! change it; a form that was opened before somebody else's change is told so, and changes nothing.

use super::store::profile as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, FieldErrors, Object, ProviderId, WriteError, can, words, write};
use serde_json::json;

/// The fewest and the most letters of the line.
const HEADLINE: (usize, usize) = (10, 120);
/// The most letters of the story.
const LONGEST_STORY: usize = 4000;
/// The most postal codes a business names.
const MOST_CODES: usize = 200;
/// The most skills it names, and the most letters of each.
const SKILLS: (usize, usize) = (20, 60);
/// The least and the greatest distance, in kilometres.
const REACH: (i32, i32) = (1, 500);

/// What a business says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// In one line.
    pub headline: String,
    /// The whole story; paragraphs are parted by empty lines.
    pub about: String,
    /// What it can do, in words, each once.
    pub skills: Vec<String>,
    /// How far it goes, in kilometres: what new services begin with.
    pub radius_km: i32,
    /// Postal codes it names beside that: capital letters, digits and hyphens, each once.
    pub postal_codes: Vec<String>,
}

/// The same as typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedProfile<'t> {
    /// In one line.
    pub headline: &'t str,
    /// The whole story.
    pub about: &'t str,
    /// Parted by commas or lines.
    pub skills: &'t str,
    /// A whole number of kilometres.
    pub radius_km: &'t str,
    /// Parted by commas or lines.
    pub postal_codes: &'t str,
}

impl Profile {
    /// Reads a form.
    ///
    /// # Errors
    /// Messages beside the fields, which are called as in [`TypedProfile`].
    pub fn parse(typed: TypedProfile<'_>) -> Result<Self, Error> {
        let mut wrong = FieldErrors::new();
        let headline = typed.headline.split_whitespace().collect::<Vec<_>>().join(" ");
        if words::letters(&headline) < HEADLINE.0 {
            wrong.add("headline", "Say in a line what you do, with at least ten letters.");
        } else if headline.chars().count() > HEADLINE.1 {
            wrong.add("headline", "Please keep the line under 120 characters.");
        }
        let about = typed.about.trim().to_owned();
        if about.chars().count() > LONGEST_STORY {
            wrong.add("about", "Please keep the story under 4,000 characters.");
        }
        let skills = skills(typed.skills, &mut wrong);
        let radius_km = radius(typed.radius_km, &mut wrong);
        let postal_codes = postal_codes(typed.postal_codes, &mut wrong);
        wrong.into_result()?;
        Ok(Self { headline, about, skills, radius_km, postal_codes })
    }
}

/// A distance as typed, with a complaint beside `radius_km`.
pub fn radius(typed: &str, wrong: &mut FieldErrors) -> i32 {
    let radius = typed.trim().parse().ok().filter(|km| (REACH.0..=REACH.1).contains(km));
    if radius.is_none() {
        wrong.add("radius_km", "Type a whole number of kilometres from 1 to 500.");
    }
    radius.unwrap_or(25)
}

/// Skills as typed, each once whatever its capitals, with a complaint beside `skills`.
pub fn skills(typed: &str, wrong: &mut FieldErrors) -> Vec<String> {
    let mut skills: Vec<String> = Vec::new();
    for skill in typed.split([',', ';', '\n']).map(str::trim).filter(|skill| !skill.is_empty()) {
        if skill.chars().count() > SKILLS.1 {
            wrong.add("skills", "Please keep each skill under 60 characters, with commas between them.");
            break;
        }
        if !skills.iter().any(|known| known.to_lowercase() == skill.to_lowercase()) {
            skills.push(skill.to_owned());
        }
    }
    if skills.len() > SKILLS.0 {
        wrong.add("skills", "Please name at most 20 skills: the ones customers ask for.");
    }
    skills
}

/// Postal codes as typed, each once, with a complaint beside `postal_codes`.
pub fn postal_codes(typed: &str, wrong: &mut FieldErrors) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for typed in typed.split([',', ';', '\n']).filter(|typed| !typed.trim().is_empty()) {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let digit = code.chars().any(|c| c.is_ascii_digit());
        if !digit || code.len() > 12 || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            let shown: String = typed.trim().chars().take(20).collect();
            wrong.add("postal_codes", format!("“{shown}” does not look like a postal code. Put commas between them."));
            break;
        }
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.len() > MOST_CODES {
        wrong.add("postal_codes", "Please name at most 200 postal codes; the distance covers the rest.");
    }
    codes
}

/// A business with what it says of itself.
#[derive(Clone, Debug)]
pub struct Described {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its town.
    pub city: String,
    /// Grows with every change; a form sends back the one it was made from.
    pub version: i32,
    /// What it says.
    pub profile: Profile,
}

/// Why it was not changed.
#[derive(Debug, thiserror::Error)]
pub enum DescribeError {
    /// Somebody, perhaps oneself in another window, has changed it since the form was opened.
    #[error("changed meanwhile")]
    Stale,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl WriteError for DescribeError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Other(error) => Some(error),
            Self::Stale => None,
        }
    }
}

fn require(actor: &Actor, provider: ProviderId) -> Result<(), Error> {
    actor.signed_in()?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if can(actor, Action::DescribeBusiness, &object) { Ok(()) } else { Err(Error::NotFound) }
}

/// What a business says of itself: one statement.
///
/// # Errors
/// Not found for people who do not manage it.
pub async fn described(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Described, Error> {
    require(actor, provider)?;
    store::described(&ctx.pool, provider).await
}

/// Changes what a business says of itself, in place of the version that was seen. Customers see it at once.
///
/// # Errors
/// [`DescribeError::Stale`]; not found for people who do not manage it.
pub async fn describe(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    seen: i32,
    profile: Profile,
) -> Result<(), DescribeError> {
    require(actor, provider)?;
    write(ctx, actor, move |tx| {
        let profile = profile.clone();
        Box::pin(async move {
            if !store::describe(tx.conn(), provider, seen, &profile).await? {
                return Err(DescribeError::Stale);
            }
            tx.audit(AuditEntry {
                action: "provider.described",
                object_kind: "provider",
                object_id: provider.0,
                capacity: "provider",
                detail: json!({ "skills": profile.skills.len(), "radius_km": profile.radius_km,
                    "postal_codes": profile.postal_codes.len() }),
                personal: json!({ "headline": profile.headline }),
            });
            Ok(())
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_complaint_stands_beside_its_field() {
        let story = "x".repeat(4001);
        let typed = TypedProfile {
            headline: " short ",
            about: &story,
            skills: &"s".repeat(61),
            radius_km: "501",
            postal_codes: "10115, not a code!",
        };
        let Err(Error::Invalid(wrong)) = Profile::parse(typed) else { panic!("taken") };
        let fields: Vec<&str> = wrong.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["headline", "about", "skills", "radius_km", "postal_codes"]);
    }

    #[test]
    fn what_is_said_twice_is_said_once() {
        let typed = TypedProfile {
            headline: "Leaks  found and fixed",
            skills: "Boilers, Übergänge;boilers\nübergänge",
            radius_km: " 30 ",
            postal_codes: "10115; e8 3qx,E83QX",
            ..TypedProfile::default()
        };
        let profile = Profile::parse(typed).expect("a profile");
        assert_eq!((profile.headline.as_str(), profile.radius_km), ("Leaks found and fixed", 30));
        assert_eq!(
            (profile.skills, profile.postal_codes),
            (vec!["Boilers".into(), "Übergänge".into()], vec!["10115".into(), "E83QX".into()])
        );
    }
}
