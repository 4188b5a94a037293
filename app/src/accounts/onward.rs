//! Where people go on to: back to what they wanted when they were asked to sign in, or home.

use crate::request::local_path;
use domain::kernel::Actor;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Pages that make no sense as a place to go on to.
const DOORS: &[&str] = &["/login", "/register", "/logout"];

/// The path in a `next` parameter, if it is a place on our site.
pub(super) fn wanted(next: &str) -> Option<String> {
    let path = local_path(next, "");
    let place = path.split(['?', '#']).next().unwrap_or_default();
    (!path.is_empty() && !DOORS.contains(&place.trim_end_matches('/'))).then_some(path)
}

/// Where a signed-in person is at home, with the name of the message to show there.
pub(super) fn home(actor: &Actor, said: Option<&str>) -> String {
    let place = match actor {
        actor if actor.is_operator() => "/admin",
        actor if actor.asleep => "/account/security",
        actor if actor.memberships.is_empty() => "/",
        _ => "/provider",
    };
    match said {
        Some(said) => format!("{place}?said={}", utf8_percent_encode(said, NON_ALPHANUMERIC)),
        None => place.to_owned(),
    }
}

/// A door (`/login`, `/register`) that remembers where people want to go.
pub(super) fn door(path: &str, next: Option<&str>, said: Option<&str>) -> String {
    let pairs = [("said", said), ("next", next)];
    let query: Vec<String> = pairs
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", utf8_percent_encode(value?, NON_ALPHANUMERIC))))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The field that carries the wanted place through a form.
pub(super) fn carried(next: Option<&str>) -> impl IntoView + use<> {
    next.map(|next| view! { <input type="hidden" name="next" value=next.to_owned()/> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_our_site_are_kept_as_they_are() {
        for place in [
            "/",
            "/bookings",
            "/bookings/SH-7K3MQ2XD",
            "/services?q=leak&category=plumbing",
            "/services/fix-a-leak/book?start=2026-11-03T09%3A00Z#pay",
            "/a//b",
            "/login-help",
            "/services?next=//evil.example",
            "/provider/calendar?week=2026-W45",
            "/%2F%2Fevil.example",
        ] {
            assert_eq!(wanted(place).as_deref(), Some(place));
        }
    }

    /// What browsers read as another site, as a script, or as a second header.
    #[test]
    fn no_way_leads_off_our_site() {
        for trap in [
            "",
            " ",
            "bookings",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/\\/evil.example",
            "http://evil.example",
            "https:evil.example",
            "https:/evil.example",
            "HTTPS://evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "mailto:a@evil.example",
            "@evil.example",
            "?next=/",
            "#top",
            "./bookings",
            "../bookings",
            " //evil.example",
            " /bookings",
            "\t//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/bookings\r\nSet-Cookie: a=b",
            "/bookings\0",
            "/böokings",
            "/a b",
            "/\u{2028}evil",
            "/\"><script>",
            "/<script>",
            "/\u{ff0f}evil.example",
            "\u{feff}/bookings",
        ] {
            assert_eq!(wanted(trap), None, "{trap:?}");
        }
    }

    #[test]
    fn doors_do_not_lead_to_doors() {
        for door in ["/login", "/login/", "/login?next=/login", "/register", "/register#form", "/logout"] {
            assert_eq!(wanted(door), None, "{door}");
        }
    }

    #[test]
    fn a_door_remembers() {
        assert_eq!(door("/login", None, None), "/login");
        let address = door("/login", Some("/services?q=a&b"), Some("registered"));
        assert_eq!(address, "/login?said=registered&next=%2Fservices%3Fq%3Da%26b");
    }
}
