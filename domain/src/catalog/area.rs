//! Where a business goes: around each of its places as far as that one reaches, and to the postal codes it has named. Asked
//! when a visit is booked; what was agreed is not judged again.

use super::postal_code::{code_and_beginning, plain_code};
use super::travel::{Base, km_between};

/// What is known of an address that is not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It lies in the area.
    Within,
    /// Its country is the one of the business, and nobody knows its postal code. It may be booked; both sides are told.
    Unknown,
}

/// Why a business does not go to an address.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum OutOfArea {
    /// Its postal code is known, and too far away.
    #[error("{km} km away, with {reach_km} km as the most")]
    TooFar {
        /// Kilometres from the place of the business that comes nearest to reaching it; always more than it reaches.
        km: u32,
        /// How far that place reaches, in kilometres.
        reach_km: u32,
        /// Where it is, in degrees of latitude and longitude.
        there: (f64, f64),
    },
    /// Nobody knows its postal code, and its country is another one.
    #[error("in another country")]
    Abroad,
}

impl Base {
    /// Whether the business goes to an address of this country and postal code; `there` is where the code lies, in
    /// degrees, if it is known.
    ///
    /// # Errors
    /// It does not.
    pub fn reaches(&self, country: &str, code: &str, there: Option<(f64, f64)>) -> Result<Reach, OutOfArea> {
        let home = country == self.country;
        let codes = code_and_beginning(code);
        if home && self.codes.iter().any(|named| codes.contains(&plain_code(named))) {
            return Ok(Reach::Within);
        }
        let Some(there) = there else {
            return if home { Ok(Reach::Unknown) } else { Err(OutOfArea::Abroad) };
        };
        let places = self.places.iter().map(|own| (own.position, own.radius_km));
        let ways = std::iter::once((self.position, self.radius_km)).chain(places);
        let ways = ways.map(|(position, radius)| (km_between(position, there), radius));
        let beyond = |(km, radius): &(f64, u32)| km - f64::from(*radius);
        match ways.min_by(|one, other| beyond(one).total_cmp(&beyond(other))) {
            Some(way) if beyond(&way) > 0.0 => {
                let (km, reach_km) = way;
                Err(OutOfArea::TooFar { km: km.ceil() as u32, reach_km, there })
            }
            _ => Ok(Reach::Within),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::OwnPlace;
    use crate::kernel::OwnPlaceId;

    const BERLIN: (f64, f64) = (52.52, 13.405);
    const POTSDAM: (f64, f64) = (52.4, 13.06);
    const MUNICH: (f64, f64) = (48.137, 11.575);

    fn base() -> Base {
        Base { goes: true, country: "DE".to_owned(), position: BERLIN, radius_km: 12, ..Base::default() }
    }

    #[test]
    fn a_known_code_is_judged_by_its_distance() {
        assert_eq!(base().reaches("DE", "10178", Some((52.529, 13.405))), Ok(Reach::Within));
        let far = base().reaches("DE", "14467", Some(POTSDAM));
        assert_eq!(far, Err(OutOfArea::TooFar { km: 27, reach_km: 12, there: POTSDAM }));
        let wide = Base { radius_km: 27, ..base() };
        assert_eq!(wide.reaches("DE", "14467", Some(POTSDAM)), Ok(Reach::Within));
        assert_eq!(wide.reaches("PL", "14467", Some(POTSDAM)), Ok(Reach::Within), "a border is no distance");
    }

    #[test]
    fn a_further_place_reaches_too_and_the_nearest_to_reaching_is_named() {
        let own = |position, radius_km| OwnPlace {
            id: OwnPlaceId(uuid::Uuid::nil()),
            name: "Lake".to_owned(),
            city: String::new(),
            postal_code: String::new(),
            position,
            radius_km,
        };
        let two = Base { places: vec![own(POTSDAM, 5)], ..base() };
        assert_eq!(two.reaches("DE", "14467", Some(POTSDAM)), Ok(Reach::Within));
        let far = |base: &Base| match base.reaches("DE", "80331", Some(MUNICH)) {
            Err(OutOfArea::TooFar { km, reach_km, .. }) => (km, reach_km),
            other => panic!("{other:?}"),
        };
        assert_eq!(far(&base()), (505, 12));
        let wide = Base { places: vec![own(POTSDAM, 400)], ..base() };
        let (km, reach_km) = far(&wide);
        assert!(reach_km == 400 && km > 400, "{km}");
    }

    #[test]
    fn codes_that_were_named_are_reached_whatever_the_distance() {
        let named = Base { codes: vec!["14467".to_owned(), "E8".to_owned(), "1200-109".to_owned()], ..base() };
        for code in ["14467", " 14467 ", "e8 3qx", "1200109", "1200-109"] {
            assert_eq!(named.reaches("DE", code, Some(MUNICH)), Ok(Reach::Within), "{code}");
            assert_eq!(named.reaches("DE", code, None), Ok(Reach::Within), "{code}");
        }
        assert_eq!(
            named.reaches("AT", "14467", None),
            Err(OutOfArea::Abroad),
            "the same code elsewhere is another one"
        );
        assert!(named.reaches("DE", "1446", Some(MUNICH)).is_err());
    }

    #[test]
    fn an_unknown_code_is_taken_in_the_country_and_nowhere_else() {
        assert_eq!(base().reaches("DE", "99999", None), Ok(Reach::Unknown));
        assert_eq!(base().reaches("PT", "99999", None), Err(OutOfArea::Abroad));
    }
}
