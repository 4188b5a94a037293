//! Services as cards, pictures and faces: the catalogue's rows as the kit shows them.

use crate::bookings::words;
use crate::ui::{PictureData, ServiceCardData};
use domain::catalog::search::Hit;
use domain::catalog::{Kind, PICTURE_WIDTHS, Place, Pricing, ServicePicture};
use domain::kernel::Zone;
use domain::pictures::face_address;
use jiff::Timestamp;

/// Shown where a listing has no picture yet.
const NO_PICTURE: &str = "/no-picture.svg";

/// A service in a list.
pub(super) fn card(hit: &Hit, now: Timestamp) -> ServiceCardData {
    let next_free = match hit.kind {
        // Nobody books a time whose price nobody has named.
        _ if hit.pricing == Pricing::Quote => None,
        Kind::Visit => hit.next_free.map(|at| soon(&hit.zone, at, now)),
        Kind::Delivery => Some(in_days(hit.delivery_days)),
    };
    ServiceCardData {
        href: format!("/services/{}", hit.slug),
        picture: picture(hit.picture.as_ref(), false),
        title: hit.title.clone(),
        provider: hit.provider.clone(),
        verified: hit.verified,
        rating: hit.rating,
        reviews: hit.reviews,
        place: (hit.place != Place::Remote).then(|| hit.city.clone()),
        price: hit.pricing.tag(hit.price, &hit.unit),
        price_from: hit.price_from,
        next_free,
        why: None,
        parts: None,
        label: "",
        heart: None,
        mark: String::new(),
    }
}

/// "Tomorrow 10:30"; "Tue 24 Nov 10:30" from a week on.
pub(crate) fn soon(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (words::date(zone, at), words::date(zone, now));
    let far = today.until(day).map_or(true, |span| span.get_days() > 6);
    let day = if far { day.strftime("%a %-d %b").to_string() } else { words::near(day, today) };
    format!("{day} {}", words::clock(zone, at))
}

/// "Free today 10:30": weekdays keep their capital, near days do not.
pub(crate) fn free_words(soon: &str) -> String {
    let near = ["Today", "Tomorrow"].into_iter().find_map(|day| Some((day, soon.strip_prefix(day)?)));
    near.map_or_else(|| format!("Free {soon}"), |(day, rest)| format!("Free {}{rest}", day.to_lowercase()))
}

/// "in 3 days".
pub(super) fn in_days(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "in a day".to_owned(),
        days => format!("in {days} days"),
    }
}

/// A picture of a service in all its sizes. `spoken` pictures say what is to be seen.
pub(crate) fn picture(picture: Option<&ServicePicture>, spoken: bool) -> PictureData {
    let Some(picture) = picture else {
        return PictureData { src: NO_PICTURE.to_owned(), width: 800, height: 600, ..PictureData::default() };
    };
    PictureData {
        colour: picture.colour.clone(),
        alt: if spoken { picture.alt.clone() } else { String::new() },
        ..picture_of(&picture.key)
    }
}

/// The files of a picture by its key.
pub(super) fn picture_of(key: &str) -> PictureData {
    let sizes = PICTURE_WIDTHS.map(|width| format!("{} {width}w", face_address(key, width)));
    PictureData {
        src: format!("/pictures/{key}-800.jpg"),
        srcset: sizes.join(", "),
        width: 800,
        height: 600,
        ..PictureData::default()
    }
}

/// The address of a portrait, `width` being 96, 192 or 384 pixels.
pub(super) fn portrait(key: Option<&str>, width: u32) -> Option<String> {
    key.map(|key| face_address(key, width))
}

/// "1 review", "12 reviews".
pub(crate) fn counted(count: u32, one: &str, many: &str) -> String {
    let words = if count == 1 { one } else { many };
    format!("{} {words}", thousands(count))
}

/// "1,204".
pub(super) fn thousands(count: u32) -> String {
    let digits = count.to_string();
    let head = digits.len() % 3;
    let mut parts: Vec<&str> = Vec::new();
    if head > 0 {
        parts.push(&digits[..head]);
    }
    parts.extend((head..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    parts.join(",")
}

/// The paragraphs of a text people wrote.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.replace("\r\n", "\n");
    lines.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([7, 123, 1204, 1_000_000].map(thousands), ["7", "123", "1,204", "1,000,000"]);
        assert_eq!(counted(1, "review", "reviews"), "1 review");
    }

    #[test]
    fn far_days_have_dates() {
        let zone = Zone::parse("Europe/Berlin").expect("known");
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let now = at("2026-11-02T09:00:00Z");
        assert_eq!(soon(&zone, at("2026-11-03T09:30:00Z"), now), "Tomorrow 10:30");
        assert_eq!(free_words("Tomorrow 10:30"), "Free tomorrow 10:30");
        assert_eq!(free_words("Sunday 10:30"), "Free Sunday 10:30");
        assert_eq!(soon(&zone, at("2026-11-08T09:30:00Z"), now), "Sunday 10:30");
        assert_eq!(soon(&zone, at("2026-11-09T09:30:00Z"), now), "Mon 9 Nov 10:30");
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        assert_eq!(paragraphs("One.\r\n\r\nTwo\nlines.\n\n\n"), ["One.", "Two\nlines."]);
    }
}
