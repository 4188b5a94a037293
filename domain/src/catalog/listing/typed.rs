//! A listing as the fields of a form, there and back. What a form does not show stays as it was.

use super::{Listing, ListingExtra, ListingPackage, questions, surcharges, told_field, unit};
use crate::catalog::{BookingMode, CancellationPolicy, Kind, Place, Pricing, Tier};
use crate::kernel::{CategoryId, Currency, ExtraId, FieldErrors, MemberId, Money};
use uuid::Uuid;

/// The most extras a service has.
pub const MOST_EXTRAS: usize = 20;
/// The most lines of what is included.
const MOST_LINES: usize = 20;

/// The fields of a form, by name, as they were sent.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// A field without the space around it; empty if it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).unwrap_or_default().trim()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn given(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }
}

/// The name of a field of an extra.
#[must_use]
pub fn extra_field(row: usize, what: &str) -> String {
    format!("extra-{row}-{what}")
}

/// The name of a field of a package.
#[must_use]
pub fn package_field(tier: Tier, what: &str) -> String {
    format!("package-{}-{what}", tier.name())
}

/// How many rows of extras a form has.
#[must_use]
pub fn extra_rows(typed: &Typed) -> usize {
    (0..MOST_EXTRAS).take_while(|row| typed.given(&extra_field(*row, "name"))).count()
}

/// Reads a form into a listing. Fields that were not sent stay as they are in `base`; what cannot be read stays as well,
/// with a complaint beside it. Extras that are new have no id yet ([`Uuid::nil`]).
#[must_use]
pub fn read(typed: &Typed, base: &Listing) -> (Listing, FieldErrors) {
    let mut form = Reading { typed, wrong: FieldErrors::new() };
    let mut listing = base.clone();
    form.line("title", &mut listing.title, 120);
    form.line("summary", &mut listing.summary, 300);
    form.story("description", &mut listing.description, 10_000);
    form.chosen("category", &mut listing.category, |word| word.parse().ok().map(CategoryId));
    form.chosen("kind", &mut listing.kind, Kind::parse);
    form.chosen("pricing", &mut listing.pricing, Pricing::parse);
    form.chosen("currency", &mut listing.currency, Currency::parse);
    form.lines("includes", &mut listing.includes);
    let currency = listing.currency;
    form.price("price", &mut listing.price_minor, currency);
    form.unit(&mut listing.unit);
    if matches!(listing.pricing, Pricing::Packages | Pricing::Quote) {
        listing.price_minor = None;
    }
    form.number("duration_min", &mut listing.duration_min, (5, 1440), "minutes");
    form.number("max_duration_min", &mut listing.max_duration_min, (5, 1440), "minutes");
    form.number("delivery_days", &mut listing.delivery_days, (0, 365), "days");
    listing.packages = form.packages(base, currency);
    listing.extras = form.extras(base, currency);
    form.questions(&mut listing.questions);
    form.surcharges(&mut listing.surcharges);
    form.chosen("booking_mode", &mut listing.booking_mode, BookingMode::parse);
    form.chosen("cancellation_policy", &mut listing.cancellation_policy, CancellationPolicy::parse);
    form.chosen("place", &mut listing.place, Place::parse);
    form.line("city", &mut listing.city, 120);
    form.number("radius_km", &mut listing.radius_km, (1, 500), "kilometres");
    form.number("slot_interval_min", &mut listing.slot_interval_min, (5, 1440), "minutes");
    form.number("buffer_before_min", &mut listing.buffer_before_min, (0, 480), "minutes");
    form.number("buffer_after_min", &mut listing.buffer_after_min, (0, 480), "minutes");
    form.number("min_notice_min", &mut listing.min_notice_min, (0, 43_200), "minutes");
    form.number("horizon_days", &mut listing.horizon_days, (1, 365), "days");
    form.limit(&mut listing.daily_limit);
    form.members(&mut listing.members);
    if listing.pricing != Pricing::Hourly {
        listing.max_duration_min = listing.duration_min;
    }
    if listing.kind == Kind::Delivery {
        listing.place = Place::Remote;
    }
    (listing, form.wrong)
}

