//! What people find who sign in with a published login.

use super::bookings::{Order, When};
use super::cast::ANA;
use super::diary::{self, Found, Window};
use super::everyday::Teller;
use super::life::Ending;
use super::market::shift;
use crate::drawing::dice::Dice;
use domain::availability::civil;
use domain::catalog::Kind;
use domain::kernel::Error;

impl Teller<'_> {
    /// Ana's bookings, Ben's day and the week of Carla's team.
    ///
    /// # Errors
    /// The story contradicts the rules of the marketplace.
    pub fn logins(&mut self) -> Result<(), Error> {
        let mut dice = Dice::new(11, "logins");
        self.ana(&mut dice)?;
        self.ben(&mut dice)?;
        self.carla(&mut dice)
    }

    fn ana(&mut self, dice: &mut Dice) -> Result<(), Error> {
        let Some(ana) = self.market.customers.iter().position(|customer| customer.name == ANA) else {
            return Ok(());
        };
        for (title, days, stars) in
            [("Dripping tap repaired", 12, 5), ("Weekly clean", 33, 5), ("GCSE maths", 70, 4), ("Hedge cut", 120, 5)]
        {
            if let Some(listing) = self.titled(title) {
                self.praise(listing, ana, days, stars, dice)?;
            }
        }
        let days = |first, last| When::Within(Window::days(first, last));
        let fresh = When::Within(Window { first: 4, last: 9, lead: (1, 2) });
        let orders = [
            ("Deep tissue massage", Ending::Completed, days(-8, -5)),
            ("Toilet that runs", Ending::ByTheClock, days(-1, -1)),
            ("Weekly clean", Ending::ByTheClock, days(2, 4)),
            ("Light fittings hung", Ending::ByTheClock, days(7, 12)),
            ("Annual boiler service", Ending::Requested, fresh),
            ("Map of somewhere", Ending::Started, When::Ordered(52)),
            ("CV that gets read", Ending::Done, When::Ordered(70)),
            ("One room, walls", Ending::Declined, days(-20, -14)),
            ("Man and van", Ending::CancelledByCustomer, days(-60, -50)),
            ("Eleven-plus", Ending::Expired, days(-30, -24)),
        ];
        for (title, ending, when) in orders {
            if let Some(listing) = self.titled(title) {
                self.book(Order::new(listing, ana, ending, when), dice)?;
            }
        }
        self.hold("Runner's legs", ana, dice)
    }

    /// A checkout that was begun two minutes ago.
    fn hold(&mut self, title: &str, customer: usize, dice: &mut Dice) -> Result<(), Error> {
        let Some(listing) = self.titled(title) else {
            return Ok(());
        };
        let minutes = self.market.listings[listing].text.duration;
        let window = Window { first: 5, last: 12, lead: (1, 2) };
        let Some(found) = diary::find(self.market, listing, minutes, window, dice) else {
            return Ok(());
        };
        let found = Found { booked: shift(self.market.now, -2), ..found };
        self.book(Order::new(listing, customer, Ending::Held, When::At(found)), dice)?;
        Ok(())
    }

    fn ben(&mut self, dice: &mut Dice) -> Result<(), Error> {
        let Some(business) = self.market.business_of("ben.provider") else {
            return Ok(());
        };
        for (title, day, hour) in [
            ("Dripping tap", 0, 9),
            ("Leak found", 0, 11),
            ("New bathroom taps", 0, 14),
            ("Toilet that runs", 0, 16),
            ("Leak found", -1, 10),
            ("Dripping tap", -1, 14),
            ("Toilet that runs", 1, 9),
            ("New bathroom taps", 2, 13),
            ("Dripping tap", 3, 10),
            ("Annual boiler", 4, 9),
        ] {
            self.on_day(business, title, day, hour, 0, dice)?;
        }
        let fresh = When::Within(Window { first: 3, last: 8, lead: (1, 2) });
        for title in ["Annual boiler", "New bathroom taps", "Annual boiler"] {
            self.of(business, title, Ending::Requested, fresh, dice)?;
        }
        Ok(())
    }

    fn carla(&mut self, dice: &mut Dice) -> Result<(), Error> {
        let Some(business) = self.market.business_of("carla.company") else {
            return Ok(());
        };
        for member in 0..self.market.businesses[business].members.len() {
            for day in -1..6 {
                self.on_day(business, "Weekly clean", day, 8 + 2 * dice.below(2), member, dice)?;
                if dice.chance(60) {
                    self.on_day(business, "Weekly clean", day, 13 + dice.below(2), member, dice)?;
                }
            }
        }
        let fresh = When::Within(Window { first: 7, last: 14, lead: (1, 2) });
        for title in ["Spring clean", "End-of-tenancy"] {
            self.of(business, title, Ending::Requested, fresh, dice)?;
        }
        Ok(())
    }

    /// The first service whose title begins like this.
    fn titled(&self, title: &str) -> Option<usize> {
        self.market.listings.iter().position(|listing| listing.text.title.starts_with(title))
    }

    fn of(&mut self, business: usize, title: &str, ending: Ending, when: When, dice: &mut Dice) -> Result<(), Error> {
        let Some(listing) = self.market.listing(business, title) else {
            return Ok(());
        };
        let customer = self.somebody(business, dice);
        self.book(Order::new(listing, customer, ending, when), dice)?;
        Ok(())
    }

    fn somebody(&self, business: usize, dice: &mut Dice) -> usize {
        let near = self.market.customers_in(self.market.businesses[business].text.place);
        near[dice.below(near.len())]
    }

    /// A visit of a member on a day, as near to an hour as there is time.
    fn on_day(
        &mut self,
        business: usize,
        title: &str,
        day: i32,
        hour: usize,
        member: usize,
        dice: &mut Dice,
    ) -> Result<(), Error> {
        let Some(listing) = self.market.listing(business, title) else {
            return Ok(());
        };
        let member = self.market.businesses[business].members[member];
        let offer = &self.market.listings[listing];
        if offer.text.kind != Kind::Visit || !offer.members.contains(&member) {
            return Ok(());
        }
        let zone = &self.market.businesses[business].zone;
        let today = civil::date(zone, self.market.now);
        let Ok(date) = today.checked_add(jiff::Span::new().days(day)) else {
            return Ok(());
        };
        let wanted = civil::instant(zone, date, u16::try_from(hour * 60).unwrap_or(0)).unwrap_or(self.market.now);
        let slots = diary::slots(self.market, listing, member, offer.text.duration, date, 4 * 24 * 60);
        let nearest = slots.into_iter().min_by_key(|slot| slot.start.duration_since(wanted).abs());
        let Some(slot) = nearest else { return Ok(()) };
        let booked = shift(slot.start.min(self.market.now), -60 * i64::from(dice.between(26, 90)));
        let customer = self.somebody(business, dice);
        let found = Found { member, slot, booked };
        self.book(Order::new(listing, customer, Ending::ByTheClock, When::At(found)), dice)?;
        Ok(())
    }
}
