//! What somebody types into a step, parsed: a message beside each field that cannot be taken.

use super::application::{Step, Told};
use super::document::DocumentKind;
use crate::catalog::{ProviderKind, profile};
use crate::kernel::words::letters;
use crate::kernel::{CategoryId, Error, FieldErrors};
use jiff::civil::Date;

/// Categories one application may name.
pub const MOST_CATEGORIES: usize = 8;

/// The answers of one step.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// What the business is called, and what it is.
    Business {
        /// Its name.
        name: String,
        /// A person or a company.
        kind: ProviderKind,
        /// A line.
        headline: String,
        /// The story.
        about: String,
    },
    /// Where it is, and how far it goes.
    Place {
        /// The town.
        city: String,
        /// ISO 3166 code.
        country: String,
        /// As typed.
        postal_code: String,
        /// IANA name; empty for that of the place.
        zone: String,
        /// Kilometres.
        radius_km: i32,
        /// Capital letters and digits, each once.
        postal_codes: Vec<String>,
    },
    /// What it does.
    Work {
        /// At least one.
        categories: Vec<CategoryId>,
        /// In words, each once.
        skills: Vec<String>,
    },
    /// Where earnings go.
    Payout {
        /// ISO 3166 code.
        country: String,
    },
}

/// What was typed into the fields of a step.
#[derive(Clone, Debug, Default)]
pub struct Typed<'t> {
    /// Fields by name.
    pub fields: Vec<(&'t str, &'t str)>,
}

impl Typed<'_> {
    fn one(&self, name: &str) -> String {
        self.fields.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value).trim().to_owned()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(field, _)| *field == name).map(|(_, value)| *value)
    }

    /// Reads the answers of a step.
    ///
    /// # Errors
    /// A message beside each field; not found for steps without answers of their own.
    pub fn read(&self, step: Step) -> Result<Answers, Error> {
        let mut wrong = FieldErrors::new();
        let answers = match step {
            Step::Business => self.business(&mut wrong),
            Step::Place => self.place(&mut wrong),
            Step::Work => self.work(&mut wrong),
            Step::Payout => {
                Answers::Payout { country: country(&self.one("payout_country"), "payout_country", &mut wrong) }
            }
            Step::Documents | Step::Check => return Err(Error::NotFound),
        };
        wrong.into_result()?;
        Ok(answers)
    }

    fn business(&self, wrong: &mut FieldErrors) -> Answers {
        let (name, headline, about) = (self.one("name"), self.one("headline"), self.one("about"));
        length(
            &name,
            (2, 120),
            "name",
            ("Type the name customers know you by.", "Please keep the name under 120 characters."),
            wrong,
        );
        let kind = ProviderKind::parse(&self.one("kind"));
        if kind.is_none() {
            wrong.add("kind", "Choose whether you work alone or as a company.");
        }
        let few = "Say in a line what you do, with at least ten letters.";
        length(&headline, (10, 120), "headline", (few, "Please keep the line under 120 characters."), wrong);
        length(&about, (0, 4000), "about", ("", "Please keep the story under 4,000 characters."), wrong);
        Answers::Business { name, kind: kind.unwrap_or(ProviderKind::Sole), headline, about }
    }

    fn place(&self, wrong: &mut FieldErrors) -> Answers {
        let (city, postal_code) = (self.one("city"), self.one("postal_code"));
        length(
            &city,
            (1, 120),
            "city",
            ("Type the town you work from.", "Please keep the town under 120 characters."),
            wrong,
        );
        length(&postal_code, (0, 16), "postal_code", ("", "A postal code has at most 16 characters."), wrong);
        let radius_km = profile::radius(&self.one("radius_km"), wrong);
        let postal_codes = profile::postal_codes(&self.one("postal_codes"), wrong);
        let country = country(&self.one("country"), "country", wrong);
        Answers::Place { city, country, postal_code, zone: self.one("zone"), radius_km, postal_codes }
    }

    fn work(&self, wrong: &mut FieldErrors) -> Answers {
        let mut categories: Vec<CategoryId> =
            self.all("categories").filter_map(|id| id.parse().ok().map(CategoryId)).collect();
        categories.sort_unstable();
        categories.dedup();
        match categories.len() {
            0 => wrong.add("categories", "Choose at least one kind of work."),
            1..=MOST_CATEGORIES => {}
            _ => wrong.add("categories", "Choose at most eight kinds of work. More can come later."),
        }
        let skills = profile::skills(&self.one("skills"), wrong);
        Answers::Work { categories, skills }
    }
}

impl Told {
    /// What the fields of a step show. The same names as in [`Typed`].
    #[must_use]
    pub fn fields(&self, step: Step) -> Vec<(&'static str, String)> {
        match step {
            Step::Business => vec![
                ("name", self.name.clone()),
                ("kind", self.kind.map(|kind| kind.name().to_owned()).unwrap_or_default()),
                ("headline", self.headline.clone()),
                ("about", self.about.clone()),
            ],
            Step::Place => vec![
                ("city", self.city.clone()),
                ("country", self.country.clone()),
                ("postal_code", self.postal_code.clone()),
                ("zone", self.zone.clone()),
                ("radius_km", self.radius_km.to_string()),
                ("postal_codes", self.postal_codes.join(", ")),
            ],
            Step::Work => {
                let categories = self.categories.iter().map(|(id, _)| ("categories", id.0.to_string()));
                categories.chain([("skills", self.skills.join(", "))]).collect()
            }
            Step::Payout => vec![("payout_country", self.payout_country.clone())],
            Step::Documents | Step::Check => Vec::new(),
        }
    }

