//! What customers say of a booking: one sentence about this very service where there is one left, and
//! sentences about the people. Nobody says on one business's page what somebody else has said there.

use super::bookings::Made;
use super::ids::Ids;
use super::market::{Market, minutes_between, shift};
use super::rows::Rows;
use crate::content::{Voices, people};
use crate::drawing::{Category, dice::Dice};
use domain::catalog::Kind;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Writes reviews.
#[derive(Debug)]
pub struct Critic {
    voices: Voices,
    ids: Ids,
    /// What has been said of each business, and of each service.
    said: HashMap<usize, HashSet<String>>,
}

impl Critic {
    /// A critic who knows these sentences.
    pub fn new(voices: Voices) -> Self {
        Self { voices, ids: Ids::of("review"), said: HashMap::new() }
    }

    /// Reviews a completed booking.
    pub fn review(&mut self, market: &mut Market, rows: &mut Rows, made: &Made, stars: i32, dice: &mut Dice) {
        let listing = &market.listings[made.listing];
        let business = listing.business;
        let group = group(market.businesses[business].text.category, listing.text.kind);
        let (body, title) = self.words(market, made, stars, group, dice);
        let mut part = || (stars + dice.pick([-1, 0, 0, 0, 1])).clamp(1, 5);
        let (quality, punctuality, professionalism, value) = (part(), part(), part(), part());
        let at = shift(made.updated, minutes_between(dice, 20, 6 * 24 * 60)).min(market.minutes(-3));
        rows.add(
            "reviews",
            json!({
                "id": self.ids.next(), "booking_id": made.id, "service_id": listing.id,
                "provider_id": market.businesses[business].id, "customer_id": market.customers[made.customer].user,
                "rating": stars, "quality": quality, "punctuality": punctuality, "professionalism": professionalism,
                "value": value, "title": title, "body": body, "created_at": at,
            }),
        );
        market.listings[made.listing].stars.push(stars);
    }

    fn words(&mut self, market: &Market, made: &Made, stars: i32, group: &str, dice: &mut Dice) -> (String, String) {
        let listing = &market.listings[made.listing];
        let (first, _) = people::split(&market.members[made.member].name);
        let said = self.said.entry(listing.business).or_default();
        let (section, title) = match stars {
            5 => (format!("{group} 5"), format!("title {group} 5")),
            4 => (format!("{group} 4"), format!("title {group} 4")),
            3 => ("mixed 3".to_owned(), "title mixed 3".to_owned()),
            _ => ("poor 2".to_owned(), "title poor 2".to_owned()),
        };
        let own = listing.text.voices.iter().find(|voice| stars > 3 && !said.contains(voice.as_str())).cloned();
        let mut sentences: Vec<String> = Vec::new();
        if let Some(own) = own {
            said.insert(own.clone());
            sentences.push(own);
        }
        // Four stars have a reason; five may stand alone.
        let wanted = match (stars, sentences.len()) {
            (5, 1) => usize::from(dice.chance(55)),
            (4, 1) => usize::from(dice.chance(80)),
            (5, _) => 1 + usize::from(dice.chance(60)),
            (4, _) => 1 + usize::from(dice.chance(30)),
            _ => 1 + usize::from(dice.chance(20)),
        };
        for _ in 0..wanted {
            // Rather one sentence than one that has been read above.
            let left = self.voices.of(&section).iter().any(|sentence| !said.contains(*sentence));
            if left || sentences.is_empty() {
                sentences.extend(fresh(self.voices.of(&section), said, dice));
            }
        }
        if sentences.len() > 1 && dice.chance(40) {
            sentences.rotate_left(1);
        }
        let title = fresh(self.voices.of(&title), said, dice).unwrap_or_default();
        (sentences.join(" ").replace("{member}", first), title)
    }
}

/// A sentence nobody has said here; any if all have been said.
fn fresh(sentences: &[&str], said: &mut HashSet<String>, dice: &mut Dice) -> Option<String> {
    let new: Vec<&str> = sentences.iter().copied().filter(|sentence| !said.contains(*sentence)).collect();
    let from = if new.is_empty() { sentences } else { &new };
    let sentence = *from.get(dice.below(from.len()))?;
    said.insert(sentence.to_owned());
    Some(sentence.to_owned())
}

const fn group(category: Category, kind: Kind) -> &'static str {
    match (kind, category) {
        (Kind::Delivery, _) => "files",
        (_, Category::Beauty | Category::Tutoring) => "person",
        _ => "home",
    }
}

/// Stars of so many reviews whose average is as near to `tenths` as can be: mostly fives, the rest where
/// the dice put it.
pub fn stars(count: usize, tenths: usize, dice: &mut Dice) -> Vec<i32> {
    let mut stars = vec![5; count];
    let mut missing = (count * 50).saturating_sub(count * tenths).div_ceil(10);
    while missing > 0 && count > 0 {
        let step = dice.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]).min(missing);
        let place = dice.below(count);
        if stars[place] == 5 {
            stars[place] -= i32::try_from(step).unwrap_or(1);
            missing -= step;
        } else if stars.iter().all(|stars| *stars < 5) {
            break;
        }
    }
    stars
}
