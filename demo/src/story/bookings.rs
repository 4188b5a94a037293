//! Making bookings: a choice, its price, a free time, a life.

use super::diary::{self, Found, Window};
use super::ids::{self, Ids};
use super::life::{self, Ending, Sides, Times};
use super::market::{Market, minutes_between, shift};
use super::notes;
use super::rows::Rows;
use crate::drawing::dice::Dice;
use domain::availability::{Claim, State as Taken};
use domain::bookings::life::State;
use domain::catalog::{Choice, Kind, Place, Pricing, Quote, quote};
use domain::kernel::{BookingId, Error, MemberId};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// The bookings told so far.
#[derive(Debug)]
pub struct Ledger {
    pub claims: Vec<Claim>,
    ids: Ids,
    count: u64,
}

/// A booking that was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub id: Uuid,
    pub listing: usize,
    pub customer: usize,
    pub member: usize,
    pub updated: Timestamp,
}

/// What is to be booked.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub listing: usize,
    pub customer: usize,
    pub ending: Ending,
    pub when: When,
    /// How satisfied the customer is, for a completed one.
    pub satisfaction: Option<i32>,
}

/// When it takes place, or is due.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// On a day of a window.
    Within(Window),
    /// At a time that was found before.
    At(Found),
    /// A delivery that was ordered so many hours ago.
    Ordered(i64),
}

impl Order {
    /// An order without a word on satisfaction.
    pub const fn new(listing: usize, customer: usize, ending: Ending, when: When) -> Self {
        Self { listing, customer, ending, when, satisfaction: None }
    }
}

impl Ledger {
    /// An empty one.
    pub const fn new() -> Self {
        Self { claims: Vec::new(), ids: Ids::of("booking"), count: 0 }
    }

    /// Books. `None` when no free time was found.
    ///
    /// # Errors
    /// The story contradicts the rules of the marketplace.
    pub fn book(
        &mut self,
        market: &mut Market,
        rows: &mut Rows,
        order: Order,
        dice: &mut Dice,
    ) -> Result<Option<Made>, Error> {
        let mut choice = choose(market, order.listing, dice);
        let mut price = priced(market, order.listing, &choice)?;
        let mut found = None;
        if !matches!(order.when, When::Ordered(_)) {
            found = free(market, &order, price.minutes, dice);
            if found.is_none() {
                // Perhaps there is time for the shortest visit.
                choice = plainest(market, order.listing);
                price = priced(market, order.listing, &choice)?;
                found = free(market, &order, price.minutes, dice);
            }
            if found.is_none() {
                return Ok(None);
            }
        }
        let offer = &market.listings[order.listing];
        let times = times(market, &price, order.when, found);
        let member = found.map_or_else(|| offer.members[0], |found| found.member);
        self.count += 1;
        let id = self.ids.next();
        let sides = Sides {
            booking: id,
            customer: market.customers[order.customer].user,
            provider: market.members[member].user,
        };
        let ending = order.ending.by_the_clock(market.now, times.starts, times.promised);
        let script = ending.events(offer.text.mode);
        let told = life::tell(market, &times, &sides, &script, dice)?;
        let said = || order.satisfaction.unwrap_or_else(|| dice.pick([4, 5, 5, 5]));
        let satisfaction = (ending == Ending::Completed).then(said);
        self.write(market, rows, &order, &choice, &price, &times, member, id, satisfaction, &told, dice);
        if let Some(found) = found.filter(|_| ending.keeps_time()) {
            self.claim(market, order.listing, &price, &found, id, &told);
            diary::take(market, order.listing, price.minutes, &found);
        }
        if told.state == State::Completed {
            market.listings[order.listing].completed += 1;
        }
        for event in told.events {
            rows.add("booking_events", event);
        }
        Ok(Some(Made { id, listing: order.listing, customer: order.customer, member, updated: told.updated }))
    }

