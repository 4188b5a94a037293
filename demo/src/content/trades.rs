//! Businesses and what they offer.

use super::reading::{lines, list};
use super::{Misread, Place, Service};
use crate::drawing::Category;

/// A business.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its trade.
    pub category: Category,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: &'static Place,
    /// Local part of the owner's e-mail address, when it is a published login.
    pub login: Option<String>,
    /// Names of its people, the owner first.
    pub team: Vec<String>,
    /// How many months ago it joined.
    pub joined: i32,
    /// Average of its reviews in tenths of a star.
    pub tenths: usize,
    /// How many reviews it has.
    pub reviews: usize,
    /// One line.
    pub headline: String,
    /// Who they are.
    pub about: String,
    /// How they work: the last paragraph of each of their services.
    pub how: String,
    /// What they offer, best known first.
    pub services: Vec<Service>,
}

const TEXTS: [(Category, &str, &str); 10] = [
    (Category::Cleaning, "trades/cleaning.txt", include_str!("../../content/trades/cleaning.txt")),
    (Category::Plumbing, "trades/plumbing.txt", include_str!("../../content/trades/plumbing.txt")),
    (Category::Electrical, "trades/electrical.txt", include_str!("../../content/trades/electrical.txt")),
    (Category::Gardening, "trades/gardening.txt", include_str!("../../content/trades/gardening.txt")),
    (Category::Moving, "trades/moving.txt", include_str!("../../content/trades/moving.txt")),
    (Category::Painting, "trades/painting.txt", include_str!("../../content/trades/painting.txt")),
    (Category::Beauty, "trades/beauty.txt", include_str!("../../content/trades/beauty.txt")),
    (Category::Tutoring, "trades/tutoring.txt", include_str!("../../content/trades/tutoring.txt")),
    (Category::Design, "trades/design.txt", include_str!("../../content/trades/design.txt")),
    (Category::Writing, "trades/writing.txt", include_str!("../../content/trades/writing.txt")),
];

/// All businesses, trade by trade.
///
/// # Errors
/// A text that cannot be read.
pub fn trades() -> Result<Vec<Provider>, Misread> {
    let mut providers = Vec::new();
    for (category, file, text) in TEXTS {
        read(category, file, text, &mut providers)?;
    }
    Ok(providers)
}

/// `# name`, then `field: value` lines; `## title`, then the lines of a service.
fn read(category: Category, file: &'static str, text: &'static str, into: &mut Vec<Provider>) -> Result<(), Misread> {
    for line in lines(file, text, "//") {
        if let Some(title) = line.after("## ") {
            let provider = into.last_mut().ok_or_else(|| line.wrong("a service of nobody"))?;
            provider.services.push(Service::titled(title));
            continue;
        }
        if let Some(name) = line.after("# ") {
            into.push(Provider::named(category, name));
            continue;
        }
        let provider = into.last_mut().ok_or_else(|| line.wrong("a line of nobody"))?;
        if let Some(service) = provider.services.last_mut() {
            service.take(&line)?;
            continue;
        }
        let (field, value) = line.text.split_once(": ").ok_or_else(|| line.wrong("“field: value” was expected"))?;
        let value_or = || value.to_owned();
        match field {
            "place" => provider.place = Place::find(value).ok_or_else(|| line.wrong("no such place"))?,
            "login" => provider.login = Some(value_or()),
            "team" => provider.team = list(value),
            "joined" => provider.joined = line.number(value, "")?,
            "known" => {
                let (average, count) =
                    value.split_once(' ').ok_or_else(|| line.wrong("“average count” was expected"))?;
                provider.tenths = line.number(&average.replace('.', ""), "")?;
                provider.reviews = line.number(count, "")?;
            }
            "headline" => provider.headline = value_or(),
            "about" => provider.about = value_or(),
            "how" => provider.how = value_or(),
            _ => return Err(line.wrong(format!("“{field}” is not a field of a provider"))),
        }
    }
    Ok(())
}

impl Provider {
    fn named(category: Category, name: &str) -> Self {
        Self {
            category,
            name: name.to_owned(),
            place: &super::places::PLACES[0],
            login: None,
            team: Vec::new(),
            joined: 1,
            tenths: 0,
            reviews: 0,
            headline: String::new(),
            about: String::new(),
            how: String::new(),
            services: Vec::new(),
        }
    }

    /// Whether it is more than one person.
    pub fn is_company(&self) -> bool {
        self.team.len() > 1
    }
}
