//! How long a business is on its way to a customer: minutes for distances in bands, as the crow flies. They are kept free
//! before and after a visit at the customer's, beside the buffers of the service.

use super::{At, OwnPlace};
use crate::kernel::FieldErrors;
use serde::{Deserialize, Serialize};

/// Most bands somebody can say.
pub const MOST_BANDS: usize = 4;
/// The longest way that is kept free, in minutes.
const LONGEST_MIN: u16 = 240;
/// The farthest end of a band, in kilometres.
const FARTHEST_KM: u16 = 500;
/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// A band of distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Up to and with so many kilometres; `None` is farther than all others.
    pub up_to_km: Option<u16>,
    /// Minutes one way.
    pub minutes: u16,
}

/// The bands of a business, the nearest first. Without any it does not count with travel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel(pub Vec<Band>);

impl Travel {
    /// Whether travel counts at all.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.0.iter().any(|band| band.minutes > 0)
    }

    /// Minutes of a way of so many kilometres; beyond the last band those of the last.
    #[must_use]
    pub fn minutes(&self, km: f64) -> u16 {
        let within = |band: &&Band| band.up_to_km.is_none_or(|most| km <= f64::from(most));
        self.0.iter().find(within).or(self.0.last()).map_or(0, |band| band.minutes)
    }

    /// Minutes of the shortest way there is: what is kept free at least, whoever books.
    #[must_use]
    pub fn shortest(&self) -> u16 {
        self.0.iter().map(|band| band.minutes).min().unwrap_or(0)
    }

    /// The bands of a form: pairs of kilometres and minutes as typed, an empty distance for the last. Rows without
    /// minutes are left out; nothing at all is no travel.
    ///
    /// # Errors
    /// Messages beside `travel-km-1`, `travel-min-1` and so on.
    pub fn parse(typed: &[(&str, &str)]) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let mut bands: Vec<Band> = Vec::new();
        for (row, (km, minutes)) in (1..).zip(typed.iter().take(MOST_BANDS)) {
            let (km, minutes) = (km.trim(), minutes.trim());
            if km.is_empty() && minutes.is_empty() {
                continue;
            }
            let Some(minutes) = minutes.parse().ok().filter(|minutes| *minutes <= LONGEST_MIN) else {
                wrong.add(&format!("travel-min-{row}"), format!("Give minutes from 0 to {LONGEST_MIN}."));
                continue;
            };
            if km.is_empty() {
                bands.push(Band { up_to_km: None, minutes });
                continue;
            }
            match km.parse().ok().filter(|km| (1..=FARTHEST_KM).contains(km)) {
                Some(km) => bands.push(Band { up_to_km: Some(km), minutes }),
                None => wrong.add(&format!("travel-km-{row}"), format!("Give kilometres from 1 to {FARTHEST_KM}.")),
            }
        }
        let place = |band: &Band| band.up_to_km.unwrap_or(u16::MAX);
        if wrong.is_empty() && bands.windows(2).any(|pair| place(&pair[0]) >= place(&pair[1])) {
            wrong.add("travel-km-1", "Each distance is farther than the one before; only the last may be empty.");
        }
        if wrong.is_empty() && bands.windows(2).any(|pair| pair[0].minutes > pair[1].minutes) {
            wrong.add("travel-min-1", "A longer way takes no less time than a shorter one.");
        }
        if wrong.is_empty() { Ok(Self(bands)) } else { Err(wrong) }
    }
}

/// Where visits of a service start, and how long ways from there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    /// Visits go to the customer; otherwise there is no way.
    pub goes: bool,
    /// Where it is done when nobody goes: at the main place, or anywhere.
    pub stays: At,
    /// Further places of the business, each with the area around it.
    pub places: Vec<OwnPlace>,
    /// ISO 3166 code of the business's country: where towns and postal codes are looked for.
    pub country: String,
    /// Degrees of latitude and longitude.
    pub position: (f64, f64),
    /// How far the business goes, in kilometres.
    pub radius_km: u32,
    /// Postal codes of its country that the business has named: it goes there, whatever the distance.
    pub codes: Vec<String>,
    /// Minutes by distance.
    pub travel: Travel,
}

