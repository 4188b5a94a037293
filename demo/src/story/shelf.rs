//! Categories, businesses and their services, as rows and as the market sees them.

use super::cast::Cast;
use super::hours;
use super::ids::{Ids, seed};
use super::market::{Business, Listing, Market, Member, shift};
use super::pictures::picture_count;
use super::rows::Rows;
use crate::content::{self, Branch, Provider, Service, people};
use crate::drawing::dice::Dice;
use crate::gallery::Gallery;
use domain::catalog::{Extra, Kind, Package, Priced, Pricing};
use domain::kernel::{Error, ExtraId, Money, PackageId};
use jiff::tz::TimeZone;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

const DAY: i64 = 24 * 60;
/// Words for the pictures of one service after the first.
const VIEWS: [&str; 3] = ["another view", "a detail", "at another time of day"];

/// Fills the shelves.
pub struct Shelf<'a> {
    pub gallery: &'a Gallery,
    pub rows: &'a mut Rows,
    categories: HashMap<String, Uuid>,
    slugs: HashSet<String>,
    ids: HashMap<&'static str, Ids>,
}

impl<'a> Shelf<'a> {
    /// Puts the tree up.
    pub fn new(tree: &[Branch], gallery: &'a Gallery, rows: &'a mut Rows) -> Self {
        let (categories, slugs, ids) = (HashMap::new(), HashSet::new(), HashMap::new());
        let mut shelf = Self { gallery, rows, categories, slugs, ids };
        for (position, branch) in tree.iter().enumerate() {
            shelf.category(None, &branch.top.slug, &branch.top, position);
            for (position, leaf) in branch.leaves.iter().enumerate() {
                shelf.category(Some(&branch.top.slug), &branch.top.slug, leaf, position);
            }
        }
        shelf
    }

    /// Ids of the categories by slug.
    pub fn into_categories(self) -> HashMap<String, Uuid> {
        self.categories
    }

    fn id(&mut self, kind: &'static str) -> Uuid {
        self.ids.entry(kind).or_insert_with(|| Ids::of(kind)).next()
    }

    fn category(&mut self, parent: Option<&str>, tint: &str, leaf: &content::Leaf, position: usize) {
        let id = self.id("category");
        let picture = self.gallery.of(&format!("category {}", leaf.slug)).map(|picture| &picture.key);
        self.rows.add(
            "categories",
            json!({
                "id": id, "parent_id": parent.and_then(|parent| self.categories.get(parent)), "slug": leaf.slug,
                "name": leaf.name, "blurb": leaf.blurb, "keywords": leaf.keywords, "tint": tint, "picture": picture,
                "position": position, "service_count": 0,
            }),
        );
        self.categories.insert(leaf.slug.clone(), id);
    }

