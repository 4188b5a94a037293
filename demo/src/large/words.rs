//! Titles and texts by the hundred thousand, put together so that searching them means something: what a
//! service is comes from the written texts, how it is offered from the lists here.

use crate::content::{Provider, Service};
use crate::drawing::dice::Dice;
use domain::catalog::Pricing;
use std::collections::{HashMap, HashSet};

const OPENINGS: [&str; 48] = [
    "Affordable",
    "Ambitious",
    "Calm",
    "Careful",
    "Certified",
    "Cheerful",
    "Classic",
    "Clever",
    "Complete",
    "Creative",
    "Discreet",
    "Eco-friendly",
    "Emergency",
    "Evening",
    "Experienced",
    "Express",
    "Flexible",
    "Friendly",
    "Gentle",
    "Handmade",
    "Honest",
    "Independent",
    "Insured",
    "Local",
    "Luxurious",
    "Mobile",
    "Modern",
    "Neighbourly",
    "Orderly",
    "Patient",
    "Personal",
    "Practical",
    "Premium",
    "Professional",
    "Punctual",
    "Quick",
    "Quiet",
    "Reliable",
    "Same-day",
    "Seasonal",
    "Simple",
    "Skilled",
    "Solid",
    "Sustainable",
    "Thorough",
    "Traditional",
    "Trusted",
    "Weekend",
];

const AUDIENCES: [&str; 48] = [
    "for families",
    "for students",
    "for small offices",
    "for landlords",
    "for tenants",
    "for new parents",
    "for seniors",
    "for restaurants",
    "for cafés",
    "for shops",
    "for period homes",
    "for new builds",
    "for studios",
    "for start-ups",
    "for schools",
    "for medical practices",
    "for holiday flats",
    "for penthouses",
    "for basements",
    "for allotments",
    "for beginners",
    "for experts",
    "for busy people",
    "for night owls",
    "for early risers",
    "for pet owners",
    "for musicians",
    "for collectors",
    "for couples",
    "for newcomers",
    "for associations",
    "for charities",
    "for galleries",
    "for workshops",
    "for hotels",
    "for architects",
    "for lawyers",
    "for freelancers",
    "for gardeners",
    "for boat owners",
    "for cyclists",
    "for commuters",
    "for vegans",
    "for artists",
    "for scientists",
    "for authors",
    "for small budgets",
    "for big plans",
];

const TAILS: [&str; 32] = [
    "with guarantee",
    "at short notice",
    "on Saturdays",
    "from one hour",
    "all year round",
    "with free advice",
    "including materials",
    "by appointment",
    "in three languages",
    "without waiting",
    "at a fixed price",
    "with before and after photos",
    "in the evening",
    "with our own tools",
    "step by step",
    "from the workshop",
    "around the corner",
    "with a smile",
    "in one visit",
    "on request",
    "with written report",
    "for the long run",
    "with care",
    "without dust",
    "in half a day",
    "with follow-up",
    "after hours",
    "at your place",
    "for every season",
    "with a plan",
    "on a budget",
    "to order",
];

const FIRMS: [&str; 40] = [
    "Acorn",
    "Amber",
    "Anchor",
    "Beacon",
    "Birch",
    "Blue Door",
    "Bramble",
    "Brook",
    "Canal",
    "Cedar",
    "Clover",
    "Copper",
    "Corner",
    "Crane",
    "Daybreak",
    "Elm",
    "Falcon",
    "Fern",
    "Harbour",
    "Hazel",
    "Heron",
    "Juniper",
    "Lantern",
    "Linden",
    "Maple",
    "Meadow",
    "Mill",
    "North Star",
    "Oak",
    "Orchard",
    "Otter",
    "Pebble",
    "Quarry",
    "River",
    "Robin",
    "Saffron",
    "Slate",
    "Swift",
    "Willow",
    "Wren",
];

/// What the texts of one trade give away for others to use.
#[derive(Debug, Default)]
pub struct Vocabulary<'t> {
    services: HashMap<&'t str, Vec<&'t Service>>,
    given: Vec<&'t str>,
    surnames: Vec<&'t str>,
}

impl<'t> Vocabulary<'t> {
    /// Reads the texts.
    pub fn of(providers: &'t [Provider]) -> Self {
        let mut words = Self::default();
        let mut surnames = HashSet::new();
        for provider in providers {
            for service in provider.services.iter().filter(|service| service.pricing != Pricing::Quote) {
                words.services.entry(service.leaf.as_str()).or_default().push(service);
            }
            for (given, last) in provider.team.iter().filter_map(|name| name.split_once(' ')) {
                words.given.push(given);
                words.surnames.extend(surnames.insert(last).then_some(last));
            }
        }
        words
    }

    /// First and last name of somebody.
    pub fn person(&self, dice: &mut Dice) -> (&'t str, &'t str) {
        (dice.pick_or(&self.given, "Kim"), dice.pick_or(&self.surnames, "Miller"))
    }

    /// A name for a business of a trade.
    pub fn business(&self, trade: &str, dice: &mut Dice) -> String {
        let surname = dice.pick_or(&self.surnames, "Miller");
        let other = dice.pick_or(&self.surnames, "Baker");
        match dice.below(4) {
            0 => format!("{surname} {trade}"),
            1 => format!("{} {trade}", dice.pick(FIRMS)),
            2 => format!("{surname} & {other}"),
            _ => format!("{} {surname} {trade}", dice.pick(FIRMS)),
        }
    }

    /// A service of a category that a text describes, to vary.
    pub fn model(&self, leaf: &str, dice: &mut Dice) -> Option<&'t Service> {
        let models = self.services.get(leaf)?;
        models.get(dice.below(models.len())).copied()
    }
}

/// A title: the model's, said differently.
pub fn title(model: &Service, dice: &mut Dice) -> String {
    let mut title = model.title.clone();
    if dice.chance(60) {
        let mut letters = title.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
        title = format!("{} {first}{}", dice.pick(OPENINGS), letters.as_str());
    }
    if dice.chance(45) && !title.contains(" for ") {
        title = format!("{title} {}", dice.pick(AUDIENCES));
    }
    if dice.chance(35) {
        title = format!("{title}, {}", dice.pick(TAILS));
    }
    title.chars().take(115).collect()
}

/// A summary: something the model's texts say, and what is particular here.
pub fn summary(model: &Service, town: &str, dice: &mut Dice) -> String {
    let sentences: Vec<&str> = model.description.split_inclusive(". ").map(str::trim).collect();
    let said = match dice.below(3) {
        0 => dice.pick_or(&sentences, &model.summary).to_owned(),
        1 => format!("{}.", model.includes.join(", ")),
        _ => model.summary.clone(),
    };
    let said = if said.len() < 12 { model.summary.clone() } else { said };
    let particular = format!("{} work {} in {town}, {}.", dice.pick(OPENINGS), dice.pick(AUDIENCES), dice.pick(TAILS));
    let both = if dice.chance(50) { format!("{said} {particular}") } else { format!("{particular} {said}") };
    both.chars().take(295).collect()
}
