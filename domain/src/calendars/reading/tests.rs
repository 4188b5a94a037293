//! Calendars as people have them, with traps; and rules against what another program makes of them.

use super::*;
use jiff::SignedDuration;
use serde::Deserialize;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

/// November of 2026, when it is winter in Berlin: an hour before the rest of the world.
fn november() -> TimeRange {
    TimeRange::new(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z")).expect("a month")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:a\r\n{}\r\nEND:VEVENT\r\n", lines.trim().replace('\n', "\r\n"))
}

fn calendar(inside: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n")
}

/// What a calendar of one or more events says of November.
fn read(events: &[&str]) -> Busy {
    let inside: String = events.iter().map(|lines| event(lines)).collect();
    busy(&calendar(&inside), november(), &berlin()).expect("not too much")
}

/// Beginning and end in short.
fn told(busy: &Busy) -> Vec<String> {
    let short = |at: Timestamp| at.strftime("%d %H:%M").to_string();
    busy.stretches.iter().map(|range| format!("{}-{}", short(range.start), short(range.end))).collect()
}

#[test]
fn single_events_are_busy_times() {
    for (lines, busy) in [
        ("DTSTART:20261103T090000Z\nDTEND:20261103T100000Z", "03 09:00-03 10:00"),
        ("DTSTART;TZID=Europe/Berlin:20261103T090000\nDTEND;TZID=Europe/Berlin:20261103T100000", "03 08:00-03 09:00"),
        (
            "DTSTART;TZID=\"/mozilla.org/20050126_1/America/New_York\":20261103T090000\nDURATION:PT1H30M",
            "03 14:00-03 15:30",
        ),
        ("DTSTART;TZID=W. Europe Standard Time:20261103T090000\nDURATION:P1D", "03 08:00-04 08:00"),
        ("DTSTART:20261103T090000\nDURATION:PT30M", "03 08:00-03 08:30"),
        ("DTSTART;VALUE=DATE:20261103\nDTEND;VALUE=DATE:20261105", "02 23:00-04 23:00"),
        ("DTSTART;VALUE=DATE:20261103", "02 23:00-03 23:00"),
        ("DTSTART;VALUE=DATE:20261020\nDTEND;VALUE=DATE:20261102", "01 00:00-01 23:00"),
        (
            "DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT9H\nSTATUS:CANCELLED\nEND:VALARM",
            "03 09:00-03 10:00",
        ),
    ] {
        let found = read(&[lines]);
        assert_eq!((told(&found), found.unread), (vec![busy.to_owned()], 0), "{lines}");
    }
}

#[test]
fn what_takes_no_time_is_left_out() {
    for lines in [
        "DTSTART:20261103T090000Z",
        "DTSTART:20261103T100000Z\nDTEND:20261103T090000Z",
        "DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nTRANSP:TRANSPARENT",
        "DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nSTATUS:cancelled",
        "DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "DTSTART:20261203T090000Z\nDTEND:20261203T100000Z",
        "DTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nUID:SH-7K3MQ2XD@servicehub",
    ] {
        assert_eq!(read(&[lines]), Busy::default(), "{lines}");
    }
}

#[test]
fn what_is_not_understood_is_counted_and_not_guessed() {
    for lines in [
        "SUMMARY:no start",
        "DTSTART:soon\nDURATION:PT1H",
        "DTSTART;TZID=Mars/Olympus:20261103T090000\nDURATION:PT1H",
        "DTSTART:20261103T090000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY",
        "DTSTART:20261103T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYWEEKNO=20",
        "DTSTART:20261103T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0",
        "DTSTART:20261103T090000Z\nDURATION:-PT1H",
        "DTSTART:00010101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY",
    ] {
        let found = read(&[lines, "DTSTART:20261104T090000Z\nDURATION:PT1H"]);
        assert_eq!((told(&found), found.unread), (vec!["04 09:00-04 10:00".to_owned()], 1), "{lines}");
    }
}

#[test]
fn occurrences_are_taken_out_added_and_moved() {
    let series = "DTSTART;TZID=Europe/Berlin:20261102T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY";
    assert_eq!(told(&read(&[series])).len(), 5);
    let out = format!("{series}\nEXDATE;TZID=Europe/Berlin:20261109T090000,20261116T090000\nEXDATE:20261123T080000Z");
    assert_eq!(told(&read(&[&out])), ["02 08:00-02 09:00", "30 08:00-30 09:00"]);
    let out = format!("{series};COUNT=2\nEXDATE;VALUE=DATE:20261109\nRDATE;VALUE=PERIOD:20261105T100000Z/PT2H");
    assert_eq!(told(&read(&[&out])), ["02 08:00-02 09:00", "05 10:00-05 12:00"]);
    let moved =
        "RECURRENCE-ID;TZID=Europe/Berlin:20261109T090000\nDTSTART;TZID=Europe/Berlin:20261110T140000\nDURATION:PT2H";
    let found = told(&read(&[&format!("{series};COUNT=2"), moved]));
    assert_eq!(found, ["02 08:00-02 09:00", "10 13:00-10 15:00"]);
    let cancelled = "RECURRENCE-ID:20261109T080000Z\nDTSTART:20261109T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED";
    assert_eq!(told(&read(&[&format!("{series};COUNT=2"), cancelled])), ["02 08:00-02 09:00"]);
    let days = "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;UNTIL=20261106\nEXDATE;VALUE=DATE:20261104";
    assert_eq!(told(&read(&[days])), ["01 23:00-03 23:00", "04 23:00-06 23:00"]);
}

