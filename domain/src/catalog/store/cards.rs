//! Rows of listings as cards, for lists that are no search.

use super::{count, currency};
use crate::catalog::search::Hit;
use crate::catalog::{Kind, Place, Pricing, ServicePicture};
use crate::kernel::{Error, Money, ServiceId, Zone};
use jiff::Timestamp;

/// The columns of a card, of `listings l` and `service_openings o`.
pub(super) struct CardRow {
    pub id: ServiceId,
    pub slug: String,
    pub title: String,
    pub provider_name: String,
    pub verified: bool,
    pub pricing: Pricing,
    pub price_minor: i64,
    pub currency: String,
    pub price_from: bool,
    pub unit: String,
    pub kind: Kind,
    pub place: Place,
    pub city: String,
    pub rating: i32,
    pub rating_count: i32,
    pub picture_key: Option<String>,
    pub picture_alt: Option<String>,
    pub picture_colour: Option<String>,
    pub zone: String,
    pub delivery_days: i32,
    pub next_free: Option<jiff_sqlx::Timestamp>,
    /// What the statement says of the row beside.
    pub mark: bool,
}

/// Cards of a statement; `$mark` is a further yes or no of each row, `$rest` begins with `FROM`.
macro_rules! cards {
    ($mark:literal, $with:literal, $rest:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            crate::catalog::store::cards::CardRow,
            $with
                + r#" SELECT l.service_id AS "id: _", l.slug, l.title, l.provider_name, l.verified,
                             l.pricing AS "pricing: _", l.price_minor, l.currency, l.price_from, l.unit,
                             l.kind AS "kind: _", l.place AS "place: _", l.city, l.rating, l.rating_count,
                             l.picture_key, l.picture_alt, l.picture_colour, l.zone, l.delivery_days,
                             o.next_free AS "next_free?: _", "#
                + $mark
                + r#" AS "mark!" "#
                + $rest,
            $($argument),+
        )
    };
}
pub(super) use cards;

impl CardRow {
    /// The card; a free time that has passed is none.
    pub fn hit(self, now: Timestamp) -> Result<Hit, Error> {
        Ok(Hit {
            id: self.id,
            slug: self.slug,
            title: self.title,
            provider: self.provider_name,
            verified: self.verified,
            pricing: self.pricing,
            price: Money::new(self.price_minor, currency(&self.currency)?),
            price_from: self.price_from,
            unit: self.unit,
            kind: self.kind,
            place: self.place,
            city: self.city,
            distance_km: None,
            rating: (self.rating_count > 0).then(|| self.rating as f32 / 100.0),
            reviews: count(self.rating_count),
            picture: self.picture_key.map(|key| ServicePicture {
                key,
                alt: self.picture_alt.unwrap_or_default(),
                colour: self.picture_colour.unwrap_or_default(),
            }),
            zone: Zone::parse(&self.zone).unwrap_or_else(Zone::utc),
            next_free: self.next_free.map(|at| at.to_jiff()).filter(|at| *at >= now),
            delivery_days: count(self.delivery_days),
            found: None,
            kept: false,
        })
    }
}

/// All rows as cards.
pub(super) fn hits(rows: Vec<CardRow>, now: Timestamp) -> Result<Vec<Hit>, Error> {
    rows.into_iter().map(|row| row.hit(now)).collect()
}
