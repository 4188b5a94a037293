//! What booking tests have in common: wishes and moves in one line each.

use domain::bookings::{self, Address, Book, Event, State, Words};
use domain::catalog::Choice;
use domain::kernel::{Actor, Context, Error, UserId};
use domain::testing::Service;
use jiff::Timestamp;

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A complete wish for a visit, with a key of its own.
pub fn wish(ctx: &Context, service: &Service, start: Timestamp) -> Book {
    Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some(start),
        address: Address {
            street: "Linienstraße 1".to_owned(),
            postal_code: "10119".to_owned(),
            city: "Berlin".to_owned(),
            ..Address::default()
        },
        note: String::new(),
        key: ctx.id::<UserId>().0,
    }
}

pub async fn go(ctx: &Context, actor: &Actor, reference: &str, event: Event) -> Result<State, Error> {
    let words = Words { note: "Because.".to_owned(), satisfaction: Some(5) };
    bookings::advance(ctx, actor, reference, event, words).await
}