impl Base {
    /// Whether ways count for this service.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.goes && self.travel.counts()
    }

    /// Whether times depend on where the customer is: by the way, or because hours may be those of one place.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.counts() || (self.goes && !self.places.is_empty())
    }

    /// The way to a place that is known, in degrees, from the nearest place of the business that reaches so far; from the
    /// nearest of all where none does.
    #[must_use]
    pub fn way(&self, there: (f64, f64)) -> Way {
        let main = (At::Main, km_between(self.position, there), self.radius_km);
        let own = self.places.iter().map(|own| (At::Own(own.id), km_between(own.position, there), own.radius_km));
        let beyond = |(_, km, radius): &(At, f64, u32)| *km > f64::from(*radius);
        let nearest = std::iter::once(main)
            .chain(own)
            .min_by(|one, other| beyond(one).cmp(&beyond(other)).then(one.1.total_cmp(&other.1)));
        let (at, km, _) = nearest.unwrap_or(main);
        self.of(at, km, Known::Measured)
    }

    /// The way to a place that was told and nobody can find: from the main place, as far as the business goes.
    #[must_use]
    pub fn edge(&self) -> Way {
        self.of(At::Main, f64::from(self.radius_km), Known::Edge)
    }

    /// The way when no place was told: the shortest, from anywhere, so that no time is hidden that may do.
    #[must_use]
    pub fn near(&self) -> Way {
        let way = self.of(At::Everywhere, 0.0, Known::Near);
        Way { minutes: if self.counts() { self.travel.shortest() } else { 0 }, ..way }
    }

    fn of(&self, at: At, km: f64, known: Known) -> Way {
        let minutes = if self.counts() { self.travel.minutes(km) } else { 0 };
        if self.asks() { Way { minutes, known, at } } else { Way { at: self.stays, ..Way::default() } }
    }
}

/// A way to a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Minutes one way.
    pub minutes: u16,
    /// How we know.
    pub known: Known,
    /// From which place of the business.
    pub at: At,
}

/// How the length of a way is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing depends on it.
    #[default]
    None,
    /// The place is known.
    Measured,
    /// The place that was told is not known: it counts as the edge of where the business goes.
    Edge,
    /// No place was told: it counts as near.
    Near,
}

