//! People who want to become providers, and the papers of a business: what the onboarding manager finds.

use super::cast::Cast;
use super::ids::{Ids, booking_reference, seed};
use super::market::{Market, shift};
use super::rows::Rows;
use crate::content::{Place, people};
use crate::drawing::{self, Svg};
use domain::kernel::Error;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

const HOUR: i64 = 60;
/// Widths of the pictures of documents, as the marketplace keeps them.
const WIDTHS: [u32; 3] = [320, 800, 1600];

/// Somebody who applies.
struct Newcomer {
    name: &'static str,
    login: Option<&'static str>,
    place: &'static str,
    business: &'static str,
    kind: &'static str,
    headline: &'static str,
    about: &'static str,
    work: &'static [&'static str],
    skills: &'static [&'static str],
    radius_km: i32,
    state: &'static str,
    /// Hours since it was sent.
    sent: i64,
    round: i16,
    /// Our last words about it.
    note: &'static str,
    /// Kind, and days until it ends.
    documents: &'static [(&'static str, Option<i32>)],
}

const NEWCOMERS: [Newcomer; 5] = [
    Newcomer {
        name: "Mateo Silva",
        login: None,
        place: "berlin",
        business: "Silva Stone & Tile",
        kind: "sole",
        headline: "Tiles laid level, grout that stays clean",
        about: "Fourteen years on building sites in Porto and Berlin, the last six on my own. I measure twice, cover your \
                floors before I begin, and leave with the dust.\n\nSmall bathrooms are my favourite work: everything has to fit.",
        work: &["woodwork-floors", "bathroom-fittings"],
        skills: &["Natural stone", "Walk-in showers", "Underfloor heating", "Portuguese"],
        radius_km: 30,
        state: "submitted",
        sent: 5 * 24 + 3,
        round: 1,
        note: "",
        documents: &[("identity", Some(1460)), ("insurance", Some(290)), ("licence", None)],
    },
    Newcomer {
        name: "Greta Lindholm",
        login: None,
        place: "london",
        business: "Lindholm Garden Care",
        kind: "company",
        headline: "Hedges, borders and lawns, from two sisters with sharp shears",
        about: "My sister and I look after forty gardens between Hackney and Dulwich. We come on the same day every \
                fortnight, take the clippings along, and tell you what is about to flower.",
        work: &["hedges-trees", "lawn-care", "planting-design"],
        skills: &["Pruning fruit trees", "Wildlife borders", "Electric tools only"],
        radius_km: 15,
        state: "submitted",
        sent: 27,
        round: 2,
        note: "The insurance certificate was cut off at the bottom. Please show the whole page.",
        documents: &[("identity", Some(812)), ("insurance", Some(18))],
    },
    Newcomer {
        name: "Noor Rahman",
        login: None,
        place: "newyork",
        business: "Clear Signal Electric",
        kind: "company",
        headline: "Chargers, panels and lights, with the permit taken care of",
        about: "Licensed since 2014. We file the permit, do the work, and stay until the inspector has signed.",
        work: &["smart-home-charging", "safety-checks", "lights-sockets"],
        skills: &["EV chargers", "Panel upgrades", "Bengali"],
        radius_km: 40,
        state: "submitted",
        sent: 3,
        round: 1,
        note: "",
        documents: &[("identity", Some(2010)), ("insurance", Some(175)), ("licence", Some(700))],
    },
    Newcomer {
        name: "Tom Reilly",
        login: Some("tom.applicant"),
        place: "dublin",
        business: "Reilly Removals",
        kind: "sole",
        headline: "One van, careful hands, and a joke for the stairs",
        about: "I have moved half of Stoneybatter, two pianos a year included. Blankets, straps and a trolley come along.",
        work: &["small-moves", "home-moves"],
        skills: &["Pianos", "Evenings and Saturdays"],
        radius_km: 35,
        state: "asked",
        sent: 50,
        round: 1,
        note: "Your insurance covers goods in transit up to €1,000. For home moves we need at least €10,000: please show us \
               a certificate with the higher cover, or apply for small moves only.",
        documents: &[("identity", Some(1100)), ("insurance", Some(240))],
    },
    Newcomer {
        name: "Victor Langley",
        login: None,
        place: "london",
        business: "Langley Gas & Heat",
        kind: "sole",
        headline: "Boilers swapped at weekends, cash preferred",
        about: "I have fitted boilers for friends and neighbours for three years and would like to do it for everybody.",
        work: &["heating-boilers"],
        skills: &["Boiler swaps", "Radiators"],
        radius_km: 20,
        state: "declined",
        sent: 8 * 24,
        round: 1,
        note: "Work on gas needs a licence, and there is none in your name. Apply again when you have one: the rest of your \
               application is fine, and you do not have to send it twice.",
        documents: &[("identity", Some(640)), ("insurance", Some(95))],
    },
];

