//! Days side by side with what stands in them; on phones the same list, day under day.
//!
//! Positions are class names in quarters of an hour, so the page needs no inline styles.

use leptos::prelude::*;

use super::badge::Tone;
use super::icon::{Glyph, Icon, IconSize};

/// One day of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarDay {
    /// "Mon".
    pub weekday: String,
    /// "24"; empty for a column that is a person instead of a day.
    pub day: String,
    /// "Monday 24 November", spoken and shown on phones.
    pub full: String,
    /// Where the heading leads: the day view.
    pub href: Option<String>,
    /// Marks today.
    pub today: bool,
    /// Closed all day.
    pub closed: bool,
    /// Open hours as minutes after midnight; the rest is shaded.
    pub open: Vec<(u16, u16)>,
    /// What stands in the day.
    pub events: Vec<CalendarEvent>,
    /// The time now, in minutes after midnight, only for today.
    pub now: Option<u16>,
    /// What the calendar's script needs to draw things to other times of this day; without it nothing is drawn.
    pub rows: Option<CalendarRows>,
    /// Where a stretch of this day is blocked, and the hours of it that can be, as minutes after midnight: the address
    /// with the day in its query, to which `&from=10:00&to=11:00` and the place of the form are added.
    pub block: Option<(String, Vec<u16>)>,
}

/// What stands behind the rows of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarRows {
    /// `2026-11-24`.
    pub date: String,
    /// Whose column it is, if it is one person's: things are drawn within a person's columns only.
    pub lane: String,
    /// The instants at which quarters of an hour of this day begin: `420:1793779200` says that the minute 420 after midnight
    /// begins at that second since 1970, and every later quarter 15 minutes after the one before, up to the next such
    /// pair. Days on which clocks change have several.
    pub instants: String,
}

/// How a thing is drawn to another time: the address that asks about it, to which the time is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarGrip {
    /// A visit keeps its length: `&start=` and the instant.
    Start(String),
    /// A block: `&on=2026-11-24&from=10:00&to=11:00`, and after it this place of the page.
    Hours(String, String),
}

/// One thing in a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight; 1440 for midnight itself.
    pub to: u16,
    /// Minutes kept free for the way, before and after; drawn beside it and said in its text.
    pub way: u16,
    /// "14:00–16:00".
    pub time: String,
    /// "Deep cleaning".
    pub title: String,
    /// "Maria Lopes · Alfama".
    pub text: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
    /// Where it gets another time.
    pub change: Option<String>,
    /// How it is drawn to another time, with scripts.
    pub grip: Option<CalendarGrip>,
    /// `Primary` confirmed, `Warning` waiting, `Plain` blocked.
    pub tone: Tone,
}

impl CalendarEvent {
    /// From when to when nothing else stands because of it, within its day.
    fn with_way(&self) -> (u16, u16) {
        (self.from.saturating_sub(self.way), self.to.saturating_add(self.way).min(1440))
    }
}

/// More things than this at one time stand on each other.
const MOST_LANES: usize = 12;

/// Which of how many columns an event stands in, so that events at the same time stand side by side.
fn lanes(events: &[CalendarEvent]) -> Vec<(usize, usize)> {
    let mut placed: Vec<(usize, usize)> = Vec::with_capacity(events.len());
    let mut cluster = 0;
    let mut cluster_end = 0;
    let mut ends: Vec<u16> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let (from, to) = event.with_way();
        if from >= cluster_end {
            widen(&mut placed, cluster, ends.len());
            ends.clear();
            cluster = index;
        }
        let lane = ends.iter().position(|&end| end <= from).unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = to,
            None => ends.push(to),
        }
        placed.push((lane, 1));
        cluster_end = cluster_end.max(to);
    }
    widen(&mut placed, cluster, ends.len());
    placed
}

/// Everything placed since `cluster` shares `of` columns.
fn widen(placed: &mut [(usize, usize)], cluster: usize, of: usize) {
    for place in placed.iter_mut().skip(cluster) {
        place.1 = of.max(1);
    }
}

/// Row classes of a stretch of time in a day that begins at `first` hours.
fn rows(from: u16, to: u16, first: u16, last: u16) -> String {
    let (top, bottom) = (first * 60, last * 60);
    let from = from.clamp(top, bottom.saturating_sub(15));
    let to = to.clamp(from + 15, bottom.max(from + 15));
    let start = (from - top) / 15;
    format!("cal-at-{start} cal-for-{}", (to - top).div_ceil(15) - start)
}