    #[expect(clippy::too_many_arguments, reason = "a booking is made of all of these, once")]
    fn write(
        &self,
        market: &Market,
        rows: &mut Rows,
        order: &Order,
        choice: &Choice,
        price: &Quote,
        times: &Times,
        member: usize,
        id: Uuid,
        satisfaction: Option<i32>,
        told: &life::Life,
        dice: &mut Dice,
    ) {
        let offer = &market.listings[order.listing];
        let customer = &market.customers[order.customer];
        let at_home = offer.text.kind == Kind::Visit && offer.text.place == Place::Customer;
        // People book where they live; somebody from elsewhere has a flat there, too.
        let place = market.businesses[offer.business].text.place;
        let street = if at_home { place.address(customer.door.0, customer.door.1) } else { String::new() };
        let delivery = offer.text.kind == Kind::Delivery;
        rows.add(
            "bookings",
            json!({
                "id": id, "reference": ids::booking_reference(self.count), "customer_id": customer.user,
                "provider_id": market.businesses[offer.business].id, "service_id": offer.id, "package_id": choice.package,
                "member_id": market.members[member].id, "any_member": offer.members.len() > 1 && dice.chance(55),
                "kind": offer.text.kind.name(), "state": told.state.name(), "title": offer.text.title, "lines": price.lines,
                "total_minor": price.total.minor, "currency": price.total.currency.code(),
                "booking_mode": offer.text.mode.name(), "cancellation_policy": offer.text.policy.name(),
                "starts_at": times.starts, "ends_at": times.starts.map(|_| times.promised),
                "due_at": delivery.then_some(times.promised), "zone": place.zone, "place": offer.text.place.name(),
                "street": street, "postal_code": if at_home { place.codes[customer.door.1 % place.codes.len()] } else { "" },
                "city": if at_home { place.city } else { "" },
                "country": if at_home { place.country } else { "" }, "note": notes::booking(dice, offer.text.kind, offer.text.place),
                "clock_at": told.clock, "satisfaction": satisfaction, "idempotency_key": ids::numbered("key", self.count),
                "created_at": times.booked, "updated_at": told.updated,
            }),
        );
    }

    fn claim(&mut self, market: &Market, listing: usize, price: &Quote, found: &Found, id: Uuid, told: &life::Life) {
        let Some((visit, during)) = market.listings[listing].rules(price.minutes).ranges(found.slot.start) else {
            return;
        };
        let state = match told.state {
            State::Held => Taken::Hold,
            State::Requested => Taken::Pending,
            _ => Taken::Confirmed,
        };
        self.claims.push(Claim {
            member: MemberId(market.members[found.member].id),
            booking: Some(BookingId(id)),
            state,
            during,
            visit,
            expires_at: if state == Taken::Hold { told.clock } else { None },
            note: String::new(),
        });
    }
}

fn times(market: &Market, price: &Quote, when: When, found: Option<Found>) -> Times {
    match found {
        Some(found) => {
            Times { kind: Kind::Visit, booked: found.booked, starts: Some(found.slot.start), promised: found.slot.end }
        }
        None => {
            let hours = if let When::Ordered(hours) = when { hours } else { 1 };
            let booked = market.minutes(-hours * 60 - 7);
            let promised = shift(booked, i64::from(price.days) * 24 * 60);
            Times { kind: Kind::Delivery, booked, starts: None, promised }
        }
    }
}

fn priced(market: &Market, listing: usize, choice: &Choice) -> Result<Quote, Error> {
    let offer = &market.listings[listing];
    quote(&offer.priced, choice).map_err(|wrong| Error::internal(format!("{}: {wrong:?}", offer.text.title)))
}

/// A time for so many minutes.
fn free(market: &Market, order: &Order, minutes: u32, dice: &mut Dice) -> Option<Found> {
    match order.when {
        When::Within(window) => diary::find(market, order.listing, minutes, window, dice),
        When::At(found) => diary::fits(market, order.listing, minutes, found),
        When::Ordered(_) => None,
    }
}

/// The smallest package or the shortest visit, and nothing else.
fn plainest(market: &Market, listing: usize) -> Choice {
    let package = market.listings[listing].priced.packages.first().map(|package| package.id);
    Choice { package, ..Choice::default() }
}

/// What people pick: smaller packages more often, now and then an extra.
fn choose(market: &Market, listing: usize, dice: &mut Dice) -> Choice {
    let priced = &market.listings[listing].priced;
    let package = match priced.pricing {
        Pricing::Packages => priced.packages.get(dice.pick([0, 0, 0, 1, 1, 1, 2])).or(priced.packages.first()),
        _ => None,
    };
    let lengths = priced.lengths();
    let shorter = lengths.len().div_ceil(2);
    let minutes = lengths.get(dice.below(shorter)).copied();
    let room = priced.kind == Kind::Delivery || package.map_or(priced.duration_min, |p| p.duration_min) <= 240;
    let extras = priced.extras.iter().filter(|_| room && dice.chance(22)).map(|extra| extra.id).collect();
    Choice { package: package.map(|p| p.id), extras, minutes, count: None }
}

/// Hours ago that a delivery was ordered whose due date lies so many days behind.
pub fn ordered_before_due(market: &Market, listing: usize, due_days_ago: i64, dice: &mut Dice) -> i64 {
    let longest = market.listings[listing].priced.packages.iter().map(|p| p.delivery_days).max();
    let days = longest.unwrap_or(market.listings[listing].text.days) + 12;
    (due_days_ago + i64::from(days)) * 24 + minutes_between(dice, 0, 20)
}
