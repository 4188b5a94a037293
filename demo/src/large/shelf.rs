//! Businesses, their people and their services, by the thousand.

use super::sheets::Sheets;
use super::towns::{TOWNS, Town};
use super::words::{self, Vocabulary};
use crate::content::{Branch, Leaf, people};
use crate::drawing::dice::Dice;
use crate::gallery::Gallery;
use crate::logins::DOMAIN;
use crate::story::OPERATORS;
use crate::story::ids::{numbered, seed};
use domain::catalog::{Kind, Place, Pricing};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// How many businesses there are.
pub const PROVIDERS: u64 = 5_000;
/// How many services they offer.
pub const SERVICES: u64 = 100_000;
/// How many people book.
pub const CUSTOMERS: u64 = 40_000;
/// Pictures drawn for each category, shared by its services.
pub const PICTURES: u64 = 4;
/// Portraits, shared by all members.
pub const FACES: u64 = 24;

/// Everything the shelves are filled from.
pub struct Stock<'a> {
    pub tree: &'a [Branch],
    pub categories: &'a HashMap<String, Uuid>,
    pub words: Vocabulary<'a>,
    pub gallery: &'a Gallery,
    pub hash: &'a str,
    pub now: Timestamp,
}

/// What services of one business have in common.
struct Business<'a> {
    id: Uuid,
    town: &'a Town,
    members: Vec<Uuid>,
    branch: &'a Branch,
    place: (f64, f64),
    joined: i32,
}

