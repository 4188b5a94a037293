//! What somebody looks for. Anything can stand in an address, so everything is brought into bounds here:
//! a search never fails because of how it was asked.

use crate::catalog::Kind;
use crate::kernel::words::visible;
use jiff::civil::Date;
use std::borrow::Cow;

/// Most characters of search words that are looked at.
const LONGEST_WORDS: usize = 200;
/// Most characters of any other value.
const LONGEST_VALUE: usize = 120;
/// Most answers that are asked for at once.
const MOST_ANSWERS: usize = 12;
/// What the names of fields of categories begin with in addresses.
const FIELD: &str = "f.";
/// The widest circle, in kilometres.
pub const WIDEST_KM: u32 = 500;
/// The highest price that can be asked for, in hundredths.
const HIGHEST_CENTS: i64 = 100_000_000;

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What suits best.
    #[default]
    Recommended,
    /// Best rated first.
    Rating,
    /// Cheapest first.
    Price,
    /// Nearest first.
    Distance,
    /// Free soonest first.
    Soonest,
    /// Newest first.
    Newest,
}

impl Sort {
    /// All orders, as people read them.
    pub const ALL: [Self; 6] =
        [Self::Recommended, Self::Rating, Self::Price, Self::Distance, Self::Soonest, Self::Newest];

    /// The name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Rating => "rating",
            Self::Price => "price",
            Self::Distance => "distance",
            Self::Soonest => "soonest",
            Self::Newest => "newest",
        }
    }

    /// The order of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// What somebody looks for; the default is everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuery {
    /// Search words.
    pub words: Option<String>,
    /// Slug of a category; its branches are included.
    pub category: Option<String>,
    /// A town.
    pub place: Option<String>,
    /// A position, latitude and longitude in degrees, instead of a town.
    pub position: Option<(f64, f64)>,
    /// Only so many kilometres away.
    pub radius_km: Option<u32>,
    /// Lowest price, in hundredths of a currency's main unit.
    pub min_cents: Option<i64>,
    /// Highest price, in hundredths of a currency's main unit.
    pub max_cents: Option<i64>,
    /// Lowest average rating × 100.
    pub rating: Option<i32>,
    /// Free on this day.
    pub date: Option<Date>,
    /// Visits or deliveries only.
    pub kind: Option<Kind>,
    /// What services have to say in the fields of the category, as (key of the field, answer): several answers of one
    /// field are alternatives.
    pub answers: Vec<(String, String)>,
    /// The words are meant as they are typed; typing mistakes are not mended.
    pub exact: bool,
    /// The order.
    pub sort: Sort,
    /// Where the last page ended.
    pub after: Option<String>,
}

impl SearchQuery {
    /// Reads the names and values of an address. What cannot be read is as if it were not there.
    pub fn read<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut query = Self::default();
        let (mut lat, mut lng) = (None, None);
        for (name, value) in pairs {
            match name {
                "q" => query.words = tidy(value, LONGEST_WORDS),
                "category" => query.category = tidy(value, LONGEST_VALUE),
                "place" => query.place = tidy(value, LONGEST_VALUE),
                "lat" => lat = degrees(value, 90.0),
                "lng" => lng = degrees(value, 180.0),
                "radius" => query.radius_km = value.trim().parse().ok().map(|km: u32| km.clamp(1, WIDEST_KM)),
                "min_price" => query.min_cents = cents(value),
                "max_price" => query.max_cents = cents(value),
                "rating" => query.rating = rating(value),
                "date" => {
                    query.date = value.trim().parse().ok().filter(|date: &Date| (2000..2200).contains(&date.year()))
                }
                "kind" => query.kind = Kind::parse(value),
                "exact" => query.exact = value == "1",
                "sort" => query.sort = Sort::parse(value).unwrap_or_default(),
                "after" => query.after = tidy(value, LONGEST_VALUE),
                _ => query.answers.extend(name.strip_prefix(FIELD).and_then(|field| answer(field, value))),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        query.answers.retain(|answer| seen.insert(answer.clone()));
        query.answers.truncate(MOST_ANSWERS);
        query.exact &= query.words.is_some();
        query.position = lat.zip(lng);
        if query.min_cents > query.max_cents && query.max_cents.is_some() {
            std::mem::swap(&mut query.min_cents, &mut query.max_cents);
        }
        query
    }

    /// The address's names and values; only what is set.
    #[must_use]
    pub fn pairs(&self) -> Vec<(Cow<'static, str>, String)> {
        let mut pairs = Vec::new();
        let mut put = |name, value: Option<String>| pairs.extend(value.map(|value| (Cow::Borrowed(name), value)));
        put("q", self.words.clone());
        put("exact", self.exact.then(|| "1".to_owned()));
        put("category", self.category.clone());
        put("place", self.place.clone());
        put("lat", self.position.map(|(lat, _)| lat.to_string()));
        put("lng", self.position.map(|(_, lng)| lng.to_string()));
        put("radius", self.radius_km.map(|km| km.to_string()));
        put("min_price", self.min_cents.map(units));
        put("max_price", self.max_cents.map(units));
        put("rating", self.rating.map(|rating| units(i64::from(rating))));
        put("date", self.date.map(|date| date.to_string()));
        put("kind", self.kind.map(|kind| kind.name().to_owned()));
        put("sort", (self.sort != Sort::default()).then(|| self.sort.name().to_owned()));
        put("after", self.after.clone());
        pairs.extend(self.answers.iter().map(|(field, answer)| (format!("{FIELD}{field}").into(), answer.clone())));
        pairs
    }

    /// Whether anything but a category, an order and a page is asked for.
    #[must_use]
    pub const fn narrows(&self) -> bool {
        self.words.is_some()
            || self.place.is_some()
            || self.position.is_some()
            || self.min_cents.is_some()
            || self.max_cents.is_some()
            || self.rating.is_some()
            || self.date.is_some()
            || self.kind.is_some()
            || !self.answers.is_empty()
    }
}

/// Text without what cannot be seen and space around it, cut to `most` characters; `None` if nothing is left.
fn tidy(text: &str, most: usize) -> Option<String> {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = visible(&spaced).chars().take(most).collect();
    // Once more: the cut may go through a family.
    let kept = visible(&cut);
    (!kept.is_empty()).then_some(kept)
}

/// What a field of a category is asked for; nothing where that cannot be a field or an answer. Field and answer are
/// short, because a search that is kept has to fit into a row.
fn answer(field: &str, value: &str) -> Option<(String, String)> {
    let is_key = (1..=60).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    Some((field.to_owned(), tidy(value, LONGEST_VALUE)?)).filter(|_| is_key)
}

fn degrees(text: &str, most: f64) -> Option<f64> {
    let value: f64 = text.trim().parse().ok()?;
    value.is_finite().then(|| (value.clamp(-most, most) * 10_000.0).round() / 10_000.0)
}

fn cents(text: &str) -> Option<i64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    // Clamped far below where a float loses whole cents.
    value.is_finite().then(|| (value * 100.0).round().clamp(0.0, HIGHEST_CENTS as f64) as i64)
}