/// Names of those who apply; all show their face.
pub fn names() -> impl Iterator<Item = &'static str> {
    NEWCOMERS.iter().map(|newcomer| newcomer.name)
}

/// Tells of newcomers, and of the papers Ben has shown.
///
/// # Errors
/// A drawing cannot be made into a picture.
pub fn tell(
    people: &mut Cast,
    market: &Market,
    categories: &HashMap<String, Uuid>,
    rows: &mut Rows,
) -> Result<(), Error> {
    let mut papers = Papers { ids: Ids::of("document"), now: market.now };
    let mut ids = Ids::of("application");
    for (newcomer, number) in NEWCOMERS.iter().zip(1..) {
        let Some(place) = Place::find(newcomer.place) else { continue };
        let user = people.newcomer(rows, newcomer.name, newcomer.login, place);
        let id = ids.next();
        let sent = shift(market.now, -newcomer.sent * HOUR);
        let decided = (newcomer.state != "submitted" || newcomer.round > 1)
            .then(|| shift(sent, if newcomer.round > 1 { -20 * HOUR } else { 9 * HOUR }));
        let work: Vec<Uuid> = newcomer.work.iter().filter_map(|slug| categories.get(*slug).copied()).collect();
        rows.add(
            "applications",
            json!({
                "id": id, "reference": reference(number), "user_id": user, "state": newcomer.state,
                "version": 7 + newcomer.round, "round": newcomer.round, "name": newcomer.business, "kind": newcomer.kind,
                "headline": newcomer.headline, "about": newcomer.about, "city": place.city, "country": place.country,
                "postal_code": place.codes[0], "zone": place.zone, "lat": place.lat, "lng": place.lng,
                "radius_km": newcomer.radius_km, "postal_codes": Vec::<String>::new(), "category_ids": work,
                "skills": newcomer.skills, "payout_country": place.country, "created_at": shift(sent, -3 * HOUR),
                "changed_at": decided.unwrap_or(sent).max(sent), "submitted_at": sent, "decided_at": decided,
                "note": newcomer.note, "provider_id": Value::Null,
            }),
        );
        for (kind, ends) in newcomer.documents {
            papers.document(rows, (id, newcomer.name), kind, *ends, ("sent", None), sent)?;
        }
    }
    carla(market, rows);
    ben(market, &mut papers, ids.next(), rows)
}

/// Carla's company asks for another name since yesterday.
fn carla(market: &Market, rows: &mut Rows) {
    let Some(business) = market.business_of("carla.company").map(|index| &market.businesses[index]) else { return };
    let Some(owner) = business.members.first().map(|index| &market.members[*index]) else { return };
    let name = &business.text.name;
    rows.add(
        "business_changes",
        json!({
            "provider_id": business.id, "number": 1, "state": "submitted", "name": format!("{name} & Daughters"),
            "payout_country": business.text.place.country, "name_before": name, "payout_country_before": "",
            "asked_by": owner.user, "submitted_at": shift(market.now, -20 * HOUR), "note": "",
        }),
    );
}

