//! Further places of a business: kept with its hours, because those name them.

use super::keeping::{Keeping, seal};
use crate::catalog::{At, MOST_OWN_PLACES, OwnPlace, places_like};
use crate::kernel::geocoder::Sought;
use crate::kernel::{Context, Error, FieldErrors, OwnPlaceId};

/// How far a place reaches at most, in kilometres.
const FARTHEST_KM: u32 = 500;

/// A place as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedPlace<'t> {
    /// What the business calls it.
    pub name: &'t str,
    /// Its town.
    pub city: &'t str,
    /// Its postal code; may be empty.
    pub postal_code: &'t str,
    /// Kilometres around it.
    pub radius_km: &'t str,
}

/// A place, read.
#[derive(Clone, Debug)]
pub struct PlaceText {
    name: String,
    city: String,
    postal_code: String,
    radius_km: u32,
}

impl PlaceText {
    /// Reads a form.
    ///
    /// # Errors
    /// Messages beside `name`, `city`, `postal_code` and `radius_km`.
    pub fn parse(typed: TypedPlace<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let mut text = |field: &str, typed: &str, most: usize, missing: Option<&str>| {
            let typed = typed.trim();
            if let Some(words) = missing.filter(|_| typed.is_empty()) {
                wrong.add(field, words);
            }
            if typed.chars().count() > most {
                wrong.add(field, format!("Please keep it under {most} characters."));
            }
            typed.to_owned()
        };
        let name = text("name", typed.name, 60, Some("Give the place a name."));
        let city = text("city", typed.city, 120, Some("Type the town."));
        let postal_code = text("postal_code", typed.postal_code, 20, None);
        let radius = typed.radius_km.trim().parse().ok().filter(|km| (1..=FARTHEST_KM).contains(km));
        if radius.is_none() {
            wrong.add("radius_km", format!("Give kilometres from 1 to {FARTHEST_KM}."));
        }
        match radius {
            Some(radius_km) if wrong.is_empty() => Ok(Self { name, city, postal_code, radius_km }),
            _ => Err(wrong),
        }
    }
}

/// Finds out where a place is. Without an id it is a new one.
///
/// # Errors
/// Complaints about `city` when nobody knows it; whoever knows places is away.
pub async fn locate_place(
    ctx: &Context,
    country: &str,
    id: Option<OwnPlaceId>,
    text: PlaceText,
) -> Result<OwnPlace, Error> {
    let PlaceText { name, city, postal_code, radius_km } = text;
    let sought = Sought { city: city.clone(), country: country.to_owned(), postal_code: postal_code.clone() };
    let Some(there) = ctx.geocoder.locate(&sought).await? else {
        let alike = places_like(ctx, &city, country).await?;
        let alike = if alike.is_empty() { String::new() } else { format!(" Is it {}?", alike.join(", or ")) };
        let words = format!("We do not know this place.{alike} Otherwise type the nearest larger town.");
        return Err(Error::invalid("city", words));
    };
    let position = (there.lat, there.lng);
    Ok(OwnPlace { id: id.unwrap_or_else(|| ctx.id()), name, city, postal_code, position, radius_km })
}

/// A name for a place as it is, so that a form can tell whether somebody changed it meanwhile; nothing for a new one.
#[must_use]
pub fn place_version(place: Option<&OwnPlace>) -> String {
    place.map(|place| seal(&[format!("{place:?}")])).unwrap_or_default()
}

impl Keeping {
    /// A further place of the business.
    #[must_use]
    pub fn place(&self, id: OwnPlaceId) -> Option<&OwnPlace> {
        self.places.iter().find(|place| place.id == id)
    }

    /// Whose weekly hours name a place.
    #[must_use]
    pub fn at_place(&self, id: OwnPlaceId) -> Vec<&str> {
        let named = self.members.iter().filter(|kept| kept.periods.iter().any(|period| period.at == At::Own(id)));
        named.map(|kept| kept.name.as_str()).collect()
    }

    /// With a place that is new, or in the stead of the one with its id.
    pub(super) fn save_place(&mut self, place: &OwnPlace) -> Result<(), Error> {
        let lower = place.name.to_lowercase();
        if self.places.iter().any(|known| known.id != place.id && known.name.to_lowercase() == lower) {
            return Err(Error::invalid("name", "Another of your places has that name."));
        }
        let full = self.places.len() >= MOST_OWN_PLACES;
        match self.places.iter_mut().find(|known| known.id == place.id) {
            Some(known) => known.clone_from(place),
            None if full => {
                return Err(Error::Conflict(format!("A business has at most {MOST_OWN_PLACES} further places.")));
            }
            None => self.places.push(place.clone()),
        }
        Ok(())
    }

    /// Without a place, which no hours name any more.
    pub(super) fn remove_place(&mut self, id: OwnPlaceId) -> Result<(), Error> {
        let names = self.at_place(id).join(", ");
        if !names.is_empty() {
            return Err(Error::Conflict(format!("Weekly hours still name this place: {names}. Change those first.")));
        }
        let before = self.places.len();
        self.places.retain(|place| place.id != id);
        if self.places.len() < before { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Whether hours may be said for there.
    pub(super) fn knows(&self, at: At) -> bool {
        match at {
            At::Everywhere | At::Main => true,
            At::Own(id) => self.place(id).is_some(),
        }
    }
}