    /// A business with its people, hours and services.
    ///
    /// # Errors
    /// A text names a category that does not exist.
    pub fn business(&mut self, cast: &mut Cast, text: Provider, market: &mut Market) -> Result<(), Error> {
        let place = text.place;
        let mut dice = Dice::new(seed(&text.name), "business");
        let age = i64::from(text.joined) * 30;
        let id = self.id("provider");
        let mark = if text.is_company() { self.gallery.of(&format!("mark {}", text.name)) } else { None };
        let picture = mark.map(|mark| mark.key.as_str()).or_else(|| self.gallery.portrait(&text.team[0]));
        let (lat, lng) = around(&mut dice, place);
        let verified = (text.joined > 2).then(|| shift(market.now, -(age - 4) * DAY));
        self.rows.add(
            "providers",
            json!({
                "id": id, "slug": people::slug(&text.name), "name": text.name,
                "kind": if text.is_company() { "company" } else { "sole" }, "headline": text.headline, "about": text.about,
                "picture": picture, "city": place.city, "country": place.country, "lat": lat, "lng": lng, "zone": place.zone,
                "verified_at": verified, "rating_sum": 0, "rating_count": 0, "completed_count": 0,
                "created_at": shift(market.now, -age * DAY),
            }),
        );
        let zone = TimeZone::get(place.zone).map_err(Error::internal)?;
        let mut business =
            Business { id, text: text.clone(), zone: zone.clone(), members: Vec::new(), listings: Vec::new() };
        let first = market.members.len();
        for (position, name) in text.team.iter().enumerate() {
            let login = match position {
                0 => text.login.as_deref(),
                1 if text.login.as_deref() == Some("carla.company") => Some("dan.member"),
                _ => None,
            };
            let joined = age - i64::try_from(position).unwrap_or(0).min(age / 40) * 30;
            let user = cast.member(self.rows, name, login, place, joined);
            let skills = skills(&text, position);
            let member = self.id("member");
            self.rows.add(
                "members",
                json!({
                    "id": member, "provider_id": id, "user_id": user, "name": name, "active": true, "position": position,
                    "role": if position == 0 { "owner" } else { "member" }, "picture": self.gallery.portrait(name),
                    "skills": skills,
                }),
            );
            business.members.push(market.members.len());
            let calendar = hours::member(&text, position, &mut dice, &zone, market.now);
            market.members.push(Member { id: member, user, name: name.clone(), calendar, taken: Vec::new() });
        }
        let closures = hours::closures(&text, &mut dice, &zone, market.now);
        hours::rows(self.rows, id, &mut market.members[first..], &closures);
        for (position, service) in text.services.iter().enumerate() {
            let listing = self.listing(&business, position, service, market, &mut dice)?;
            // Nobody books what has no price yet.
            if listing.priced.has_a_price() {
                business.listings.push(market.listings.len());
            }
            market.listings.push(Listing { business: market.businesses.len(), ..listing });
        }
        market.businesses.push(business);
        Ok(())
    }

    fn listing(
        &mut self,
        business: &Business,
        position: usize,
        text: &Service,
        market: &Market,
        dice: &mut Dice,
    ) -> Result<Listing, Error> {
        let provider = &business.text;
        let place = provider.place;
        let category = self.categories.get(&text.leaf).copied();
        let category = category.ok_or_else(|| Error::internal(format!("{}: no category {}", text.title, text.leaf)))?;
        let id = self.id("service");
        let mut slug = people::slug(&format!("{} {}", text.title, place.city));
        if !self.slugs.insert(slug.clone()) {
            slug = people::slug(&format!("{} {}", text.title, provider.name));
        }
        // The first service is as old as the business, the last one may be new.
        let oldest = provider.joined * 30 - 1;
        let age = if position == 0 { oldest } else { dice.between(oldest.min(6), oldest) };
        let money = |units: i64| Money::new(units * 100, place.currency);
        let priced = Priced {
            title: text.title.clone(),
            kind: text.kind,
            pricing: text.pricing,
            price: money(text.price),
            duration_min: text.duration,
            max_duration_min: text.max_duration,
            delivery_days: text.days,
            unit: text.unit.clone(),
            surcharges: text.surcharges,
            packages: text.packages.iter().map(|package| self.package(package, money)).collect(),
            extras: text.extras.iter().map(|extra| self.extra(extra, money)).collect(),
        };
        let (lat, lng) = around(dice, place);
        self.rows.add(
            "services",
            json!({
                "id": id, "slug": slug, "provider_id": business.id, "category_id": category,
                "top_category_id": self.categories.get(provider.category.slug()), "title": text.title, "summary": text.summary,
                "description": format!("{}\n\n{}", text.description, provider.how), "includes": text.includes,
                "kind": text.kind.name(), "pricing": text.pricing.name(), "price_minor": priced.price.minor,
                "currency": place.currency.code(), "duration_min": text.duration, "max_duration_min": text.max_duration,
                "delivery_days": text.days, "place": text.place.name(), "city": place.city, "lat": lat, "lng": lng,
                "radius_km": dice.pick([10, 15, 20, 25, 30]), "zone": place.zone, "booking_mode": text.mode.name(),
                "cancellation_policy": text.policy.name(), "slot_interval_min": text.interval,
                "buffer_before_min": text.buffers.0, "buffer_after_min": text.buffers.1, "min_notice_min": text.notice,
                "horizon_days": super::HORIZON_DAYS, "daily_limit": text.daily, "status": "live", "rating_sum": 0,
                "rating_count": 0, "booking_count": 0, "questions": text.questions, "surcharges": text.surcharges, "unit": text.unit, "created_at": shift(market.now, -i64::from(age) * DAY),
            }),
        );
        let members = who_does_it(business, text, dice);
        for member in &members {
            self.rows.add("service_members", json!({ "service_id": id, "member_id": market.members[*member].id }));
        }
        self.terms(id, &priced);
        self.pictures(id, text);
        Ok(Listing { id, business: 0, text: text.clone(), priced, members, age, completed: 0, stars: Vec::new() })
    }