fn reference(number: u64) -> String {
    booking_reference(9_000_000 + number).replace("SH-", "AP-")
}

/// Ben was checked long ago; his insurance ends soon, and he has shown the next one.
fn ben(market: &Market, papers: &mut Papers, id: Uuid, rows: &mut Rows) -> Result<(), Error> {
    let Some(business) = market.business_of("ben.provider").map(|index| &market.businesses[index]) else {
        return Ok(());
    };
    let Some(owner) = business.members.first().map(|index| &market.members[*index]) else {
        return Ok(());
    };
    let (place, sent) = (business.text.place, shift(market.now, -300 * 24 * HOUR));
    let decided = shift(sent, 20 * HOUR);
    rows.add(
        "applications",
        json!({
            "id": id, "reference": reference(90), "user_id": owner.user, "state": "approved", "version": 9, "round": 1,
            "name": business.text.name, "kind": "sole", "headline": business.text.headline, "about": business.text.about,
            "city": place.city, "country": place.country, "postal_code": place.codes[1], "zone": place.zone,
            "lat": place.lat, "lng": place.lng, "radius_km": 25, "postal_codes": Vec::<String>::new(),
            "category_ids": Vec::<Uuid>::new(), "skills": Vec::<String>::new(), "payout_country": place.country,
            "created_at": shift(sent, -HOUR), "changed_at": decided, "submitted_at": sent, "decided_at": decided,
            "note": "", "provider_id": business.id,
        }),
    );
    let owner = (id, owner.name.as_str());
    papers.document(rows, owner, "identity", Some(900), ("accepted", None), sent)?;
    papers.document(rows, owner, "licence", None, ("accepted", None), sent)?;
    papers.document(rows, owner, "insurance", Some(19), ("accepted", Some(30)), sent)?;
    papers.document(rows, owner, "insurance", Some(384), ("sent", None), shift(market.now, -6 * HOUR))
}

/// Draws documents and tells of them.
struct Papers {
    ids: Ids,
    now: Timestamp,
}

impl Papers {
    fn document(
        &mut self,
        rows: &mut Rows,
        (application, name): (Uuid, &str),
        kind: &str,
        ends: Option<i32>,
        (state, reminded): (&str, Option<i16>),
        sent: Timestamp,
    ) -> Result<(), Error> {
        let id = self.ids.next();
        let number = seed(&format!("{name} {kind} {ends:?}"));
        let today: Date = self.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let end = ends.and_then(|days| today.checked_add(days.days()).ok());
        rows.add(
            "application_documents",
            json!({
                "id": id, "application_id": application, "kind": kind,
                "number": format!("{}{:07}", &kind[..1].to_uppercase(), number % 10_000_000), "expires_on": end,
                "state": state, "note": "", "reminded": reminded, "created_at": sent,
                "decided_at": (state == "accepted").then(|| shift(sent, 20 * HOUR)),
            }),
        );
        let sheet = match kind {
            "identity" => drawing::identity_card(seed(name), people::presentation(name)),
            _ => drawing::certificate(number, kind == "licence"),
        };
        for width in WIDTHS {
            rows.add(
                "application_document_files",
                json!({ "document_id": id, "width": width, "content": jpeg(&sheet, width)? }),
            );
        }
        Ok(())
    }
}

/// A JPEG in the words of Postgres.
fn jpeg(sheet: &Svg, width: u32) -> Result<String, Error> {
    use std::fmt::Write as _;
    let pixels = drawing::render(sheet, width).map_err(Error::internal)?;
    let file = drawing::encode_jpeg(&pixels, 80).map_err(Error::internal)?;
    let mut words = String::from("\\x");
    for byte in file {
        // Writing to a String cannot fail.
        let _ = write!(words, "{byte:02x}");
    }
    Ok(words)
}
