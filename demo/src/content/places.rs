//! The six cities of the demo marketplace. Streets are made up.

use domain::kernel::Currency;

/// A city.
#[derive(Debug)]
pub struct Place {
    /// Its key in the texts.
    pub key: &'static str,
    /// Its name.
    pub city: &'static str,
    /// ISO 3166 code of the country.
    pub country: &'static str,
    /// IANA name of its zone.
    pub zone: &'static str,
    /// What people pay with.
    pub currency: Currency,
    /// Its middle.
    pub lat: f64,
    /// Its middle.
    pub lng: f64,
    /// Streets, without numbers.
    pub streets: [&'static str; 12],
    /// Postal codes.
    pub codes: [&'static str; 8],
    /// Whether the number stands before the street.
    pub number_first: bool,
}

/// All of them.
pub const PLACES: [Place; 6] = [
    Place {
        key: "berlin",
        city: "Berlin",
        country: "DE",
        zone: "Europe/Berlin",
        currency: Currency::Eur,
        lat: 52.517,
        lng: 13.405,
        streets: [
            "Holunderweg",
            "Kastanienhof",
            "Alte Färberstraße",
            "Milchgasse",
            "Sperlingstraße",
            "An der Walkmühle",
            "Quittenallee",
            "Lotsenufer",
            "Buchdruckerstraße",
            "Amselplatz",
            "Zum Kornspeicher",
            "Silberpappelweg",
        ],
        codes: ["10115", "10247", "10405", "10551", "10967", "12043", "13187", "14059"],
        number_first: false,
    },
    Place {
        key: "vienna",
        city: "Vienna",
        country: "AT",
        zone: "Europe/Vienna",
        currency: Currency::Eur,
        lat: 48.208,
        lng: 16.372,
        streets: [
            "Zwetschkengasse",
            "Am Alten Mühlbach",
            "Tischlergasse",
            "Rosmaringasse",
            "Kleine Laternengasse",
            "Bienengasse",
            "Hollerstraße",
            "Glasmachergasse",
            "Weinheberweg",
            "Uhrturmgasse",
            "Fiakerplatz",
            "Lindenzeile",
        ],
        codes: ["1020", "1040", "1060", "1070", "1090", "1160", "1180", "1210"],
        number_first: false,
    },
    Place {
        key: "london",
        city: "London",
        country: "GB",
        zone: "Europe/London",
        currency: Currency::Gbp,
        lat: 51.507,
        lng: -0.109,
        streets: [
            "Tanner's Row",
            "Larkspur Road",
            "Bellfounder Lane",
            "Mulberry Terrace",
            "Coppersmith Street",
            "Wren Gardens",
            "Old Orchard Road",
            "Ferryman Street",
            "Juniper Grove",
            "Lamplighter Mews",
            "Haymaker Road",
            "Kingfisher Walk",
        ],
        codes: ["E8 3QX", "E17 4NP", "N4 2LT", "N16 9DR", "SE15 5BW", "SE23 1TY", "SW2 1ER", "W12 7HG"],
        number_first: true,
    },
    Place {
        key: "dublin",
        city: "Dublin",
        country: "IE",
        zone: "Europe/Dublin",
        currency: Currency::Eur,
        lat: 53.345,
        lng: -6.262,
        streets: [
            "Heron Quay Road",
            "Cooper's Lane",
            "Saint Brona's Terrace",
            "Hawthorn Villas",
            "Barley Row",
            "Weaver Street",
            "Gull Strand Road",
            "Thornfield Park",
            "Bell Meadow",
            "Turf Cutter Lane",
            "Larch Hill Avenue",
            "Salt Store Street",
        ],
        codes: ["D01 X4P2", "D03 K7W9", "D06 T2H5", "D07 R8C1", "D08 N6V3", "D09 A5F7", "D11 P3Y8", "D14 E9K4"],
        number_first: true,
    },
    Place {
        key: "newyork",
        city: "New York",
        country: "US",
        zone: "America/New_York",
        currency: Currency::Usd,
        lat: 40.718,
        lng: -73.972,
        streets: [
            "Candlemaker Street",
            "Orchard Hill Avenue",
            "Ropewalk Place",
            "Magnolia Court",
            "Tidewater Street",
            "Bluestone Avenue",
            "Hatters Lane",
            "Sycamore Row",
            "Old Ferry Street",
            "Millstone Place",
            "Lantern Avenue",
            "Cobbler Street",
        ],
        codes: ["10002", "10009", "10025", "10031", "11206", "11216", "11222", "11377"],
        number_first: true,
    },
    Place {
        key: "boston",
        city: "Boston",
        country: "US",
        zone: "America/New_York",
        currency: Currency::Usd,
        lat: 42.355,
        lng: -71.065,
        streets: [
            "Saltmarsh Street",
            "Cranberry Lane",
            "Pewter Street",
            "Schooner Way",
            "Maple Hollow Road",
            "Button Row",
            "Windlass Street",
            "Elderberry Road",
            "Sexton Street",
            "Oyster Lane",
            "Quarry Road",
            "Bayberry Avenue",
        ],
        codes: ["02115", "02118", "02122", "02128", "02130", "02139", "02143", "02215"],
        number_first: true,
    },
];

impl Place {
    /// The city of a key.
    pub fn find(key: &str) -> Option<&'static Self> {
        PLACES.iter().find(|place| place.key == key)
    }

    /// A street with a number, as it is written there.
    pub fn address(&self, street: usize, number: usize) -> String {
        let street = self.streets[street % self.streets.len()];
        if self.number_first { format!("{number} {street}") } else { format!("{street} {number}") }
    }
}
