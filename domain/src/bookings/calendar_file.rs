//! A visit as a calendar file (iCalendar, RFC 5545), for phones and mail programs. Instants only, so that
//! no reader has to know our zones.

use super::life::State;
use super::views::BookingView;
use jiff::Timestamp;

/// The file of a booking's visit; `None` for a delivery. `address` is the booking's page.
#[must_use]
pub fn write(booking: &BookingView, address: &str, now: Timestamp) -> Option<String> {
    let (starts, ends) = booking.visit?;
    let called_off = matches!(booking.state, State::Cancelled | State::Declined | State::Expired);
    let status = match booking.state {
        _ if called_off => "CANCELLED",
        State::Held | State::Requested => "TENTATIVE",
        _ => "CONFIRMED",
    };
    let place = [&booking.address.street, &booking.address.postal_code, &booking.address.city];
    let place: Vec<&str> = place.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//ServiceHub//Bookings//EN".to_owned(),
        format!("METHOD:{}", if called_off { "CANCEL" } else { "PUBLISH" }),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@servicehub", booking.reference),
        // Each step of the history is a newer version of the same appointment.
        format!("SEQUENCE:{}", booking.history.len().saturating_sub(1)),
        format!("DTSTAMP:{}", stamp(now)),
        format!("DTSTART:{}", stamp(starts)),
        format!("DTEND:{}", stamp(ends)),
        format!("SUMMARY:{}", escaped(&format!("{} · {}", booking.title, booking.provider_name))),
        format!("LOCATION:{}", escaped(&place.join(", "))),
        format!("DESCRIPTION:{}", escaped(&format!("Booking {} with {}", booking.reference, booking.member_name))),
        format!("URL:{address}"),
        format!("STATUS:{status}"),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Some(lines.iter().map(|line| folded(line)).collect())
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text values escape backslash, semicolon, comma and line ends (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// Lines are at most 75 octets; longer ones continue after a line end and a space (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > 74 {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(letter);
        octets += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out_of_its_line() {
        assert_eq!(escaped("a;b,c\\d\r\ne"), "a\\;b\\,c\\\\d\\ne");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = "ü".repeat(100);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }
}