/// The way there and back, drawn before and after an event; its text says it in words.
fn ways(event: &CalendarEvent, (lane, of): (usize, usize), first: u16, last: u16) -> Vec<AnyView> {
    let (top, bottom) = (first * 60, last * 60);
    let (from, to) = event.with_way();
    let stretches = [(from.max(top), event.from), (event.to, to.min(bottom))];
    let shown = stretches.into_iter().filter(|(from, to)| from < to);
    let shown = shown.map(|(from, to)| {
        let lanes = format!("cal-lane-{} cal-of-{}", lane.min(MOST_LANES - 1) + 1, of.min(MOST_LANES));
        view! { <span class=format!("cal-way {} {lanes}", rows(from, to, first, last)) aria-hidden="true"></span> }
            .into_any()
    });
    shown.collect()
}

fn event_view(event: CalendarEvent, (lane, of): (usize, usize), first: u16, last: u16) -> impl IntoView {
    // So many lines fit: one, two without more about it, three, and from two hours on all there is.
    let size = match event.to.saturating_sub(event.from) {
        ..30 => " cal-short",
        30..60 => " cal-low",
        60..90 => " cal-mid",
        90..120 => "",
        _ => " cal-tall",
    };
    let narrow = match of {
        ..2 => "",
        2 => " cal-half",
        _ => " cal-narrow",
    };
    let class = format!(
        "cal-event cal-{} {} cal-lane-{} cal-of-{}{narrow}{size}",
        event.tone.word(),
        rows(event.from, event.to, first, last),
        lane.min(MOST_LANES - 1) + 1,
        of.min(MOST_LANES)
    );
    let change = change_link(&event);
    let (to, by, place) = match event.grip {
        Some(CalendarGrip::Start(address)) => (Some(address), Some("start"), None),
        Some(CalendarGrip::Hours(address, place)) => (Some(address), Some("hours"), Some(place)),
        None => (None, None, None),
    };
    // In one line, or half a column, there is room for the beginning alone; the end is still read out.
    let (from, until) = match event.time.split_once('–') {
        Some((from, until)) if size == " cal-short" || of == 2 => (from.to_owned(), Some(format!("–{until}"))),
        _ => (event.time, None),
    };
    let words = view! {
        <span class="cal-time">{from}{until.map(|until| view! { <span class="sr-only">{until}</span> })}</span>
        <span class="cal-title">{event.title}</span>
        {event.text.map(|text| view! { <span class="cal-text">{text}</span> })}
    };
    let face = match event.href {
        Some(href) => view! { <a class="cal-face" href=href>{words}</a> }.into_any(),
        None => view! { <div class="cal-face">{words}</div> }.into_any(),
    };
    view! { <li class=class data-move=to data-by=by data-place=place>{face}{change}</li> }
}

/// The way to another time, beside the event itself.
pub fn change_link(event: &CalendarEvent) -> Option<impl IntoView + use<>> {
    let href = event.change.clone()?;
    let label = format!("Move {}, {}", event.title, event.time);
    Some(
        view! { <a class="cal-change" href=href title="Move"><Glyph icon=Icon::CLOCK size=IconSize::Small label=label/></a> },
    )
}

/// An hour to block with one click. For the pointer only: everybody else has the way to the form of the day.
fn free_hour(block: &str, from: u16, first: u16, last: u16) -> impl IntoView + use<> {
    let to = from + 60;
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let href = format!("{block}&from={}&to={}#block-time", clock(from), clock(to));
    let class = format!("cal-free {}", rows(from, to, first, last));
    view! { <a class=class href=href tabindex="-1" aria-hidden="true"><Glyph icon=Icon::PLUS size=IconSize::Small/></a> }
}