#[test]
fn zones_are_described_or_named_by_the_calendar() {
    let zone = |inside: &str| format!("BEGIN:VTIMEZONE\r\nTZID:Ours\r\n{inside}END:VTIMEZONE\r\n");
    let part = |kind: &str, offset: &str| {
        format!("BEGIN:{kind}\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:{offset}\r\nEND:{kind}\r\n")
    };
    let at_nine = event("DTSTART;TZID=Ours:20261103T090000\nDURATION:PT1H");
    let read = |zone: String| busy(&calendar(&(zone + &at_nine)), november(), &berlin()).expect("not too much");
    assert_eq!(told(&read(zone(&part("STANDARD", "-0330")))), ["03 12:30-03 13:30"]);
    assert_eq!(told(&read(zone("X-LIC-LOCATION:Asia/Tokyo\r\n"))), ["03 00:00-03 01:00"]);
    let changing = read(zone(&(part("STANDARD", "+0100") + &part("DAYLIGHT", "+0200"))));
    assert_eq!((changing.stretches.len(), changing.unread), (0, 1), "an hour wrong is worse than a word about it");
    let floating = format!("X-WR-TIMEZONE:Asia/Tokyo\r\n{}", event("DTSTART:20261103T090000\nDURATION:PT1H"));
    assert_eq!(told(&busy(&calendar(&floating), november(), &berlin()).expect("little")), ["03 00:00-03 01:00"]);
}

#[test]
fn lists_of_busy_time_count_too() {
    let list = "BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261103T090000Z/20261103T100000Z,20261103T093000Z/PT1H\r\n\
        FREEBUSY;FBTYPE=FREE:20261104T090000Z/PT1H\r\nFREEBUSY:nonsense\r\nEND:VFREEBUSY\r\n";
    let found = busy(&calendar(list), november(), &berlin()).expect("not too much");
    assert_eq!((told(&found), found.unread), (vec!["03 09:00-03 10:30".to_owned()], 1));
}

#[test]
fn nobody_keeps_us_busy_for_long() {
    // Rules that never come true end where the window does.
    for rule in
        ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300", "FREQ=DAILY;COUNT=4000000000"]
    {
        let found = read(&[&format!("DTSTART:19700101T090000Z\nDURATION:PT1H\nRRULE:{rule}")]);
        assert!(found.stretches.len() <= 30, "{rule}");
    }
    let series = event("DTSTART:19700101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;COUNT=4000000000");
    assert_eq!(busy(&calendar(&series.repeat(15_000)), november(), &berlin()), Err(TooMuch));
    let one = |n: i64| {
        let at = at("2026-11-02T00:00:00Z") + SignedDuration::from_mins(n * 2);
        event(&format!("DTSTART:{}\nDURATION:PT1M", at.strftime("%Y%m%dT%H%M%SZ")))
    };
    let crumbs: String = (0..2001).map(one).collect();
    assert_eq!(busy(&calendar(&crumbs), november(), &berlin()), Err(TooMuch));
    for odd in [
        "",
        "BEGIN:VEVENT",
        "END:VEVENT\nEND:X",
        "BEGIN:VEVENT\nDTSTART;TZID=:\nEND:VEVENT",
        ":::;;;\n \n\t",
        "DTSTART;\"=:x",
    ] {
        assert!(busy(odd, november(), &berlin()).is_ok(), "{odd}");
    }
}

#[test]
fn forever_is_cut_to_the_window() {
    let found =
        read(&["DTSTART:19000101T000000Z\nDTEND:99991231T000000Z", "DTSTART:20261103T090000Z\nDURATION:P9999999D"]);
    assert_eq!(found.stretches, [november()]);
}

#[derive(Deserialize)]
struct Vector {
    event: String,
    from: i64,
    to: i64,
    busy: Vec<(i64, i64)>,
}

#[test]
fn rules_mean_what_they_mean_to_others() {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("../../../tests/vectors/recurrence.json")).expect("vectors");
    assert_eq!(vectors.len(), 400);
    let second = |at| Timestamp::from_second(at).expect("a second");
    for vector in vectors {
        let window = TimeRange::new(second(vector.from), second(vector.to)).expect("a window");
        let expected: Vec<_> =
            vector.busy.iter().filter_map(|(from, to)| TimeRange::new(second(*from), second(*to))).collect();
        let found = busy(&calendar(&event(&vector.event)), window, &TimeZone::UTC).expect("not too much");
        assert_eq!((found.stretches, found.unread), (expected, 0), "{}", vector.event);
    }
}

proptest::proptest! {
    /// Whatever comes: an answer, and no panic.
    #[test]
    fn any_text_is_survived(text in "(BEGIN:VEVENT\n|END:VEVENT\n|DTSTART[:;]|DTEND:|RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY);|BYDAY=-?[0-9]{0,2}MO\n|COUNT=|UNTIL=|TZID=|[0-9]{8}T[0-9]{6}Z?\n|[0-9]{8}\n|DURATION:P[0-9]{1,12}[DW]\n|EXDATE:|\\PC{0,4}|\n){0,40}") {
        let _ = busy(&text, november(), &berlin());
    }
}