pub(super) struct Reading<'t> {
    pub(super) typed: &'t Typed,
    pub(super) wrong: FieldErrors,
}

impl Reading<'_> {
    pub(super) fn line(&mut self, name: &str, into: &mut String, most: usize) {
        if self.typed.given(name) {
            let words = self.typed.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
            self.bounded(name, into, words, most);
        }
    }

    fn story(&mut self, name: &str, into: &mut String, most: usize) {
        if self.typed.given(name) {
            let words = self.typed.text(name).to_owned();
            self.bounded(name, into, words, most);
        }
    }

    fn bounded(&mut self, name: &str, into: &mut String, words: String, most: usize) {
        if words.chars().count() > most {
            self.wrong.add(name, format!("Please keep it under {most} characters."));
        } else {
            *into = words;
        }
    }

    pub(super) fn chosen<T>(&mut self, name: &str, into: &mut T, parse: impl Fn(&str) -> Option<T>) {
        if self.typed.given(name) {
            match parse(self.typed.text(name)) {
                Some(value) => *into = value,
                None => self.wrong.add(name, "Choose one of these."),
            }
        }
    }

    fn lines(&mut self, name: &str, into: &mut Vec<String>) {
        if !self.typed.given(name) {
            return;
        }
        let lines: Vec<String> = self.typed.text(name).lines().map(str::trim).map(str::to_owned).collect();
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if lines.len() > MOST_LINES {
            self.wrong.add(name, format!("Please keep it under {MOST_LINES} lines."));
        } else if lines.iter().any(|line| line.chars().count() > 120) {
            self.wrong.add(name, "Please keep each line under 120 characters.");
        } else {
            *into = lines;
        }
    }

    fn price(&mut self, name: &str, into: &mut Option<i64>, currency: Currency) {
        if !self.typed.given(name) {
            return;
        }
        let typed = self.typed.text(name);
        match Money::parse(typed, currency) {
            _ if typed.is_empty() => *into = None,
            // A million of the main unit is no price of a service.
            Ok(money) if money.minor <= 1_000_000 * 10_i64.pow(currency.digits()) => *into = Some(money.minor),
            Ok(_) => self.wrong.add(name, "That is more than a service can cost here."),
            Err(_) => self.wrong.add(name, format!("Give an amount like {}.", currency.example())),
        }
    }

    pub(super) fn number(&mut self, name: &str, into: &mut u32, (least, most): (u32, u32), unit: &str) {
        if self.typed.given(name) {
            match self.typed.text(name).parse::<u32>() {
                Ok(number) if (least..=most).contains(&number) => *into = number,
                _ => self.wrong.add(name, format!("Give a number of {unit} from {least} to {most}.")),
            }
        }
    }

    fn limit(&mut self, into: &mut Option<u32>) {
        if !self.typed.given("daily_limit") {
            return;
        }
        match (self.typed.text("daily_limit"), self.typed.text("daily_limit").parse::<u32>()) {
            ("", _) => *into = None,
            (_, Ok(most)) if (1..=100).contains(&most) => *into = Some(most),
            _ => self.wrong.add("daily_limit", "Give a number from 1 to 100, or leave it empty for no limit."),
        }
    }

    fn members(&mut self, into: &mut Vec<MemberId>) {
        // A form that shows boxes says so, because boxes that are not ticked are not sent.
        if self.typed.given("members-shown") {
            let ticked = self.typed.0.iter().filter(|(name, _)| name == "member");
            *into = ticked.filter_map(|(_, id)| id.trim().parse().ok().map(MemberId)).collect();
        }
    }

    fn packages(&mut self, base: &Listing, currency: Currency) -> Vec<ListingPackage> {
        Tier::ALL.iter().filter_map(|tier| self.package(*tier, base, currency)).collect()
    }

    /// A tier that says nothing is not offered.
    fn package(&mut self, tier: Tier, base: &Listing, currency: Currency) -> Option<ListingPackage> {
        let field = |what: &str| package_field(tier, what);
        if !self.typed.given(&field("name")) {
            return base.package(tier).cloned();
        }
        let mut package = base.package(tier).cloned().unwrap_or_else(|| ListingPackage {
            tier,
            name: String::new(),
            description: String::new(),
            includes: Vec::new(),
            price_minor: None,
            duration_min: base.duration_min,
            delivery_days: base.delivery_days,
            revisions: 0,
        });
        self.line(&field("name"), &mut package.name, 60);
        self.line(&field("description"), &mut package.description, 300);
        self.lines(&field("includes"), &mut package.includes);
        self.price(&field("price"), &mut package.price_minor, currency);
        self.number(&field("duration"), &mut package.duration_min, (5, 1440), "minutes");
        self.number(&field("days"), &mut package.delivery_days, (0, 365), "days");
        self.number(&field("revisions"), &mut package.revisions, (0, 20), "rounds");
        let said =
            ["name", "description", "includes", "price"].iter().any(|what| !self.typed.text(&field(what)).is_empty());
        said.then_some(package)
    }

    fn extras(&mut self, base: &Listing, currency: Currency) -> Vec<ListingExtra> {
        if !self.typed.given("extras-shown") {
            return base.extras.clone();
        }
        let mut found = Vec::new();
        for row in 0..extra_rows(self.typed) {
            let field = |what: &str| extra_field(row, what);
            let said = ["name", "price"].iter().any(|what| !self.typed.text(&field(what)).is_empty());
            if !said {
                continue;
            }
            // Only what is one's own keeps its id.
            let id = self.typed.text(&field("id")).parse().map(ExtraId).ok();
            let known = id.and_then(|id| base.extras.iter().find(|extra| extra.id == id)).cloned();
            let mut extra = known.unwrap_or_else(|| ListingExtra {
                id: ExtraId(Uuid::nil()),
                name: String::new(),
                price_minor: None,
                extra_min: 0,
                extra_days: 0,
            });
            self.line(&field("name"), &mut extra.name, 80);
            self.price(&field("price"), &mut extra.price_minor, currency);
            self.number(&field("minutes"), &mut extra.extra_min, (0, 480), "minutes");
            self.number(&field("days"), &mut extra.extra_days, (0, 60), "days");
            found.push(extra);
        }
        found
    }
}

