//! Rows of listings as the domain knows them.

use crate::catalog::search::ranking::{self, NEAR_REMOTE, Standing};
use crate::catalog::search::{Found, Hit, Position, Sort, Sought};
use crate::catalog::store::{count, currency};
use crate::catalog::{Kind, Place, Pricing, ServicePicture};
use crate::kernel::{CategoryId, Error, Money, ServiceId, Zone};
use serde::Deserialize;
use sqlx::types::Uuid;

/// The columns of [`HitRow`], of `listings l` and `service_openings o`.
pub(super) const COLUMNS: &str = "l.service_id, l.slug, l.title, l.provider_name, l.verified, l.pricing, l.price_minor,
    l.currency, l.price_from, l.unit, l.kind, l.place, l.city, l.lat, l.lng, l.rating, l.rating_count, l.picture_key,
    l.picture_alt, l.picture_colour, l.zone, l.delivery_days, l.points, o.next_free";

#[derive(sqlx::FromRow)]
pub(super) struct HitRow {
    pub service_id: Uuid,
    slug: String,
    title: String,
    provider_name: String,
    verified: bool,
    pricing: Pricing,
    price_minor: i64,
    currency: String,
    price_from: bool,
    unit: String,
    kind: Kind,
    place: Place,
    city: String,
    lat: f64,
    lng: f64,
    rating: i32,
    rating_count: i32,
    picture_key: Option<String>,
    picture_alt: Option<String>,
    picture_colour: Option<String>,
    zone: String,
    delivery_days: i32,
    points: Vec<i16>,
    next_free: Option<jiff_sqlx::Timestamp>,
    kept: bool,
    pub key: i64,
    /// Found by gathering, not by walking.
    pub gathered: bool,
    pub facets: Option<String>,
}

impl HitRow {
    pub(super) fn hit(self, sought: &Sought, now: jiff::Timestamp) -> Result<Hit, Error> {
        let here = Position { lat: self.lat, lng: self.lng };
        let distance_km = sought.near.filter(|_| self.place != Place::Remote).map(|near| near.km_to(here));
        // What depends on the question counts where all matches were gathered: see the orders.
        let gathered = self.gathered && sought.sort == Sort::Recommended;
        let found = Found {
            standing: Standing::read(&self.points),
            titled: gathered && self.key >= ranking::TITLED,
            near: sought.near.filter(|_| gathered).map(|_| distance_km.map_or(NEAR_REMOTE, ranking::nearness)),
        };
        Ok(Hit {
            id: ServiceId(self.service_id),
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
            distance_km,
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
            found: Some(found),
            kept: self.kept,
        })
    }
}

/// How many candidates share a category, a kind and a step of ratings.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::catalog) struct FoundFacet(pub CategoryId, pub Kind, pub i32, pub u32);