fn rating(text: &str) -> Option<i32> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    value.is_finite().then(|| (value * 100.0).round().clamp(100.0, 500.0) as i32)
}

/// Hundredths as people type them: 450 is `4.5`.
fn units(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => (hundredths / 100).to_string(),
        rest if rest % 10 == 0 => format!("{}.{}", hundredths / 100, rest / 10),
        rest => format!("{}.{rest:02}", hundredths / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_values_are_brought_into_bounds() {
        let long = "x".repeat(10_000);
        let query = SearchQuery::read([
            ("q", long.as_str()),
            ("category", "\0\u{1b}"),
            ("lat", "NaN"),
            ("lng", "1e999"),
            ("radius", "4000000000"),
            ("min_price", "1e300"),
            ("max_price", "-5"),
            ("rating", "99"),
            ("date", "-009999-01-01"),
            ("sort", "'; DROP TABLE services"),
            ("unknown", "ignored"),
            ("f.", "nameless"),
            ("f.NO WAY", "no key"),
            ("f.products", "\0"),
            ("exact", "1"),
        ]);
        assert!(query.answers.is_empty());
        assert_eq!(query.words.as_ref().map(String::len), Some(200));
        assert_eq!((query.category, query.position, query.date), (None, None, None));
        assert_eq!(query.radius_km, Some(500));
        assert_eq!((query.min_cents, query.max_cents), (Some(0), Some(100_000_000)));
        assert_eq!((query.rating, query.sort), (Some(500), Sort::Recommended));
        assert_eq!(SearchQuery::read([("q", "\0 \n"), ("exact", "1")]), SearchQuery::default());
        let many: Vec<String> = (0..100).map(|n| format!("f.field-{}", n / 2)).collect();
        assert_eq!(SearchQuery::read(many.iter().map(|name| (name.as_str(), "yes"))).answers.len(), 12);
    }

    #[test]
    fn an_address_survives_being_read_and_written() {
        let pairs = [
            ("q", "leaking tap 🚿"),
            ("category", "plumbing"),
            ("place", "Berlin"),
            ("radius", "25"),
            ("min_price", "20"),
            ("max_price", "99.50"),
            ("rating", "4.5"),
            ("date", "2026-11-24"),
            ("kind", "visit"),
            ("sort", "price"),
            ("after", "4500~0197"),
            ("exact", "1"),
            ("f.products", "Usual brands & more"),
            ("f.products", "Yours"),
            ("f.insured", "yes"),
        ];
        let query = SearchQuery::read(pairs);
        let written = query.pairs();
        let again = SearchQuery::read(written.iter().map(|(name, value)| (name.as_ref(), value.as_str())));
        assert_eq!(query, again);
        assert_eq!(written.len(), pairs.len());
    }
}
