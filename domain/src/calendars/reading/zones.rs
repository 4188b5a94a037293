//! Zones as calendars name them: like the rest of the world, like Windows, like nobody else but with the offsets beside.

use super::line::Line;
use jiff::tz::{Offset, TimeZone};
use std::collections::HashMap;

/// What Windows calls the zones people live in (Unicode CLDR, windowsZones.xml, territory 001).
const WINDOWS: &[(&str, &str)] = &[
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Azores Standard Time", "Atlantic/Azores"),
    ("Cape Verde Standard Time", "Atlantic/Cape_Verde"),
    ("Central America Standard Time", "America/Guatemala"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Standard Time", "America/Chicago"),
    ("China Standard Time", "Asia/Shanghai"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Eastern Standard Time", "America/New_York"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GMT Standard Time", "Europe/London"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("India Standard Time", "Asia/Calcutta"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Mountain Standard Time", "America/Denver"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("UTC", "UTC"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

/// The zones of one text.
pub(super) struct Zones {
    default: TimeZone,
    described: HashMap<String, Described>,
    open: Described,
    open_name: String,
    part: Part,
}

/// A zone as the text describes it.
#[derive(Default)]
struct Described {
    location: Option<String>,
    standard: Option<Offset>,
    daylight: Option<Offset>,
}

#[derive(Default, PartialEq, Eq)]
enum Part {
    #[default]
    Whole,
    Standard,
    Daylight,
}

impl Zones {
    pub fn new(default: TimeZone) -> Self {
        Self {
            default,
            described: HashMap::new(),
            open: Described::default(),
            open_name: String::new(),
            part: Part::Whole,
        }
    }

    /// The zone of times that name none.
    pub const fn default(&self) -> &TimeZone {
        &self.default
    }

    /// The calendar names its own zone.
    pub fn say_default(&mut self, name: &str) {
        if let Some(zone) = known(name) {
            self.default = zone;
        }
    }

    pub fn enter(&mut self, component: &str) {
        match component {
            "VTIMEZONE" => (self.open, self.open_name, self.part) = (Described::default(), String::new(), Part::Whole),
            "STANDARD" => self.part = Part::Standard,
            "DAYLIGHT" => self.part = Part::Daylight,
            _ => {}
        }
    }

    pub fn leave(&mut self, component: &str) {
        if component == "VTIMEZONE" {
            self.described.insert(std::mem::take(&mut self.open_name), std::mem::take(&mut self.open));
        }
        self.part = Part::Whole;
    }

    pub fn take(&mut self, line: &Line) {
        match line.name.as_str() {
            "TZID" => self.open_name.clone_from(&line.value),
            "X-LIC-LOCATION" => self.open.location = Some(line.value.clone()),
            "TZOFFSETTO" => match self.part {
                Part::Standard => self.open.standard = offset(&line.value),
                Part::Daylight => self.open.daylight = offset(&line.value),
                Part::Whole => {}
            },
            _ => {}
        }
    }

    /// The zone of a name. A zone of the text's own that changes its clocks and says nothing else about itself is not
    /// guessed at: an hour wrong is worse than a word about it.
    pub fn find(&self, name: &str) -> Option<TimeZone> {
        known(name).or_else(|| {
            let described = self.described.get(name)?;
            described.location.as_deref().and_then(known).or_else(|| {
                let steady = described.daylight.is_none() || described.daylight == described.standard;
                described.standard.filter(|_| steady).map(TimeZone::fixed)
            })
        })
    }
}

/// A zone the world knows; also with something before its name, as some programs write it.
fn known(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    if let Some((_, ours)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)) {
        return TimeZone::get(ours).ok();
    }
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1)).take(8);
    starts.filter_map(|at| name.get(at..)).filter(|part| !part.is_empty()).find_map(|part| TimeZone::get(part).ok())
}

/// `+0200`, `-033000`.
fn offset(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    if digits.len() < 4 || !digits.is_ascii() {
        return None;
    }
    Offset::from_seconds(sign * (part(0)? * 3600 + part(2)? * 60 + part(4)?)).ok()
}
