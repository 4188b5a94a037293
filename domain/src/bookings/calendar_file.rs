//! Appointments as calendar files and feeds (iCalendar, RFC 5545), for phones and mail programs. Instants only, so
//! that no reader has to know our zones.

use super::life::{Capacity, State};
use super::views::BookingView;
use jiff::Timestamp;

/// What the second half of our unique names is; reading calendars of others knows our own by it.
pub const OURS: &str = "@servicehub";

/// How an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Asked for.
    Tentative,
    /// Agreed.
    Confirmed,
    /// Called off. It stays in feeds for a while, so that calendars take it out.
    Cancelled,
}

impl Standing {
    /// How the appointment of a booking in this state stands.
    #[must_use]
    pub const fn of(state: State) -> Self {
        match state {
            State::Cancelled | State::Declined | State::Expired => Self::Cancelled,
            State::Held | State::Requested => Self::Tentative,
            _ => Self::Confirmed,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// An entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The same for ever: a booking's reference, a block's id.
    pub name: String,
    /// Rises with every change.
    pub sequence: i64,
    /// When it was last changed.
    pub changed: Timestamp,
    /// First instant.
    pub starts: Timestamp,
    /// First instant after.
    pub ends: Timestamp,
    /// One line.
    pub summary: String,
    /// Where; empty when nobody says.
    pub place: String,
    /// More words; may be empty.
    pub about: String,
    /// The page it is about.
    pub page: Option<String>,
    /// How it stands.
    pub standing: Standing,
}

/// The file of a booking's visit for whoever looks at it, with the name of the other side; `None` for a delivery. `address`
/// is the booking's page.
#[must_use]
pub fn write(booking: &BookingView, address: &str, now: Timestamp) -> Option<String> {
    let (starts, ends) = booking.visit?;
    let other = match booking.capacity {
        Some(Capacity::Provider) => &booking.customer_name,
        _ => &booking.provider_name,
    };
    let appointment = Appointment {
        name: booking.reference.clone(),
        // Each step of the history is a newer version of the same appointment.
        sequence: i64::try_from(booking.history.len()).unwrap_or(i64::MAX).saturating_sub(1),
        changed: now,
        starts,
        ends,
        summary: format!("{} · {other}", booking.title),
        place: booking.address.line().unwrap_or_default(),
        about: format!("Booking {} with {}", booking.reference, booking.member_name),
        page: Some(address.to_owned()),
        standing: Standing::of(booking.state),
    };
    let method = if appointment.standing == Standing::Cancelled { "CANCEL" } else { "PUBLISH" };
    Some(file(&[format!("METHOD:{method}")], std::slice::from_ref(&appointment)))
}

/// A calendar to subscribe to. The same appointments make the same text, whenever it is written. Programs are asked to
/// look again every half an hour.
#[must_use]
pub fn feed(title: &str, appointments: &[Appointment]) -> String {
    let head = [
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(title)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT30M".to_owned(),
        "X-PUBLISHED-TTL:PT30M".to_owned(),
    ];
    file(&head, appointments)
}

/// An appointment for one person's calendar, as mail programs understand it (RFC 5546): an invitation that is accepted
/// already, a newer version of it by its sequence, or its end. The organizer is the marketplace, and the only one invited
/// is the reader, so that nobody learns another's address.
#[must_use]
pub fn invitation(appointment: &Appointment, organizer: &str, (name, address): (&str, &str)) -> String {
    let method = if appointment.standing == Standing::Cancelled { "CANCEL" } else { "REQUEST" };
    let mut lines = beginning();
    lines.push(format!("METHOD:{method}"));
    let people = [
        format!("ORGANIZER;CN=ServiceHub:{}", mailto(organizer)),
        format!(
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN={}:{}",
            quoted(name),
            mailto(address)
        ),
    ];
    event(&mut lines, appointment, &people);
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// An address as RFC 6068 writes it: what means something in an address of the web is written as numbers.
fn mailto(address: &str) -> String {
    let sign = |byte: u8| {
        let plain = byte.is_ascii_alphanumeric() || b"@.!$'*+-=_~".contains(&byte);
        if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    format!("mailto:{}", address.bytes().map(sign).collect::<String>())
}

/// The value of a parameter cannot hold quotes and control characters (RFC 5545, 3.2), so they go.
fn quoted(name: &str) -> String {
    let kept: String = name.chars().filter(|letter| !letter.is_control() && *letter != '"').collect();
    format!("\"{kept}\"")
}

fn beginning() -> Vec<String> {
    let beginning = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ServiceHub//Bookings//EN", "CALSCALE:GREGORIAN"];
    beginning.into_iter().map(str::to_owned).collect()
}

fn file(head: &[String], appointments: &[Appointment]) -> String {
    let mut lines = beginning();
    lines.extend_from_slice(head);
    for appointment in appointments {
        event(&mut lines, appointment, &[]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(lines: &mut Vec<String>, of: &Appointment, people: &[String]) {
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}{OURS}", of.name),
        format!("SEQUENCE:{}", of.sequence),
        format!("DTSTAMP:{}", stamp(of.changed)),
        format!("DTSTART:{}", stamp(of.starts)),
        format!("DTEND:{}", stamp(of.ends)),
        format!("SUMMARY:{}", escaped(&of.summary)),
    ]);
    lines.extend_from_slice(people);
    for (property, words) in [("LOCATION", &of.place), ("DESCRIPTION", &of.about)] {
        if !words.is_empty() {
            lines.push(format!("{property}:{}", escaped(words)));
        }
    }
    lines.extend(of.page.iter().map(|page| format!("URL:{page}")));
    lines.push(format!("STATUS:{}", of.standing.name()));
    lines.push("END:VEVENT".to_owned());
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text values escape backslash, semicolon, comma and line ends (RFC 5545, 3.3.11). Other control characters have no
/// place in them.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    let text = text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n");
    text.chars().filter(|letter| !letter.is_control() || *letter == '\t').collect()
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
        assert_eq!(escaped("a;b,c\\d\r\ne\u{7}\u{b}"), "a\\;b\\,c\\\\d\\ne");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = "ü".repeat(100);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn an_invitation_names_who_invites_and_who_is_invited_and_nothing_breaks_out() {
        let one = Appointment {
            name: "SH-7K3MQ2XD".to_owned(),
            sequence: 2,
            changed: Timestamp::UNIX_EPOCH,
            starts: Timestamp::UNIX_EPOCH,
            ends: Timestamp::UNIX_EPOCH,
            summary: "Fix a leak".to_owned(),
            place: String::new(),
            about: String::new(),
            page: None,
            standing: Standing::Confirmed,
        };
        let evil = ("Ana \"Lima\"\r\nATTENDEE:mailto:all@example.org", "ana?subject=x&to=%20@example.org");
        let text = invitation(&one, "hello@hub.example", evil).replace("\r\n ", "");
        let line = |start: &str| text.lines().filter(|line| line.starts_with(start)).collect::<Vec<_>>();
        assert_eq!(line("METHOD"), ["METHOD:REQUEST"]);
        assert_eq!(line("ORGANIZER"), ["ORGANIZER;CN=ServiceHub:mailto:hello@hub.example"]);
        let invited = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;\
            CN=\"Ana LimaATTENDEE:mailto:all@example.org\":mailto:ana%3Fsubject=x%26to=%2520@example.org";
        assert_eq!(line("ATTENDEE"), [invited]);
        let over = Appointment { standing: Standing::Cancelled, ..one };
        let over = invitation(&over, "hello@hub.example", ("Ana", "ana@example.org"));
        assert!(over.contains("\r\nMETHOD:CANCEL\r\n") && over.contains("\r\nSTATUS:CANCELLED\r\n"));
    }

    #[test]
    fn a_feed_says_nothing_of_when_it_was_written() {
        let one = Appointment {
            name: "SH-7K3MQ2XD".to_owned(),
            sequence: 3,
            changed: Timestamp::UNIX_EPOCH,
            starts: Timestamp::UNIX_EPOCH,
            ends: Timestamp::MAX,
            summary: "Fix a leak, at once".to_owned(),
            place: String::new(),
            about: String::new(),
            page: None,
            standing: Standing::Cancelled,
        };
        let feed = feed("Work; and more", std::slice::from_ref(&one));
        for line in ["UID:SH-7K3MQ2XD@servicehub", "SEQUENCE:3", "DTSTAMP:19700101T000000Z", "STATUS:CANCELLED"] {
            assert!(feed.lines().any(|found| found == line), "{line}: {feed}");
        }
        assert!(
            feed.contains("SUMMARY:Fix a leak\\, at once\r\n") && feed.contains("X-WR-CALNAME:Work\\; and more\r\n")
        );
        assert!(!feed.contains("LOCATION") && !feed.contains("DESCRIPTION") && !feed.contains("URL"));
    }
}
