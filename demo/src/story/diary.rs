//! Finding free times, with the rules the marketplace itself goes by.

use super::market::{Market, shift};
use crate::drawing::dice::Dice;
use domain::availability::{Slot, Taken, civil, open_slots};
use jiff::{Timestamp, ToSpan};

/// A time for a visit.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// With whom: a place in [`Market::members`].
    pub member: usize,
    /// From when to when.
    pub slot: Slot,
    /// When it was booked.
    pub booked: Timestamp,
}

/// Days from today (negative lies behind) to look at, both included, and how long before it is booked.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub first: i32,
    pub last: i32,
    /// Hours between booking and visit, at least and at most.
    pub lead: (i32, i32),
}

impl Window {
    /// A window whose visits are booked some days ahead.
    pub const fn days(first: i32, last: i32) -> Self {
        Self { first, last, lead: (30, 16 * 24) }
    }
}

/// How often the dice are thrown before a window counts as full.
const TRIES: usize = 16;

/// A free time for a visit of so many minutes, if the dice find one.
pub fn find(market: &Market, listing: usize, minutes: u32, window: Window, dice: &mut Dice) -> Option<Found> {
    (0..TRIES).find_map(|_| {
        let today = civil::date(&market.businesses[market.listings[listing].business].zone, market.now);
        let date = today.checked_add(dice.between(window.first, window.last).days()).ok()?;
        let members = &market.listings[listing].members;
        let member = members[dice.below(members.len())];
        let ahead = i64::from(dice.between(window.lead.0, window.lead.1)) * 60 + i64::from(dice.between(0, 59));
        let slots = slots(market, listing, member, minutes, date, ahead);
        let slot = *slots.get(dice.below(slots.len()))?;
        let booked = shift(slot.start, -ahead).min(shift(market.now, -i64::from(dice.between(15, 180))));
        Some(Found { member, slot, booked })
    })
}

/// The same time for another length, if it is free.
pub fn fits(market: &Market, listing: usize, minutes: u32, found: Found) -> Option<Found> {
    let zone = &market.businesses[market.listings[listing].business].zone;
    let date = civil::date(zone, found.slot.start);
    let ahead = 4 * 24 * 60;
    let slots = slots(market, listing, found.member, minutes, date, ahead);
    let slot = slots.into_iter().find(|slot| slot.start == found.slot.start)?;
    Some(Found { slot, ..found })
}

/// All free times of a member on a date, for somebody who books so many minutes ahead.
pub fn slots(
    market: &Market,
    listing: usize,
    member: usize,
    minutes: u32,
    date: jiff::civil::Date,
    ahead: i64,
) -> Vec<Slot> {
    let offer = &market.listings[listing];
    let zone = &market.businesses[offer.business].zone;
    let who = &market.members[member];
    let Some(morning) = civil::instant(zone, date, 0) else {
        return Vec::new();
    };
    let booked = shift(morning, -ahead).min(market.now);
    open_slots(zone, &who.calendar, &offer.rules(minutes), &who.taken, date, booked)
}

/// Takes the time of a visit.
pub fn take(market: &mut Market, listing: usize, minutes: u32, found: &Found) {
    let rules = market.listings[listing].rules(minutes);
    if let Some((_, during)) = rules.ranges(found.slot.start) {
        market.members[found.member].taken.push(Taken { during, visit: Some(found.slot.start) });
    }
}
