//! Positions on the globe as unit vectors: the cosine of the angle between two is their dot product.

/// Mean radius of the earth, in kilometres.
pub(crate) const EARTH_KM: f64 = 6371.0;

/// A position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
}

impl Position {
    /// The unit vector from the middle of the earth.
    #[must_use]
    pub fn vector(self) -> [f64; 3] {
        let (lat, lng) = (self.lat.to_radians(), self.lng.to_radians());
        [lat.cos() * lng.cos(), lat.cos() * lng.sin(), lat.sin()]
    }

    /// Kilometres to another position along the surface (haversine, exact for short ways too).
    #[must_use]
    pub fn km_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let h = half(self.lat, other.lat)
            + self.lat.to_radians().cos() * other.lat.to_radians().cos() * half(self.lng, other.lng);
        2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// The cosine of the angle of a way of so many kilometres.
#[must_use]
pub fn cosine_of_km(km: f64) -> f64 {
    (km / EARTH_KM).cos()
}

/// Degrees of latitude in so many kilometres.
#[must_use]
pub fn degrees_of_km(km: f64) -> f64 {
    (km / EARTH_KM).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn berlin_to_lisbon_is_2314_km() {
        let berlin = Position { lat: 52.52, lng: 13.405 };
        let lisbon = Position { lat: 38.722, lng: -9.139 };
        assert!((berlin.km_to(lisbon) - 2314.0).abs() < 5.0, "{}", berlin.km_to(lisbon));
    }

    proptest! {
        #[test]
        fn dot_products_compare_like_distances(a in -80.0..80.0_f64, b in -179.0..179.0_f64, c in -1.0..1.0_f64, d in -1.0..1.0_f64, km in 1.0..200.0_f64) {
            let (here, there) = (Position { lat: a, lng: b }, Position { lat: a + c, lng: b + d });
            let dot: f64 = here.vector().iter().zip(there.vector()).map(|(p, q)| p * q).sum();
            let way = here.km_to(there);
            prop_assume!((way - km).abs() > 0.001);
            prop_assert_eq!(dot >= cosine_of_km(km), way <= km);
        }
    }
}