/// The fields a form starts with.
#[must_use]
pub fn fields(listing: &Listing) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut put = |name: String, value: String| all.push((name, value));
    let price = |minor: Option<i64>| minor.map_or_else(String::new, |minor| amount(minor, listing.currency));
    for (name, value) in [
        ("title", listing.title.clone()),
        ("summary", listing.summary.clone()),
        ("description", listing.description.clone()),
        ("category", listing.category.0.to_string()),
        ("kind", listing.kind.name().to_owned()),
        ("pricing", listing.pricing.name().to_owned()),
        ("currency", listing.currency.code().to_owned()),
        ("includes", listing.includes.join("\n")),
        ("price", price(listing.price_minor)),
        ("duration_min", listing.duration_min.to_string()),
        ("max_duration_min", listing.max_duration_min.to_string()),
        ("delivery_days", listing.delivery_days.to_string()),
        ("booking_mode", listing.booking_mode.name().to_owned()),
        ("cancellation_policy", listing.cancellation_policy.name().to_owned()),
        ("place", listing.place.name().to_owned()),
        ("city", listing.city.clone()),
        ("radius_km", listing.radius_km.to_string()),
        ("slot_interval_min", listing.slot_interval_min.to_string()),
        ("buffer_before_min", listing.buffer_before_min.to_string()),
        ("buffer_after_min", listing.buffer_after_min.to_string()),
        ("min_notice_min", listing.min_notice_min.to_string()),
        ("horizon_days", listing.horizon_days.to_string()),
        ("daily_limit", listing.daily_limit.map_or_else(String::new, |most| most.to_string())),
        ("extras-shown", "yes".to_owned()),
        ("members-shown", "yes".to_owned()),
    ] {
        put(name.to_owned(), value);
    }
    for tier in Tier::ALL {
        let package = listing.package(*tier);
        let text = |of: &dyn Fn(&ListingPackage) -> String| package.map_or_else(String::new, of);
        let number = |of: &dyn Fn(&ListingPackage) -> u32, usual: u32| package.map_or(usual, of).to_string();
        put(package_field(*tier, "name"), text(&|one| one.name.clone()));
        put(package_field(*tier, "description"), text(&|one| one.description.clone()));
        put(package_field(*tier, "includes"), text(&|one| one.includes.join("\n")));
        put(package_field(*tier, "price"), text(&|one| price(one.price_minor)));
        put(package_field(*tier, "duration"), number(&|one| one.duration_min, listing.duration_min));
        put(package_field(*tier, "days"), number(&|one| one.delivery_days, listing.delivery_days));
        put(package_field(*tier, "revisions"), number(&|one| one.revisions, 0));
    }
    for (row, extra) in listing.extras.iter().enumerate() {
        put(extra_field(row, "id"), extra.id.0.to_string());
        put(extra_field(row, "name"), extra.name.clone());
        put(extra_field(row, "price"), price(extra.price_minor));
        put(extra_field(row, "minutes"), extra.extra_min.to_string());
        put(extra_field(row, "days"), extra.extra_days.to_string());
    }
    for (field, told) in &listing.told {
        put(told_field(*field), told.value.clone());
    }
    unit::fields(listing, &mut put);
    questions::fields(listing, &mut put);
    surcharges::fields(listing, &mut put);
    for member in &listing.members {
        put("member".to_owned(), member.0.to_string());
    }
    all
}

