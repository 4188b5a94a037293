//! The orders of results: a whole number to sort by, then the id. Cursors carry both.

use super::statement::Statement;
use crate::catalog::search::ranking::{NEAR, NEAR_FADES_KM, NEAR_REMOTE, TITLED};
use crate::catalog::search::{EARTH_KM, Sort, Sought, Text};
use crate::kernel::page::{read_cursor, write_cursor};
use uuid::Uuid;

/// Above every instant in microseconds: services without a free time follow all that have one.
pub(super) const NEVER: i64 = 9_000_000_000_000_000_000;

/// How results are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Down an index in order, until the page is full.
    Walk,
    /// Down the index of free times, then the rest.
    WalkTimes,
    /// Everything that an index finds, then sorted.
    Gather,
    /// Several common words or answers, which may be rare together: gathered if they are, walked if not.
    Try,
    /// Everything around a place, then sorted.
    GatherPlace,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct After {
    pub key: i64,
    pub id: Uuid,
}

pub(super) fn way(sought: &Sought) -> Way {
    // A list goes on the way it began, even if words have become commoner meanwhile.
    let begun = sought.after.as_deref().and_then(|after| after.chars().next());
    let several = sought.text.as_ref().is_some_and(Text::several) || sought.asks_answers();
    let (few, several) = match begun {
        Some('g') if sought.text.is_some() || sought.asks_answers() => (true, false),
        Some('w') => (false, false),
        _ => (sought.matches_few(), several),
    };
    match sought.sort {
        _ if few || sought.only.is_some() => Way::Gather,
        Sort::Distance => Way::GatherPlace,
        Sort::Soonest if several => Way::Gather,
        Sort::Soonest => Way::WalkTimes,
        _ if several => Way::Try,
        _ => Way::Walk,
    }
}

pub(super) fn after(sought: &Sought) -> Option<After> {
    let cursor = sought.after.as_deref()?;
    let (key, id) = read_cursor(cursor.get(1..)?)?;
    Some(After { key: key.parse().ok()?, id })
}

pub(super) fn cursor(gathered: bool, key: i64, id: Uuid) -> String {
    let letter = if gathered { 'g' } else { 'w' };
    format!("{letter}{}", write_cursor(key, id))
}

/// Directions of an order: of its number, and of the id.
pub(super) const fn directions(sort: Sort) -> (&'static str, &'static str) {
    match sort {
        Sort::Recommended | Sort::Rating | Sort::Newest => ("DESC", "DESC"),
        Sort::Price | Sort::Distance => ("ASC", "ASC"),
        Sort::Soonest => ("ASC", "DESC"),
    }
}

/// The condition that a row comes after another.
pub(super) fn follows(sort: Sort, after: After, (key, id): (&str, &str), statement: &mut Statement) -> String {
    let (after_key, after_id) = (statement.bind(after.key), statement.bind(after.id));
    match directions(sort) {
        ("DESC", _) => format!("({key}, {id}) < ({after_key}, {after_id})"),
        (_, "ASC") => format!("({key}, {id}) > ({after_key}, {after_id})"),
        _ => format!("({key} >= {after_key} AND ({key} > {after_key} OR {id} < {after_id}))"),
    }
}

/// The number to sort by, of `listings l` (and `service_openings o` for the soonest).
pub(super) fn key(sought: &Sought, way: Way, nearness: Option<&str>, now: &str, statement: &mut Statement) -> String {
    match (sought.sort, &sought.text) {
        // All words in the title first, then by how well a service is recommended and how near it is.
        (Sort::Recommended, text) if matches!(way, Way::Gather | Way::Try) => {
            let titled = text.as_ref().map_or_else(String::new, |text| {
                let titled = statement.bind(text.titled.clone());
                format!(" + CASE WHEN l.words @@ (SELECT {titled}::tsquery) THEN {TITLED} ELSE 0 END")
            });
            let near = nearness.map_or_else(String::new, near);
            format!("l.score{titled}{near}")
        }
        (Sort::Recommended, _) => "l.score".to_owned(),
        (Sort::Rating, _) => "l.rated".to_owned(),
        (Sort::Price, _) => "l.price_cents".to_owned(),
        (Sort::Newest, _) => "l.listed".to_owned(),
        (Sort::Distance, _) => format!("((1 - {}) * 1e15)::bigint", nearness.unwrap_or("1.0")),
        (Sort::Soonest, _) => format!(
            "coalesce(CASE WHEN o.next_free >= {now} THEN (extract(epoch FROM o.next_free) * 1000000)::bigint END,
                      {NEVER} - l.score)"
        ),
    }
}

/// Points for nearness, as [`crate::catalog::search::ranking::nearness`] works them out.
fn near(nearness: &str) -> String {
    format!(
        " + CASE l.place WHEN 'remote' THEN {NEAR_REMOTE}
                 ELSE greatest(0, round({NEAR} * (1 - {EARTH_KM} * acos(greatest(-1, least(1, {nearness}))) / {NEAR_FADES_KM})))::bigint END"
    )
}