impl Stock<'_> {
    /// Fills the sheets.
    #[must_use]
    pub fn fill(&self) -> Sheets {
        let mut sheets = Sheets::new();
        let (mut members, mut services) = (0, 0);
        for number in 1..=CUSTOMERS {
            let mut dice = Dice::new(number, "large customer");
            let (login, name) = match number {
                1 => (Some("ana.customer"), ("Ana", "Ferreira")),
                _ => (None, self.words.person(&mut dice)),
            };
            let town = &TOWNS[few(&mut dice, TOWNS.len())];
            self.login(
                &mut sheets,
                numbered("large customer", number),
                login,
                &format!("customer{number}"),
                name,
                town.2,
            );
        }
        for (number, (login, name, role)) in (1..).zip(OPERATORS) {
            let id = numbered("large operator", number);
            self.login(&mut sheets, id, Some(login), login, people::split(name), TOWNS[0].2);
            sheets.roles.put(id).put(role).put(self.days_ago(900)).end();
        }
        for number in 1..=PROVIDERS {
            let mut dice = Dice::new(number, "large business");
            let left = SERVICES - services;
            let offers = share(&mut dice, left, PROVIDERS - number + 1);
            let business = self.business(&mut sheets, number, &mut members, &mut dice);
            for _ in 0..offers {
                services += 1;
                self.service(&mut sheets, services, &business, &mut dice);
            }
        }
        sheets
    }

    fn days_ago(&self, days: i32) -> Timestamp {
        self.now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(self.now)
    }

    fn business(&self, sheets: &mut Sheets, number: u64, members: &mut u64, dice: &mut Dice) -> Business<'_> {
        // The first ones of a list more often than the last ones.
        let branch = &self.tree[few(dice, self.tree.len())];
        let town = &TOWNS[few(dice, TOWNS.len())];
        let team: u64 = match number {
            1 => 1,
            2 => 5,
            _ => dice.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 6]),
        };
        let name = self.words.business(&branch.top.name, dice);
        let joined = dice.between(20, 900);
        let place = around(dice, town, 2500);
        let id = numbered("large provider", number);
        let face =
            |dice: &mut Dice| self.gallery.of(&format!("face {}", dice.below(FACES as usize))).map(|p| p.key.as_str());
        let picture = face(dice);
        let sheet = &mut sheets.providers;
        sheet.put(id).put(format_args!("{}-{number}", people::slug(&name))).put(&name);
        sheet.put(if team > 1 { "company" } else { "sole" });
        sheet.put(format_args!("{} in {}", branch.top.name, town.0)).put(format_args!("{name}. {}", branch.top.blurb));
        sheet.maybe(picture).put(town.0).put(town.1).put(place.0).put(place.1).put(town.2);
        sheet.maybe(dice.chance(70).then(|| self.days_ago(joined - 5))).put(self.days_ago(joined)).end();
        let mut ids = Vec::new();
        for position in 0..team {
            *members += 1;
            let login = match (number, position) {
                (1, 0) => Some("ben.provider"),
                (2, 0) => Some("carla.company"),
                (2, 1) => Some("dan.member"),
                _ => None,
            };
            let (member, user) = (numbered("large member", *members), numbered("large member user", *members));
            let (given, last) = self.words.person(dice);
            let name = format!("{given} {last}");
            self.login(sheets, user, login, &format!("member{members}"), (given, last), town.2);
            sheets.roles.put(user).put("provider").put(self.days_ago(joined)).end();
            let role = if position == 0 { "owner" } else { "member" };
            sheets.members.put(member).put(id).put(user).put(name).put(role).maybe(face(dice)).put(position).end();
            // Tuesday to Saturday for every fourth: bookings know this rule, too.
            for day in 1..=5 {
                let weekday = day + *members % 4 / 3;
                sheets.hours.put(member).put(weekday).put("open").put(8 * 60).put(18 * 60).end();
            }
            ids.push(member);
        }
        Business { id, town, members: ids, branch, place, joined }
    }

    /// A login with the role everybody has.
    pub fn login(
        &self,
        sheets: &mut Sheets,
        id: Uuid,
        login: Option<&str>,
        address: &str,
        name: (&str, &str),
        zone: &str,
    ) {
        let address = login.unwrap_or(address);
        let sheet = &mut sheets.users;
        sheet
            .put(id)
            .put(format_args!("{address}@{DOMAIN}"))
            .put(name.0)
            .put(name.1)
            .put(self.hash)
            .maybe(None::<&str>)
            .put(zone);
        sheet.put(self.days_ago(900)).end();
        sheets.roles.put(id).put("customer").put(self.days_ago(900)).end();
    }

    fn service(&self, sheets: &mut Sheets, number: u64, business: &Business, dice: &mut Dice) {
        let leaf = &business.branch.leaves[few(dice, business.branch.leaves.len())];
        let Some(model) = self.words.model(&leaf.slug, dice) else {
            return;
        };
        let id = numbered("large service", number);
        let title = words::title(model, dice);
        let price = model.price * i64::from(dice.between(60, 170));
        let visit = model.kind == Kind::Visit;
        let shortest = dice.pick([30, 45, 60, 60, 60, 90, 90, 120]);
        // What is counted is not told again here: such services have one price.
        let pricing = if model.pricing == Pricing::Unit { Pricing::Fixed } else { model.pricing };
        let longest = if pricing == Pricing::Fixed { shortest } else { 120 };
        let (lat, lng) = (business.place.0 + f64::from(dice.between(-20, 20)) / 1000.0, business.place.1);
        let sheet = &mut sheets.services;
        sheet.put(id).put(format_args!("{}-{number}", people::slug(&title))).put(business.id);
        sheet.put(self.category(&leaf.slug)).put(self.category(&business.branch.top.slug)).put(&title);
        sheet.put(words::summary(model, business.town.0, dice)).put(&model.description).list(&model.includes);
        sheet.put(model.kind.name()).put(pricing.name()).put(price).put(business.town.3);
        sheet.put(if visit { shortest } else { 60 }).put(if visit { longest } else { 60 }).put(model.days);
        sheet.put(if visit { model.place } else { Place::Remote }.name()).put(business.town.0).put(lat).put(lng);
        sheet
            .put(dice.pick([5, 10, 15, 20, 25, 30, 50]))
            .put(business.town.2)
            .put(model.mode.name())
            .put(model.policy.name());
        sheet.put(30).put(dice.pick([0, 0, 10, 15])).put(dice.pick([0, 10, 15])).put(dice.pick([60, 120, 240, 1440]));
        sheet.maybe(dice.chance(10).then_some(4)).put(self.days_ago(dice.between(1, business.joined))).end();
        for member in &business.members {
            sheets.service_members.put(id).put(member).end();
        }
        for (size, package) in (0_i64..).zip(&model.packages) {
            let sheet = &mut sheets.packages;
            sheet
                .put(numbered("large package", number * 3 + u64::try_from(size).unwrap_or(0)))
                .put(id)
                .put(package.tier.name());
            sheet
                .put(&package.name)
                .put(&package.description)
                .list(&package.includes)
                .put(price * (10 + 7 * size) / 10);
            sheet.put(if visit { (shortest + 30 * i32::try_from(size).unwrap_or(0)).min(120) } else { 60 });
            sheet.put(package.days).put(package.revisions).end();
        }
        for (position, extra) in (0_u64..).zip(model.extras.iter().take(2)) {
            let sheet = &mut sheets.extras;
            sheet.put(numbered("large extra", number * 2 + position)).put(id).put(&extra.name).put(extra.price * 100);
            sheet.put(extra.minutes.min(30)).put(extra.days).put(position).end();
        }
        self.picture(sheets, id, leaf, &title, dice);
    }

    fn category(&self, slug: &str) -> Uuid {
        self.categories.get(slug).copied().unwrap_or_default()
    }

    fn picture(&self, sheets: &mut Sheets, service: Uuid, leaf: &Leaf, title: &str, dice: &mut Dice) {
        let thing = format!("large {} {}", leaf.slug, dice.below(PICTURES as usize));
        if let Some(picture) = self.gallery.of(&thing) {
            let sheet = &mut sheets.pictures;
            sheet
                .put(service)
                .put(0)
                .put(&picture.key)
                .put(format_args!("Illustration: {title}"))
                .put(&picture.colour)
                .end();
        }
    }
}

/// An index of a list, small ones more often.
fn few(dice: &mut Dice, count: usize) -> usize {
    dice.below(count).min(dice.below(count))
}

/// A business's share of what is left: most offer ten, some forty.
fn share(dice: &mut Dice, left: u64, businesses: u64) -> u64 {
    if businesses == 1 {
        return left;
    }
    let usual = left / businesses;
    let percent = dice.pick([30, 40, 50, 60, 70, 80, 100, 120, 150, 300]);
    (usual * percent / 100).clamp(1, left - (businesses - 1))
}

fn around(dice: &mut Dice, town: &Town, reach: i32) -> (f64, f64) {
    let off = |dice: &mut Dice| {
        f64::from(dice.between(-reach, reach).abs().min(dice.between(0, reach)) * dice.pick([-1, 1])) / 20_000.0
    };
    (town.4 + off(dice), town.5 + off(dice))
}

/// The seed of a shared picture.
pub fn picture_seed(leaf: &Leaf, index: u64) -> u64 {
    let scene = leaf.scenes.get(usize::try_from(index).unwrap_or(0) % leaf.scenes.len().max(1)).copied().unwrap_or(0);
    (seed(&leaf.slug) >> 20) / 5 * 5 + 5 * index + scene
}