/// An amount as it is typed: without the commas that group thousands.
fn amount(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).amount().replace(',', "")
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::{leak, package};
    use super::*;
    use proptest::prelude::*;

    fn with(name: &str, value: &str) -> Typed {
        let mut all = fields(&leak());
        all.retain(|(field, _)| field != name);
        all.push((name.to_owned(), value.to_owned()));
        Typed(all)
    }

    #[test]
    fn a_form_that_comes_back_untouched_changes_nothing() {
        let packages = vec![package(Tier::Basic, 5000), package(Tier::Premium, 123_450)];
        let tiers = Listing { pricing: Pricing::Packages, price_minor: None, packages, ..leak() };
        for listing in [leak(), tiers] {
            let (read, wrong) = read(&Typed(fields(&listing)), &listing);
            assert_eq!((read, wrong.is_empty()), (listing, true));
        }
    }

    #[test]
    fn what_is_not_shown_stays() {
        let (read, wrong) = read(&Typed(vec![("title".into(), " A  new   title ".into())]), &leak());
        assert_eq!((read, wrong.is_empty()), (Listing { title: "A new title".into(), ..leak() }, true));
    }

    #[test]
    fn nonsense_is_told_beside_its_field_and_changes_nothing() {
        for (field, typed) in [
            ("price", "cheap"),
            ("price", "1.234"),
            ("price", "99999999"),
            ("duration_min", "4"),
            ("radius_km", "-3"),
            ("daily_limit", "0"),
            ("kind", "gift"),
            ("category", "plumbing"),
            ("currency", "XYZ"),
            ("extra-0-price", "x"),
        ] {
            let (read, wrong) = read(&with(field, typed), &leak());
            assert!(wrong.of(field).is_some(), "{field} = {typed}");
            assert_eq!(read, leak(), "{field} = {typed}");
        }
    }

    #[test]
    fn empty_rows_are_no_extras_and_foreign_ids_are_not_kept() {
        let mut typed = with("extra-0-name", "");
        typed.0.retain(|(name, _)| name != "extra-0-price");
        assert_eq!(read(&typed, &leak()).0.extras, []);
        let stranger = with("extra-0-id", &Uuid::from_u128(99).to_string());
        assert_eq!(read(&stranger, &leak()).0.extras[0].id, ExtraId(Uuid::nil()));
    }

    proptest! {
        #[test]
        fn prices_come_back_as_they_were(minor in 0_i64..100_000_000) {
            let listing = Listing { price_minor: Some(minor), ..leak() };
            prop_assert_eq!(read(&Typed(fields(&listing)), &leak()).0.price_minor, Some(minor));
        }

        #[test]
        fn nothing_typed_breaks_it(name in "[a-z_0-9-]{0,20}", value in "\\PC{0,60}") {
            let _ = read(&with(&name, &value), &leak());
        }
    }
}
