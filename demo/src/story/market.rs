//! The marketplace while its story is told: who is there, what is on offer, whose time is taken.

use crate::content::{self, Place};
use crate::drawing::dice::Dice;
use domain::availability::{Calendar, Rules, Taken};
use domain::catalog::{At, Priced};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Somebody who books.
#[derive(Debug)]
pub struct Customer {
    pub user: Uuid,
    pub name: String,
    pub place: &'static Place,
    /// Which of the city's streets, and the number.
    pub door: (usize, usize),
}

/// A bookable person.
#[derive(Debug)]
pub struct Member {
    pub id: Uuid,
    pub user: Uuid,
    pub name: String,
    pub calendar: Calendar,
    pub taken: Vec<Taken>,
}

/// A business.
#[derive(Debug)]
pub struct Business {
    pub id: Uuid,
    pub text: content::Provider,
    pub zone: TimeZone,
    /// Places in [`Market::members`], the owner first.
    pub members: Vec<usize>,
    /// Places in [`Market::listings`].
    pub listings: Vec<usize>,
}

/// A service on offer.
#[derive(Debug)]
pub struct Listing {
    pub id: Uuid,
    pub business: usize,
    pub text: content::Service,
    pub priced: Priced,
    /// Places in [`Market::members`].
    pub members: Vec<usize>,
    /// How many days it has been on offer.
    pub age: i32,
    /// Completed bookings.
    pub completed: i32,
    /// Stars of its reviews.
    pub stars: Vec<i32>,
}

/// All of them, and the time.
#[derive(Debug)]
pub struct Market {
    pub now: Timestamp,
    pub customers: Vec<Customer>,
    pub businesses: Vec<Business>,
    pub members: Vec<Member>,
    pub listings: Vec<Listing>,
}

impl Market {
    /// An instant so many minutes from now; negative lies behind.
    pub fn minutes(&self, minutes: i64) -> Timestamp {
        shift(self.now, minutes)
    }

    /// The place of a business by the login of its owner.
    pub fn business_of(&self, login: &str) -> Option<usize> {
        self.businesses.iter().position(|business| business.text.login.as_deref() == Some(login))
    }

    /// Customers who live in a city, without the published login.
    pub fn customers_in(&self, place: &Place) -> Vec<usize> {
        let there = |(index, customer): (usize, &Customer)| (customer.place.key == place.key).then_some(index);
        let all = self.customers.iter().enumerate().filter_map(there);
        all.filter(|index| self.customers[*index].name != super::cast::ANA).collect()
    }

    /// A service of a business whose title begins like this.
    pub fn listing(&self, business: usize, title: &str) -> Option<usize> {
        let listings = self.businesses.get(business)?.listings.iter();
        listings.copied().find(|index| self.listings[*index].text.title.starts_with(title))
    }
}

impl Listing {
    /// The rules of its times, for a visit of so many minutes.
    pub fn rules(&self, minutes: u32) -> Rules {
        let short = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        Rules {
            duration: short(minutes),
            interval: short(self.text.interval),
            buffer_before: short(self.text.buffers.0),
            buffer_after: short(self.text.buffers.1),
            min_notice: self.text.notice,
            horizon_days: super::HORIZON_DAYS,
            travel: 0,
            at: At::Everywhere,
            daily_limit: self.text.daily.map(short),
        }
    }
}

/// An instant moved by minutes.
pub fn shift(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

/// A number of minutes between two, both included.
pub fn minutes_between(dice: &mut Dice, low: i32, high: i32) -> i64 {
    i64::from(dice.between(low, high.max(low)))
}
