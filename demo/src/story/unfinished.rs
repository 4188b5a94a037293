//! Services that are not on show yet, and changes that are not: what businesses write, what waits for review, what was
//! sent back. Each begins as the text of a service that is on show.

use super::ids::Ids;
use super::market::{Market, shift};
use super::rows::Rows;
use crate::content::people;
use domain::catalog::listing::RevisionState::{self, Declined, Draft, Live, Replaced, Submitted};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A text of a service.
#[derive(Debug)]
pub struct Text {
    /// Whose it is.
    pub service: Uuid,
    /// Counted from 1.
    pub number: i32,
    /// How far it is.
    pub state: RevisionState,
    /// The service on show it began as.
    pub like: Uuid,
    /// What is different from that.
    pub changes: Value,
    /// Who wrote it.
    pub author: Uuid,
    /// When it was written.
    pub at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// When it went on show.
    pub live_at: Option<Timestamp>,
    /// When it was decided about.
    pub decided_at: Option<Timestamp>,
    /// Why it was sent back.
    pub note: &'static str,
}

/// A service nobody has seen yet.
struct Fresh {
    /// How the title of the service begins that it is made like.
    like: &'static str,
    title: &'static str,
    summary: &'static str,
    description: &'static str,
    /// Whole units.
    price: i64,
    state: RevisionState,
    hours: i64,
    note: &'static str,
}

const FRESH: [Fresh; 6] = [
    Fresh {
        like: "Dripping tap repaired",
        title: "Washing machine plumbed in",
        summary: "Connected, levelled, and run once while I watch.",
        description: "",
        price: 68,
        state: Draft,
        hours: 20,
        note: "",
    },
    Fresh {
        like: "New bathroom taps",
        title: "Outside tap that survives the frost",
        summary: "A tap on the garden wall, with a valve indoors that you close in November.",
        description: "I drill once, from the inside, with a slight fall so that nothing stays in the pipe. The hole is \
                      sealed on both sides, the isolation valve sits where you can reach it, and I show you how to empty it.",
        price: 135,
        state: Submitted,
        hours: 26,
        note: "",
    },
    Fresh {
        like: "Leak found and stopped",
        title: "Sunday standby for landlords",
        summary: "Somebody who answers on Sundays.",
        description: "For landlords with more than five flats. Write to ben@hartley.example or ring 020 7946 0958 and we \
                      agree on a price that suits both of us, without any forms.",
        price: 120,
        state: Declined,
        hours: 80,
        note: "Please leave addresses and phone numbers out of the description, and say what one visit costs: people book \
               and pay here.",
    },
    Fresh {
        like: "Weekly clean for flats",
        title: "Inside every cupboard, once a year",
        summary: "Emptied, wiped, and put back the way it was, or better.",
        description: "We photograph every shelf first, so that the good glasses come back to their place. Two of us need a \
                      morning for a kitchen and an afternoon for the rest. Food past its date is shown to you, not thrown away.",
        price: 31,
        state: Submitted,
        hours: 7,
        note: "",
    },
    Fresh {
        like: "Monthly garden care",
        title: "Wormery set up and explained",
        summary: "A box, a thousand worms, and an hour of questions answered.",
        description: "Kitchen scraps become the best soil you ever had, under the sink or on the balcony, without any smell. \
                      I bring box, bedding and worms, and come back after a month to see how everybody is doing.",
        price: 140,
        state: Submitted,
        hours: 51,
        note: "",
    },
    Fresh {
        like: "Private yoga",
        title: "Breathing for people who sit",
        summary: "Forty-five minutes, one chair, no mat.",
        description: "We begin with how you breathe now, which is usually high and fast, and end with three exercises you \
                      can do in a meeting without anybody noticing. Suitable whatever your knees say.",
        price: 60,
        state: Submitted,
        hours: 3,
        note: "",
    },
];

/// Tells of all of it. Rows are added for the new services; their texts come back.
pub fn tell(market: &Market, rows: &mut Rows) -> Vec<Text> {
    let mut told = Telling { market, texts: Vec::new(), ids: Ids::of("unfinished service") };
    for fresh in &FRESH {
        told.fresh(fresh, rows);
    }
    told.taps();
    told.change(
        "Spring clean",
        Draft,
        2,
        json!({ "summary": "Every room from the top of the wardrobe to the skirting board, with the windows inside and out." }),
    );
    told.change(
        "Hedge cut",
        Submitted,
        30,
        json!({
            "title": "Hedge cut straight, softly, or into a cloud",
            "description": "Formal box, wild hawthorn, or the cloud you saw in Kyoto: I look at how it grows before I decide \
                            how to cut. Nests are checked first, and between March and July I only trim what is safe to \
                            trim.\n\n- Cut with electric shears\n- Clippings taken along\n- Edges raked",
        }),
    );
    told.texts
}