/// A week, or with one day a day.
#[component]
pub fn CalendarWeek(
    /// Spoken: "Week of 24 November".
    #[prop(into)]
    label: String,
    /// Events of each day in order of their start.
    days: Vec<CalendarDay>,
    /// First hour shown.
    #[prop(default = 7)]
    from_hour: u16,
    /// Hour the page ends with, at most 24.
    #[prop(default = 20)]
    to_hour: u16,
) -> impl IntoView {
    let last = to_hour.clamp(1, 24);
    let first = from_hour.min(last - 1);
    let hours = (first..last)
        .map(|hour| view! { <span class=format!("cal-hour cal-at-{} cal-for-4", (hour - first) * 4)>{format!("{hour:02}:00")}</span> })
        .collect::<Vec<_>>();
    let count = days.len();
    let mut anchored = false;
    let days = days
        .into_iter()
        .map(|day| {
            let places = lanes(&day.events);
            let nothing = day.events.is_empty();
            // What the word "Today" leads to; one column only, for an id is one place.
            let anchor = (day.today && !std::mem::replace(&mut anchored, true)).then_some("today");
            let ways: Vec<AnyView> =
                day.events.iter().zip(&places).flat_map(|(event, place)| ways(event, *place, first, last)).collect();
            let events = day
                .events
                .into_iter()
                .zip(places)
                .map(|(event, place)| event_view(event, place, first, last))
                .collect::<Vec<_>>();
            let open = day
                .open
                .into_iter()
                .filter(|(from, to)| *to > first * 60 && *from < last * 60)
                .map(|(from, to)| view! { <span class=format!("cal-open {}", rows(from, to, first, last)) aria-hidden="true"></span> })
                .collect::<Vec<_>>();
            let now = day
                .now
                .filter(|now| (first * 60..last * 60).contains(now))
                .map(|now| view! { <span class=format!("cal-now {}", rows(now, now + 15, first, last)) aria-hidden="true"></span> });
            let number = (!day.day.is_empty()).then(|| view! { <span class="cal-number">{day.day}</span> });
            let face = view! { <span class="cal-weekday">{day.weekday}</span>" "{number} };
            let heading = match day.href {
                Some(href) => view! { <a href=href><span aria-hidden="true">{face}</span><span class="sr-only">{day.full.clone()}</span></a> }.into_any(),
                None => view! { <span aria-hidden="true">{face}</span><span class="sr-only">{day.full.clone()}</span> }.into_any(),
            };
            let (rows_date, rows_lane, instants) = match day.rows {
                Some(CalendarRows { date, lane, instants }) => (Some(date), Some(lane), Some(instants)),
                None => (None, None, None),
            };
            let (block, hours) = day.block.unzip();
            let free = hours.unwrap_or_default().into_iter().filter(|from| (first * 60..last * 60).contains(from));
            let free = free.map(|from| free_hour(block.as_deref().unwrap_or_default(), from, first, last)).collect::<Vec<_>>();
            let whole = block.clone().map(|href| {
                let about = format!(" on {}", day.full);
                view! { <a class="cal-block" href=format!("{href}#block-time")>"Block time"<span class="sr-only">{about}</span></a> }
            });
            let idle = nothing.then(|| view! { <p class="cal-idle">{if day.closed { "Closed" } else { "Nothing planned" }}</p> });
            view! {
                <section class="cal-day" id=anchor class:cal-today=day.today class:cal-closed=day.closed>
                    <h3 class="cal-heading" aria-current=day.today.then_some("date")>{heading}</h3>
                    <div class=format!("cal-grid cal-hours-{}", last - first) data-first=first * 60 data-date=rows_date
                        data-lane=rows_lane data-instants=instants data-block=block>
                        {open}
                        {free}
                        {ways}
                        <ol class="cal-events">{events}</ol>
                        {now}
                    </div>
                    {idle}
                    {whole}
                </section>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class=format!("cal cal-days-{count}") role="group" aria-label=label>
            <div class=format!("cal-rule cal-hours-{}", last - first) aria-hidden="true">{hours}</div>
            {days}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(from: u16, to: u16) -> CalendarEvent {
        CalendarEvent { from, to, ..CalendarEvent::default() }
    }

    #[test]
    fn events_at_the_same_time_stand_side_by_side() {
        let day = [event(540, 600), event(570, 630), event(600, 660), event(700, 760)];
        assert_eq!(lanes(&day), [(0, 2), (1, 2), (0, 2), (0, 1)]);
    }

    #[test]
    fn the_way_keeps_others_aside() {
        let far = CalendarEvent { way: 30, ..event(600, 660) };
        assert_eq!(lanes(&[event(500, 570), far.clone()]), [(0, 1), (0, 1)]);
        assert_eq!(lanes(&[event(500, 580), far.clone()]), [(0, 2), (1, 2)], "touches the way there");
        assert_eq!(lanes(&[far, event(680, 700)]), [(0, 2), (1, 2)], "touches the way back");
        assert_eq!(CalendarEvent { way: 60, ..event(30, 1420) }.with_way(), (0, 1440));
    }

    #[test]
    fn events_outside_the_shown_hours_stay_on_the_page() {
        assert_eq!(rows(300, 400, 7, 20), "cal-at-0 cal-for-1");
        assert_eq!(rows(540, 600, 7, 20), "cal-at-8 cal-for-4");
        assert_eq!(rows(1380, 1440, 7, 20), "cal-at-51 cal-for-1");
    }
}