/// The distance of two places given in degrees, along the surface, in kilometres.
#[must_use]
pub fn km_between((lat, lng): (f64, f64), (other_lat, other_lng): (f64, f64)) -> f64 {
    let (from, to) = (lat.to_radians(), other_lat.to_radians());
    let (up, along) = ((to - from) / 2.0, (other_lng - lng).to_radians() / 2.0);
    let chord = (along.sin().powi(2) * from.cos()).mul_add(to.cos(), up.sin().powi(2));
    2.0 * EARTH_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::OwnPlaceId;

    fn usual() -> Travel {
        Travel::parse(&[("5", "15"), ("15", "30"), ("", "45")]).unwrap()
    }

    #[test]
    fn bands_hold_to_their_last_kilometre() {
        let minutes = [0.0, 5.0, 5.1, 15.0, 15.01, 9000.0].map(|km| usual().minutes(km));
        assert_eq!(minutes, [15, 15, 30, 30, 45, 45]);
        let near = Travel::parse(&[("5", "15"), ("", ""), ("", "")]).unwrap();
        assert_eq!((near.minutes(4.0), near.minutes(40.0)), (15, 15), "beyond the last the last holds");
        assert_eq!(Travel::default().minutes(3.0), 0);
        assert!(usual().counts() && !Travel::default().counts());
    }

    #[test]
    fn what_cannot_be_meant_is_said_beside_its_field() {
        let wrong = |typed: &[(&str, &str)], field: &str| {
            let errors = Travel::parse(typed).unwrap_err();
            assert!(errors.of(field).is_some(), "{typed:?}: {errors:?}");
        };
        wrong(&[("5", "")], "travel-min-1");
        wrong(&[("5", "10"), ("15", "300")], "travel-min-2");
        wrong(&[("0", "10")], "travel-km-1");
        wrong(&[("5", "10"), ("far", "20")], "travel-km-2");
        wrong(&[("15", "10"), ("5", "20")], "travel-km-1");
        wrong(&[("", "10"), ("5", "20")], "travel-km-1");
        wrong(&[("5", "20"), ("15", "10")], "travel-min-1");
        assert_eq!(Travel::parse(&[("", ""), ("", ""), ("", "")]).unwrap(), Travel::default());
    }

    #[test]
    fn ways_are_known_or_assumed_and_only_count_where_somebody_goes() {
        let berlin = (52.52, 13.405);
        let base = Base { goes: true, position: berlin, radius_km: 12, travel: usual(), ..Base::default() };
        let way = |minutes, known, at| Way { minutes, known, at };
        assert_eq!(base.way((52.4, 13.06)), way(45, Known::Measured, At::Main));
        assert_eq!(base.edge(), way(30, Known::Edge, At::Main));
        assert_eq!(base.near(), way(15, Known::Near, At::Everywhere));
        for none in [Base { goes: false, ..base.clone() }, Base { travel: Travel::default(), ..base }] {
            assert_eq!([none.way((52.4, 13.06)), none.edge(), none.near()], [Way::default(); 3]);
        }
    }

    #[test]
    fn a_customer_belongs_to_the_nearest_place_that_reaches_them() {
        let own = |id: u128, position, radius_km| OwnPlace {
            id: OwnPlaceId(uuid::Uuid::from_u128(id)),
            name: "There".to_owned(),
            city: String::new(),
            postal_code: String::new(),
            position,
            radius_km,
        };
        let places = vec![own(1, (52.4, 13.06), 10), own(2, (52.53, 13.4), 1)];
        let base =
            Base { goes: true, position: (52.52, 13.405), radius_km: 20, places, travel: usual(), ..Base::default() };
        let [potsdam, small] = [1, 2].map(|id| At::Own(OwnPlaceId(uuid::Uuid::from_u128(id))));
        let at = |there| (base.way(there).at, base.way(there).minutes);
        assert_eq!(at((52.52, 13.405)), (At::Main, 15));
        assert_eq!(at((52.4, 13.06)), (potsdam, 15), "and the way counts from there");
        assert_eq!(at((52.531, 13.4)), (small, 15));
        assert_eq!(at((52.56, 13.4)), (At::Main, 15), "nearer to the small one, which does not reach so far");
        assert_eq!(at((52.4, 12.5)), (potsdam, 45), "nobody reaches so far: the nearest");
        let still = Base { travel: Travel::default(), ..base.clone() };
        assert_eq!((still.way((52.4, 13.06)).at, still.way((52.4, 13.06)).minutes), (potsdam, 0));
        let shop = Base { goes: false, stays: At::Main, ..base };
        assert_eq!((shop.near().at, shop.way((52.4, 13.06)).at), (At::Main, At::Main));
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        // Berlin to Lisbon is 2,314 km along the surface; half a world is half the circumference.
        let (berlin, lisbon) = ((52.52, 13.405), (38.7223, -9.1393));
        assert!((km_between(berlin, lisbon) - 2314.0).abs() < 3.0, "{}", km_between(berlin, lisbon));
        assert!((km_between((0.0, 0.0), (0.0, 180.0)) - 20015.0).abs() < 1.0);
        assert!(km_between(berlin, berlin) < 1e-9);
        let over_the_date_line = km_between((0.0, 179.95), (0.0, -179.95));
        assert!((over_the_date_line - 11.12).abs() < 0.01, "{over_the_date_line}");
    }
}

#[cfg(test)]
mod laws {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn farther_is_never_sooner_and_what_is_assumed_is_never_too_long(
            bands in prop::collection::btree_map(1_u16..=FARTHEST_KM, 0_u16..=LONGEST_MIN, 1..=MOST_BANDS),
            (one, other) in (0.0_f64..600.0, 0.0_f64..600.0),
        ) {
            let mut minutes: Vec<u16> = bands.values().copied().collect();
            minutes.sort_unstable();
            let typed: Vec<(String, String)> =
                bands.keys().zip(&minutes).map(|(km, minutes)| (km.to_string(), minutes.to_string())).collect();
            let typed: Vec<(&str, &str)> = typed.iter().map(|(km, minutes)| (km.as_str(), minutes.as_str())).collect();
            let travel = Travel::parse(&typed).expect("in order");
            let (near, far) = (one.min(other), one.max(other));
            prop_assert!(travel.minutes(near) <= travel.minutes(far));
            prop_assert!(travel.shortest() <= travel.minutes(near));
            let base = Base { goes: true, travel, ..Base::default() };
            prop_assert!(base.near().minutes <= base.edge().minutes);
        }

        #[test]
        fn a_way_back_is_as_long_as_the_way_there(
            (lat, lng) in (-90.0_f64..=90.0, -180.0_f64..=180.0), (to_lat, to_lng) in (-90.0_f64..=90.0, -180.0_f64..=180.0),
        ) {
            let there = km_between((lat, lng), (to_lat, to_lng));
            let back = km_between((to_lat, to_lng), (lat, lng));
            prop_assert!((there - back).abs() < 1e-6 && (0.0..=20_016.0).contains(&there));
        }
    }
}
