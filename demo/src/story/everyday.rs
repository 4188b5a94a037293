//! The everyday life of all businesses: what was done and praised, what is under way, what comes next.

use super::bookings::{Ledger, Made, Order, When, ordered_before_due};
use super::critic::{self, Critic};
use super::diary::Window;
use super::ids::seed;
use super::life::Ending;
use super::market::Market;
use super::rows::Rows;
use crate::drawing::dice::Dice;
use domain::catalog::{BookingMode, Kind};
use domain::kernel::Error;
use std::collections::HashSet;

/// How far back bookings go, in days.
const PAST: i32 = 420;

/// Everything that grows while the story is told.
pub struct Teller<'a> {
    pub market: &'a mut Market,
    pub rows: &'a mut Rows,
    pub ledger: Ledger,
    pub critic: Critic,
    /// Who has reviewed what: nobody praises a service twice.
    pub reviewed: HashSet<(usize, usize)>,
}

impl Teller<'_> {
    /// Books, if a time is found.
    ///
    /// # Errors
    /// The story contradicts the rules of the marketplace.
    pub fn book(&mut self, order: Order, dice: &mut Dice) -> Result<Option<Made>, Error> {
        self.ledger.book(self.market, self.rows, order, dice)
    }

    /// Books something that was done so many days ago, and reviews it.
    ///
    /// # Errors
    /// The story contradicts the rules of the marketplace.
    pub fn praise(
        &mut self,
        listing: usize,
        customer: usize,
        days_ago: i32,
        stars: i32,
        dice: &mut Dice,
    ) -> Result<bool, Error> {
        let when = self.past(listing, days_ago, dice);
        let ending = if dice.chance(7) { Ending::Lapsed } else { Ending::Completed };
        let order = Order { satisfaction: Some(stars), ..Order::new(listing, customer, ending, when) };
        let Some(made) = self.book(order, dice)? else {
            return Ok(false);
        };
        self.critic.review(self.market, self.rows, &made, stars, dice);
        self.reviewed.insert((customer, listing));
        Ok(true)
    }

    fn past(&self, listing: usize, days_ago: i32, dice: &mut Dice) -> When {
        match self.market.listings[listing].text.kind {
            Kind::Visit => When::Within(Window { first: -days_ago - 4, last: -days_ago, lead: (30, 12 * 24) }),
            Kind::Delivery => When::Ordered(ordered_before_due(self.market, listing, i64::from(days_ago), dice)),
        }
    }

    /// The life of one business.
    ///
    /// # Errors
    /// The story contradicts the rules of the marketplace.
    pub fn business(&mut self, business: usize) -> Result<(), Error> {
        let text = self.market.businesses[business].text.clone();
        let mut dice = Dice::new(seed(&text.name), "everyday");
        let customers = self.market.customers_in(text.place);
        for stars in critic::stars(text.reviews, text.tenths, &mut dice) {
            for _try in 0..12 {
                let Some((listing, days)) = self.known_listing(business, &mut dice) else {
                    break;
                };
                let customer = self.customer(listing, &customers, &mut dice);
                if !self.reviewed.contains(&(customer, listing))
                    && self.praise(listing, customer, days, stars, &mut dice)?
                {
                    break;
                }
            }
        }
        for _ in 0..text.reviews.div_ceil(4) {
            let Some((listing, days)) = self.known_listing(business, &mut dice) else {
                break;
            };
            let when = self.past(listing, days, &mut dice);
            let ending = if dice.chance(30) { Ending::Lapsed } else { Ending::Completed };
            let customer = self.customer(listing, &customers, &mut dice);
            self.book(Order::new(listing, customer, ending, when), &mut dice)?;
        }
        self.present(business, &customers, &mut dice)
    }

    /// What is going on now: agreed, asked for, under way, called off.
    fn present(&mut self, business: usize, customers: &[usize], dice: &mut Dice) -> Result<(), Error> {
        let listings = self.market.businesses[business].listings.clone();
        let team = self.market.businesses[business].members.len();
        let busy = 3 + team + self.market.businesses[business].text.reviews / 5;
        for _ in 0..busy {
            let listing = listings[dice.below(listings.len())];
            let customer = self.customer(listing, customers, dice);
            let order = match self.market.listings[listing].text.kind {
                Kind::Visit => Order::new(listing, customer, Ending::ByTheClock, When::Within(Window::days(-1, 24))),
                Kind::Delivery => {
                    let ending = dice.pick([Ending::Confirmed, Ending::Started, Ending::Started, Ending::Done]);
                    let days = i64::from(self.market.listings[listing].text.days);
                    let hours = if ending == Ending::Done { days * 24 } else { i64::from(dice.between(4, 60)) };
                    Order::new(listing, customer, ending, When::Ordered(hours))
                }
            };
            self.book(order, dice)?;
        }
        for listing in listings {
            self.loose_ends(listing, customers, dice)?;
        }
        Ok(())
    }

    /// Requests that wait, and bookings that came to nothing.
    fn loose_ends(&mut self, listing: usize, customers: &[usize], dice: &mut Dice) -> Result<(), Error> {
        let (kind, mode) = (self.market.listings[listing].text.kind, self.market.listings[listing].text.mode);
        let (ahead, behind) = match kind {
            Kind::Visit => {
                (When::Within(Window { first: 3, last: 14, lead: (1, 2) }), When::Within(Window::days(-40, -4)))
            }
            Kind::Delivery => {
                (When::Ordered(i64::from(dice.between(1, 20))), When::Ordered(i64::from(dice.between(60, 900))))
            }
        };
        let mut ends: Vec<(Ending, When)> = Vec::new();
        if mode == BookingMode::Request {
            ends.extend(dice.chance(24).then_some((Ending::Requested, ahead)));
            ends.extend(dice.chance(9).then_some((Ending::Declined, behind)));
        }
        ends.extend(dice.chance(6).then_some((Ending::Expired, behind)));
        ends.extend(dice.chance(14).then_some((Ending::CancelledByCustomer, behind)));
        ends.extend(dice.chance(5).then_some((Ending::CancelledByProvider, behind)));
        for (ending, when) in ends {
            let customer = self.customer(listing, customers, dice);
            self.book(Order::new(listing, customer, ending, when), dice)?;
        }
        Ok(())
    }

    /// A service that has been on offer for some time, the best known most often, and how many days ago it
    /// was booked: recently more often than long ago.
    fn known_listing(&self, business: usize, dice: &mut Dice) -> Option<(usize, i32)> {
        let all = &self.market.businesses[business].listings;
        let known: Vec<usize> = all.iter().copied().filter(|index| self.market.listings[*index].age > 55).collect();
        let rank = dice.below(known.len()).min(dice.below(known.len() + 1));
        let listing = *known.get(rank)?;
        let oldest = (self.market.listings[listing].age - 45).min(PAST);
        let share = dice.between(0, 1000);
        Some((listing, 4 + oldest * share / 1000 * share / 1000))
    }

    /// People near by; for what needs no nearness, sometimes somebody from elsewhere.
    fn customer(&self, listing: usize, near: &[usize], dice: &mut Dice) -> usize {
        let far = self.market.listings[listing].text.place == domain::catalog::Place::Remote && dice.chance(45);
        let place = crate::content::places::PLACES.iter().map(|place| self.market.customers_in(place));
        if far {
            let everybody: Vec<usize> = place.flatten().collect();
            return everybody[dice.below(everybody.len())];
        }
        near[dice.below(near.len())]
    }
}
