//! History, facts, prices, tables, the calendar.

use leptos::prelude::*;

use super::{specimen, wide_specimen};
use crate::ui::*;

pub(super) fn parts() -> impl IntoView {
    view! {
        {specimen("History", |_| history().into_any())}
        {specimen("Facts and prices", |_| prices().into_any())}
        {specimen("Tables", |side| tables(side).into_any())}
        {wide_specimen("Calendar", |side| calendar(side).into_any())}
    }
}

fn history() -> impl IntoView {
    let entry = |title: &str, text: &str, when: &str, moment: Moment, tone: Tone| TimelineEntry {
        title: title.to_owned(),
        text: (!text.is_empty()).then(|| text.to_owned()),
        when: (!when.is_empty()).then(|| when.to_owned()),
        datetime: None,
        moment,
        tone,
    };
    let entries = vec![
        entry("You asked for Tuesday 14:00", "", "Sunday 18:20", Moment::Past, Tone::Plain),
        entry("Ana suggested 15:30 and you declined", "", "Sunday 19:02", Moment::Past, Tone::Danger),
        entry("Ana accepted", "€86 is held until you sign.", "Monday 09:12", Moment::Past, Tone::Plain),
        entry("Ana comes", "She tells you when she is on her way.", "Tuesday 14:00–16:00", Moment::Now, Tone::Plain),
        entry("You confirm the work", "Within 48 hours after it is done.", "", Moment::Next, Tone::Plain),
        entry("Ana is paid", "", "", Moment::Next, Tone::Plain),
    ];
    view! { <Timeline entries=entries/> }
}

fn prices() -> impl IntoView {
    let lines = vec![
        PriceLine { note: Some("4 hours at €18".into()), ..PriceLine::new("Standard cleaning", "€72.00") },
        PriceLine::new("Clean the oven", "€12.00"),
        PriceLine::new("First booking", "−€5.00"),
    ];
    view! {
        <div class="stack">
            <SummaryList>
                <SummaryItem label="When" change=Some("#".to_owned())>
                    <When text="Tuesday 25 November, 14:00" datetime="2025-11-25T14:00:00Z" zone=Some("Lisbon time".to_owned()) yours=Some("15:00 for you".to_owned())/>
                </SummaryItem>
                <SummaryItem label="Where" change=Some("#".to_owned())>"Rua da Bica 12, 3rd floor, Lisbon"</SummaryItem>
                <SummaryItem label="Reference"><code>"SH-7K3MQ2XD"</code></SummaryItem>
            </SummaryList>
            <PriceLines lines=lines total_label="You pay" total="€79.00" note="Including 23 % VAT (€14.77). Held until you sign."/>
            <p class="row"><Price amount="€45" from=true unit="an hour" large=true/><Price amount="€45" from=true/></p>
        </div>
    }
}

fn tables(side: &'static str) -> impl IntoView {
    let rows = || {
        view! {
            <thead><tr><th scope="col">"Booking"</th><th scope="col">"State"</th><th scope="col" class="num">"Amount"</th></tr></thead>
            <tbody>
                <tr><td><a href="#">"SH-7K3MQ2XD"</a></td><td><Status tone=Tone::Success text="Confirmed"/></td><td class="num">"€86.00"</td></tr>
                <tr><td><a href="#">"SH-9PL2WX4T"</a></td><td><Status tone=Tone::Warning text="Waiting"/></td><td class="num">"€1,140.00"</td></tr>
            </tbody>
        }
    };
    view! {
        <div class="stack">
            <Table caption=format!("Bookings, {side}")>{rows()}</Table>
            <Table caption=format!("The same, dense, {side}") dense=true quiet=true>{rows()}</Table>
        </div>
    }
}

fn calendar(side: &'static str) -> impl IntoView {
    let event = |from: u16, to: u16, title: &str, tone: Tone| CalendarEvent {
        from,
        to,
        way: if title == "Deep cleaning" { 30 } else { 0 },
        time: format!("{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, to / 60, to % 60),
        title: title.to_owned(),
        text: (to - from >= 90).then(|| "Maria Lopes · Alfama".to_owned()),
        href: (tone != Tone::Plain).then(|| "#".to_owned()),
        change: matches!(tone, Tone::Primary | Tone::Warning).then(|| "#".to_owned()),
        grip: None,
        tone,
    };
    let day = |weekday: &str, day: &str, full: &str, events: Vec<CalendarEvent>| CalendarDay {
        weekday: weekday.to_owned(),
        day: day.to_owned(),
        full: full.to_owned(),
        href: Some("#".to_owned()),
        open: vec![(480, 720), (780, 1080)],
        events,
        ..CalendarDay::default()
    };
    let days = vec![
        day(
            "Mon",
            "24",
            "Monday 24 November",
            vec![
                event(540, 660, "Deep cleaning", Tone::Primary),
                event(840, 855, "Key pick-up", Tone::Primary),
                event(870, 900, "Look at the flat", Tone::Primary),
            ],
        ),
        CalendarDay {
            today: true,
            now: Some(640),
            ..day(
                "Tue",
                "25",
                "Tuesday 25 November",
                vec![
                    event(480, 600, "Windows", Tone::Primary),
                    event(540, 630, "Asked for", Tone::Warning),
                    event(720, 780, "Lunch", Tone::Plain),
                    event(840, 960, "Flat, 4 rooms", Tone::Primary),
                ],
            )
        },
        day("Wed", "26", "Wednesday 26 November", vec![event(600, 840, "Move-out cleaning", Tone::Success)]),
        day("Thu", "27", "Thursday 27 November", vec![]),
        day("Fri", "28", "Friday 28 November", vec![event(780, 930, "Office", Tone::Primary)]),
        CalendarDay { closed: true, open: vec![], ..day("Sat", "29", "Saturday 29 November", vec![]) },
        CalendarDay { closed: true, open: vec![], ..day("Sun", "30", "Sunday 30 November", vec![]) },
    ];
    view! { <CalendarWeek label=format!("Week of 24 November, {side}") days=days from_hour=8 to_hour=19/> }
}