    /// Fields of a step that have one value each, in their order.
    pub(super) fn single_fields(&self, step: Step) -> impl Iterator<Item = (&'static str, String)> {
        self.fields(step).into_iter().filter(|(field, _)| *field != "categories")
    }

    /// The same with these answers in place of what was told.
    #[must_use]
    pub fn with(&self, answers: &Answers) -> Self {
        let mut told = self.clone();
        match answers.clone() {
            Answers::Business { name, kind, headline, about } => {
                (told.name, told.kind, told.headline, told.about) = (name, Some(kind), headline, about);
            }
            Answers::Place { city, country, postal_code, zone, radius_km, postal_codes } => {
                (told.city, told.country, told.postal_code, told.zone) = (city, country, postal_code, zone);
                (told.radius_km, told.postal_codes) = (radius_km, postal_codes);
            }
            Answers::Work { categories, skills } => {
                told.categories = categories.into_iter().map(|id| (id, String::new())).collect();
                told.skills = skills;
            }
            Answers::Payout { country } => told.payout_country = country,
        }
        told
    }
}

/// A document, parsed; its picture goes another way.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// What it proves.
    pub kind: DocumentKind,
    /// Its number.
    pub number: String,
    /// Its last good day.
    pub expires_on: Option<Date>,
}

impl NewDocument {
    /// Reads a document; `today` is where the business is.
    ///
    /// # Errors
    /// Messages beside `kind`, `number` and `expires_on`.
    pub fn read(kind: &str, number: &str, expires_on: &str, today: Date) -> Result<Self, Error> {
        let mut wrong = FieldErrors::new();
        let kind = DocumentKind::parse(kind);
        if kind.is_none() {
            wrong.add("kind", "Choose what this document is.");
        }
        let number = number.trim();
        length(
            number,
            (1, 60),
            "number",
            ("Type the number that is on it.", "Please keep the number under 60 characters."),
            &mut wrong,
        );
        let end: Option<Date> = expires_on.trim().parse().ok();
        match (end, expires_on.trim().is_empty()) {
            (Some(end), _) if end < today => {
                wrong.add("expires_on", "This document is over already. Choose one that is good.")
            }
            (Some(end), _) if end.year() > today.year() + 50 => {
                wrong.add("expires_on", "This day is too far away. Look at the year again.");
            }
            (Some(_), _) => {}
            (None, true) if kind == Some(DocumentKind::Licence) => {}
            (None, true) => wrong.add("expires_on", "Type the last day it is good."),
            (None, false) => wrong.add("expires_on", "Type a day such as 2028-05-31."),
        }
        wrong.into_result()?;
        Ok(Self { kind: kind.unwrap_or(DocumentKind::Identity), number: number.to_owned(), expires_on: end })
    }
}

fn length(text: &str, (least, most): (usize, usize), field: &str, words: (&str, &str), wrong: &mut FieldErrors) {
    if letters(text) < least {
        wrong.add(field, words.0);
    } else if text.chars().count() > most {
        wrong.add(field, words.1);
    }
}

fn country(typed: &str, field: &str, wrong: &mut FieldErrors) -> String {
    if super::countries::name(typed).is_none() {
        wrong.add(field, "Choose a country.");
    }
    typed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn typed<'t>(fields: &[(&'t str, &'t str)]) -> Typed<'t> {
        Typed { fields: fields.to_vec() }
    }

    fn complaints(step: Step, fields: &[(&str, &str)]) -> Vec<String> {
        match typed(fields).read(step) {
            Ok(_) => Vec::new(),
            Err(Error::Invalid(errors)) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn steps_say_what_they_need() {
        assert_eq!(complaints(Step::Business, &[]), ["name", "kind", "headline"]);
        let place = [("city", "Berlin"), ("country", "DE"), ("radius_km", "0"), ("postal_codes", "10115, not a code!")];
        assert_eq!(complaints(Step::Place, &place), ["radius_km", "postal_codes"]);
        let place = [("city", "Berlin"), ("country", "DE"), ("radius_km", "25"), ("postal_codes", "10115, ZZZ")];
        assert_eq!(complaints(Step::Place, &place), ["postal_codes"], "no code is without a digit");
        assert_eq!(complaints(Step::Place, &[("radius_km", "25")]), ["city", "country"]);
        assert_eq!(complaints(Step::Work, &[("categories", "nonsense")]), ["categories"]);
        assert_eq!(complaints(Step::Payout, &[("payout_country", "XX")]), ["payout_country"]);
    }

    #[test]
    fn what_was_read_is_what_the_fields_show() {
        let place = typed(&[
            ("city", " Berlin "),
            ("country", "DE"),
            ("postal_code", "10115"),
            ("radius_km", "30"),
            ("postal_codes", "10115; 10117,10115\n e8 3qx"),
        ]);
        let told = Told::default().with(&place.read(Step::Place).expect("a place"));
        assert_eq!(told.postal_codes, ["10115", "10117", "E83QX"]);
        let shown = told.fields(Step::Place);
        let again = Typed { fields: shown.iter().map(|(name, value)| (*name, value.as_str())).collect() };
        assert_eq!(Told::default().with(&again.read(Step::Place).expect("the same place")), told);
    }

    #[test]
    fn documents_must_be_good_today() {
        let today = date(2026, 11, 2);
        let read = |kind, number, end| NewDocument::read(kind, number, end, today).is_ok();
        assert!(read("identity", "L01X00T47", "2026-11-02") && read("licence", "HWK 1", ""));
        assert!(
            !read("identity", "L01X00T47", "2026-11-01")
                && !read("insurance", "1", "")
                && !read("x", "1", "2027-01-01")
        );
        assert!(
            !read("identity", "", "2027-01-01")
                && !read("identity", "1", "soon")
                && !read("identity", "1", "3027-01-01")
        );
    }
}
