//! What Ana keeps, and what people near the businesses looked for in vain.

use super::cast::ANA;
use super::ids::Ids;
use super::market::{Market, shift};
use super::rows::Rows;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use uuid::Uuid;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The beginning of a service's title, and hours since Ana kept it.
const HEARTS: [(&str, i64); 7] = [
    ("Dripping tap repaired", 900),
    ("Weekly clean", 760),
    ("Deep tissue massage", 400),
    ("Hedge cut", 310),
    ("Map of somewhere", 90),
    ("GCSE maths", 30),
    ("Light fittings hung", 5),
];

/// Name, what is looked for, whether letters are wanted, and how many days ago it was kept.
type Search = (&'static str, &'static [(&'static str, &'static str)], bool, i64);

/// Name, the names and values of its address, whether letters tell of new services, and days since Ana saved it.
const SEARCHES: [Search; 3] = [
    ("Somebody for the garden", &[("category", "gardening"), ("place", "London")], true, 40),
    ("Piano lessons", &[("q", "piano"), ("place", "London")], true, 16),
    ("Logo under 500", &[("q", "logo"), ("max_price", "500")], false, 3),
];

/// Words, town, how many people, and days since.
const IN_VAIN: [(&str, &str, i32, i64); 6] = [
    ("chimney sweep", "London", 9, 2),
    ("well pump", "London", 5, 6),
    ("sash window repair", "London", 4, 1),
    ("locksmith", "Berlin", 11, 3),
    ("beekeeping lessons", "Berlin", 4, 9),
    ("knife sharpening", "Dublin", 6, 4),
];

/// Ana's favourites and searches, and the searches of everybody that found nothing.
pub fn tell(market: &Market, rows: &mut Rows) {
    let ago = |minutes: i64| shift(market.now, -minutes);
    if let Some(ana) = market.customers.iter().find(|customer| customer.name == ANA) {
        for (title, hours) in HEARTS {
            let found = market.listings.iter().find(|listing| listing.text.title.starts_with(title));
            if let Some(listing) = found {
                let at = ago(hours * HOUR);
                rows.add("favorites", json!({ "user_id": ana.user, "service_id": listing.id, "at": at }));
            }
        }
        let mut ids = Ids::of("saved search");
        for (name, asked, alert, days) in SEARCHES {
            rows.add(
                "saved_searches",
                json!({
                    "id": ids.next(), "user_id": ana.user, "name": name,
                    "asked": serde_json::to_string(asked).unwrap_or_default(), "alert": alert,
                    "created_at": ago(days * DAY),
                }),
            );
        }
    }
    for (words, place, times, days) in IN_VAIN {
        let day = TimeZone::UTC.to_datetime(ago(days * DAY)).date();
        let seekers: Vec<String> = (0..times).map(|seeker| format!("\\x{seeker:02x}")).collect();
        let row: Value = json!({
            "day": day, "words": words, "place": place, "category_id": Uuid::nil(), "times": times, "seekers": seekers,
        });
        rows.add("unmet_searches", row);
    }
}
