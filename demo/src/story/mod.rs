//! The story of a living marketplace, told from its texts for a given present. Nothing here touches the
//! database: the same texts and the same present make the same rows.

mod bookings;
mod cast;
mod critic;
mod diary;
mod everyday;
mod fields;
mod hours;
pub mod ids;
mod kept;
mod life;
mod logins;
mod market;
mod newcomers;
mod notes;
mod pictures;
mod rows;
mod shelf;
mod unfinished;

pub use cast::OPERATORS;
pub use fields::ask;
pub use rows::Rows;
pub use unfinished::Text;

use crate::content::{self, Branch, Field, Misread, Provider, Voices, people};
use crate::drawing::dice::Dice;
use crate::gallery::{Commission, Gallery};
use domain::availability::Claim;
use domain::kernel::Error;
use jiff::Timestamp;
use market::Market;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many days ahead every service can be booked.
const HORIZON_DAYS: u16 = 60;

/// The texts.
#[derive(Debug)]
pub struct Texts {
    /// Categories.
    pub tree: Vec<Branch>,
    /// Businesses.
    pub providers: Vec<Provider>,
    /// What customers say.
    pub voices: Voices,
    /// What categories ask.
    pub fields: Vec<Field>,
}

impl Texts {
    /// Reads all texts.
    ///
    /// # Errors
    /// A text that cannot be read.
    pub fn read() -> Result<Self, Misread> {
        Ok(Self {
            tree: content::tree()?,
            providers: content::trades()?,
            voices: content::voices()?,
            fields: content::fields()?,
        })
    }

    /// The pictures the story needs.
    #[must_use]
    pub fn commission(&self) -> Commission {
        let mut wanted = Commission::default();
        pictures::ask(&self.tree, &self.providers, &mut wanted);
        // Not everybody shows their face.
        for name in people::CUSTOMERS.iter().flatten() {
            if Dice::new(ids::seed(name), "shy").chance(60) || *name == cast::ANA {
                wanted.ask_face(name);
            }
        }
        for name in newcomers::names() {
            wanted.ask_face(name);
        }
        wanted
    }
}

/// A story: rows of all tables, and the time that is taken.
#[derive(Debug)]
pub struct Story {
    /// Rows, in an order that satisfies their references.
    pub rows: Rows,
    /// Taken time, for the one function that writes it.
    pub claims: Vec<Claim>,
    /// Services, for working out their openings.
    pub services: Vec<Uuid>,
    /// Texts that are not on show.
    pub texts: Vec<Text>,
}

/// Tells the story for the present.
///
/// # Errors
/// The texts contradict the rules of the marketplace.
pub fn tell(texts: Texts, gallery: &Gallery, password_hash: &str, now: Timestamp) -> Result<Story, Error> {
    let mut rows = Rows::default();
    let mut people = cast::Cast::new(password_hash, gallery, now);
    people.operators(&mut rows);
    let customers = people.customers(&mut rows);
    let mut market = Market { now, customers, businesses: Vec::new(), members: Vec::new(), listings: Vec::new() };
    let mut shelf = shelf::Shelf::new(&texts.tree, gallery, &mut rows);
    for provider in texts.providers {
        shelf.business(&mut people, provider, &mut market)?;
    }
    let categories = shelf.into_categories();
    newcomers::tell(&mut people, &market, &categories, &mut rows)?;
    fields::tell(&texts.fields, &market, &categories, &mut rows)?;
    kept::tell(&market, &mut rows);
    let unfinished = unfinished::tell(&market, &mut rows);
    let mut teller = everyday::Teller {
        market: &mut market,
        rows: &mut rows,
        ledger: bookings::Ledger::new(),
        critic: critic::Critic::new(texts.voices),
        reviewed: HashSet::new(),
    };
    teller.logins()?;
    for business in 0..teller.market.businesses.len() {
        teller.business(business)?;
    }
    let claims = teller.ledger.claims;
    count(&market, &mut rows);
    let services = market.listings.iter().map(|listing| listing.id).collect();
    Ok(Story { rows, claims, services, texts: unfinished })
}

/// The tree of the catalogue as rows, and the ids of its categories by slug.
#[must_use]
pub fn categories(tree: &[Branch], gallery: &Gallery, rows: &mut Rows) -> HashMap<String, Uuid> {
    shelf::Shelf::new(tree, gallery, rows).into_categories()
}

/// Counts and stars, on the rows that show them.
fn count(market: &Market, rows: &mut Rows) {
    for (row, listing) in rows.of_mut("services").iter_mut().zip(&market.listings) {
        row["booking_count"] = json!(listing.completed);
        row["rating_count"] = json!(listing.stars.len());
        row["rating_sum"] = json!(listing.stars.iter().sum::<i32>());
    }
    for (row, business) in rows.of_mut("providers").iter_mut().zip(&market.businesses) {
        let own = || business.listings.iter().map(|index| &market.listings[*index]);
        row["completed_count"] = json!(own().map(|listing| listing.completed).sum::<i32>());
        row["rating_count"] = json!(own().map(|listing| listing.stars.len()).sum::<usize>());
        row["rating_sum"] = json!(own().flat_map(|listing| &listing.stars).sum::<i32>());
    }
}