struct Telling<'m> {
    market: &'m Market,
    texts: Vec<Text>,
    ids: Ids,
}

impl Telling<'_> {
    /// A service on show and the login of who owns the business, by how its title begins.
    fn on_show(&self, title: &str) -> Option<(Uuid, Uuid)> {
        let listing = self.market.listings.iter().find(|listing| listing.text.title.starts_with(title))?;
        let owner = *self.market.businesses[listing.business].members.first()?;
        Some((listing.id, self.market.members[owner].user))
    }

    fn ago(&self, minutes: i64) -> Timestamp {
        shift(self.market.now, -minutes)
    }

    fn fresh(&mut self, fresh: &Fresh, rows: &mut Rows) {
        let Some((like, author)) = self.on_show(fresh.like) else { return };
        let Some(mut row) = rows.of("services").iter().find(|row| row["id"] == json!(like)).cloned() else { return };
        let (id, at) = (self.ids.next(), self.ago(fresh.hours * HOUR));
        let city = row["city"].as_str().unwrap_or_default().to_owned();
        for (column, value) in [
            ("id", json!(id)),
            ("slug", json!(people::slug(&format!("{} {city}", fresh.title)))),
            ("title", json!(fresh.title)),
            ("summary", json!("")),
            ("description", json!("")),
            ("status", json!(if fresh.state == Submitted { "review" } else { "draft" })),
            ("created_at", json!(shift(at, -2 * HOUR))),
        ] {
            row[column] = value;
        }
        rows.add("services", row);
        let changes = json!({
            "title": fresh.title, "summary": fresh.summary, "description": fresh.description,
            "price_minor": fresh.price * 100, "extras": [],
        });
        let handed_in = (fresh.state != Draft).then_some(at);
        let decided = (fresh.state == Declined).then(|| shift(at, 9 * HOUR));
        self.texts.push(Text {
            note: fresh.note,
            submitted_at: handed_in,
            decided_at: decided,
            ..plain(id, 1, fresh.state, (like, changes), author, at)
        });
    }

    /// Ben's taps: what they were called once, what is on show, and what would cost more from now on.
    fn taps(&mut self) {
        let Some((service, author)) = self.on_show("New bathroom taps") else { return };
        let (first, second) = (self.ago(410 * DAY), self.ago(120 * DAY));
        let old = json!({
            "title": "Bathroom taps fitted", "price_minor": 9500, "summary": "You choose it, I fit it.",
            "includes": ["Old fitting removed", "New one fitted and tested"],
        });
        self.texts.push(Text {
            live_at: Some(first),
            decided_at: Some(second),
            ..plain(service, 1, Replaced, (service, old), author, first)
        });
        self.texts.push(Text {
            live_at: Some(second),
            decided_at: Some(second),
            ..plain(service, 2, Live, (service, json!({})), author, second)
        });
        let at = self.ago(5 * HOUR);
        let new = json!({
            "title": "Bathroom taps, shower mixers and thermostats", "price_minor": 17_500,
            "description": "Bring me a box or send me a link and I will tell you whether it suits your pressure. Old fittings \
                            are taken away, silicone is renewed and the wall is left clean.\n\nThermostatic mixers are set to \
                            the temperature **you** like, and I leave the key with you.",
            "includes": ["Old fitting removed", "New one fitted and tested", "Fresh silicone", "Thermostat set to your liking"],
        });
        self.texts.push(Text { submitted_at: Some(at), ..plain(service, 3, Submitted, (service, new), author, at) });
    }

    /// A change of what is on show.
    fn change(&mut self, title: &str, state: RevisionState, hours: i64, changes: Value) {
        let Some((service, author)) = self.on_show(title) else { return };
        let (began, at) = (self.ago(90 * DAY), self.ago(hours * HOUR));
        self.texts.push(Text { live_at: Some(began), ..plain(service, 1, Live, (service, json!({})), author, began) });
        let submitted_at = (state == Submitted).then_some(at);
        self.texts.push(Text { submitted_at, ..plain(service, 2, state, (service, changes), author, at) });
    }
}

fn plain(
    service: Uuid,
    number: i32,
    state: RevisionState,
    (like, changes): (Uuid, Value),
    author: Uuid,
    at: Timestamp,
) -> Text {
    let (submitted_at, live_at, decided_at, note) = (None, None, None, "");
    Text { service, number, state, like, changes, author, at, submitted_at, live_at, decided_at, note }
}