    fn package(&mut self, text: &content::Package, money: impl Fn(i64) -> Money) -> Package {
        Package {
            id: PackageId(self.id("package")),
            tier: text.tier,
            name: text.name.clone(),
            description: text.description.clone(),
            includes: text.includes.clone(),
            price: money(text.price),
            duration_min: text.minutes,
            delivery_days: text.days,
            revisions: text.revisions,
        }
    }

    fn extra(&mut self, text: &content::Extra, money: impl Fn(i64) -> Money) -> Extra {
        let id = ExtraId(self.id("extra"));
        Extra { id, name: text.name.clone(), price: money(text.price), extra_min: text.minutes, extra_days: text.days }
    }

    fn terms(&mut self, service: Uuid, priced: &Priced) {
        for package in &priced.packages {
            self.rows.add(
                "packages",
                json!({
                    "id": package.id, "service_id": service, "tier": package.tier.name(), "name": package.name,
                    "description": package.description, "includes": package.includes, "price_minor": package.price.minor,
                    // A delivery has no minutes; the column wants some all the same.
                    "duration_min": if priced.kind == Kind::Visit { package.duration_min } else { 60 },
                    "delivery_days": package.delivery_days, "revisions": package.revisions,
                }),
            );
        }
        for (position, extra) in priced.extras.iter().enumerate() {
            self.rows.add(
                "extras",
                json!({
                    "id": extra.id, "service_id": service, "name": extra.name, "price_minor": extra.price.minor,
                    "extra_min": extra.extra_min, "extra_days": extra.extra_days, "position": position,
                }),
            );
        }
    }

    fn pictures(&mut self, service: Uuid, text: &Service) {
        for index in 0..picture_count(text) {
            let Some(picture) = self.gallery.of(&format!("service {} {index}", text.title)) else {
                continue;
            };
            let alt = match index {
                0 => format!("Illustration: {}", text.title),
                more => format!("Illustration: {}, {}", text.title, VIEWS[(more - 1) % VIEWS.len()]),
            };
            self.rows.add(
                "service_pictures",
                json!({ "service_id": service, "position": index, "key": picture.key, "alt": alt, "colour": picture.colour }),
            );
        }
    }
}

/// Somewhere within seven kilometres of the middle of a city.
fn around(dice: &mut Dice, place: &content::Place) -> (f64, f64) {
    let off = |dice: &mut Dice, width: f64| f64::from(dice.between(-600, 600)) / 10_000.0 * width;
    let round = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0;
    (round(place.lat + off(dice, 1.0)), round(place.lng + off(dice, 1.5)))
}

/// Most services are done by most of the team; packages and hourly visits by everybody.
fn who_does_it(business: &Business, text: &Service, dice: &mut Dice) -> Vec<usize> {
    let everybody = business.members.clone();
    if everybody.len() < 3 || text.pricing != Pricing::Fixed {
        return everybody;
    }
    let left_out = dice.below(everybody.len());
    everybody.iter().copied().enumerate().filter(|(index, _)| *index != left_out).map(|(_, member)| member).collect()
}

/// What somebody of a team is good at: some of what the business does, not the same for everybody.
fn skills(text: &Provider, position: usize) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for service in text.services.iter().skip(position % 2) {
        let words = service.leaf.replace('-', " ");
        let skill = words.chars().take(1).flat_map(char::to_uppercase).chain(words.chars().skip(1)).collect();
        if !known.contains(&skill) {
            known.push(skill);
        }
    }
    known.truncate(3);
    known
}
