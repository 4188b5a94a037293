//! People with a login: customers, the people of the businesses, the marketplace's own.

use super::ids::Ids;
use super::market::{Customer, shift};
use super::rows::Rows;
use crate::content::{Place, people, places::PLACES};
use crate::drawing::dice::Dice;
use crate::gallery::Gallery;
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

/// The customer of the published login.
pub const ANA: &str = "Ana Ferreira";

/// The marketplace's own people: login, name, role.
pub const OPERATORS: [(&str, &str, &str); 5] = [
    ("onboarding", "Olivia Brandt", "onboarding_manager"),
    ("ops", "Omar Haddad", "ops_manager"),
    ("admin", "Ada Lindqvist", "admin"),
    ("superadmin", "Samira Whitlock", "superadmin"),
    ("auditor", "Agnes Varga", "auditor"),
];

const DAY: i64 = 24 * 60;

/// Makes logins, each with an address of its own.
pub struct Cast<'a> {
    ids: Ids,
    addresses: HashSet<String>,
    hash: &'a str,
    gallery: &'a Gallery,
    now: Timestamp,
}

impl<'a> Cast<'a> {
    /// A cast whose people all have the password of this hash.
    pub fn new(hash: &'a str, gallery: &'a Gallery, now: Timestamp) -> Self {
        Self { ids: Ids::of("user"), addresses: HashSet::new(), hash, gallery, now }
    }

    /// The people who run the marketplace.
    pub fn operators(&mut self, rows: &mut Rows) {
        for (login, name, role) in OPERATORS {
            let user = self.person(rows, name, Some(login), &PLACES[2], 700);
            self.grant(rows, user, role, 700);
        }
    }

    /// The people who book.
    pub fn customers(&mut self, rows: &mut Rows) -> Vec<Customer> {
        let mut customers = Vec::new();
        for (place, names) in PLACES.iter().zip(people::CUSTOMERS) {
            for (index, name) in names.into_iter().enumerate() {
                let login = (name == ANA).then_some("ana.customer");
                let mut dice = Dice::new(super::ids::seed(name), "customer");
                let joined = i64::from(dice.between(430, 900));
                let user = self.person(rows, name, login, place, joined);
                let door = (index + dice.below(12), 1 + dice.below(98));
                customers.push(Customer { user, name: name.to_owned(), place, door });
            }
        }
        customers
    }

    /// A person of a business.
    pub fn member(&mut self, rows: &mut Rows, name: &str, login: Option<&str>, place: &Place, joined: i64) -> Uuid {
        let user = self.person(rows, name, login, place, joined);
        self.grant(rows, user, "provider", joined);
        user
    }

    /// Somebody who wants to become a provider.
    pub fn newcomer(&mut self, rows: &mut Rows, name: &str, login: Option<&str>, place: &Place) -> Uuid {
        self.person(rows, name, login, place, 12)
    }

    fn person(&mut self, rows: &mut Rows, name: &str, login: Option<&str>, place: &Place, joined: i64) -> Uuid {
        let id = self.ids.next();
        let (first, last) = people::split(name);
        let wanted = login.map_or_else(|| people::slug(name).replace('-', "."), str::to_owned);
        let mut address = format!("{wanted}@{}", crate::logins::DOMAIN);
        let mut copies = 1;
        while !self.addresses.insert(address.clone()) {
            copies += 1;
            address = format!("{wanted}{copies}@{}", crate::logins::DOMAIN);
        }
        rows.add(
            "users",
            json!({
                "id": id, "email": address, "first_name": first, "last_name": last, "password_hash": self.hash,
                "picture": self.gallery.portrait(name), "zone": place.zone, "created_at": shift(self.now, -joined * DAY),
            }),
        );
        self.grant(rows, id, "customer", joined);
        id
    }

    fn grant(&self, rows: &mut Rows, user: Uuid, role: &str, days_ago: i64) {
        rows.add(
            "user_roles",
            json!({ "user_id": user, "role": role, "granted_at": shift(self.now, -days_ago * DAY) }),
        );
    }
}
