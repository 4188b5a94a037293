//! Published test vectors for open slots: anybody can check a build against them.

use super::{Calendar, Rules, Taken, open_slots};
use crate::kernel::Zone;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// A question about open slots with its answer. The file is a JSON array of these.
#[derive(Clone, Debug, Deserialize)]
struct Vector {
    name: String,
    zone: String,
    now: Timestamp,
    date: Date,
    rules: Rules,
    calendar: Calendar,
    taken: Vec<Taken>,
    starts: Vec<Timestamp>,
}

/// What a replay found.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// How many vectors there were.
    pub vectors: usize,
    /// How many slots they list.
    pub slots: usize,
    /// Vectors with another answer: name, what was expected, what we say.
    pub differing: Vec<String>,
}

/// Replays a file of vectors against this build.
///
/// # Errors
/// The text is no file of vectors.
pub fn replay(json: &str) -> Result<Replay, serde_json::Error> {
    let vectors: Vec<Vector> = serde_json::from_str(json)?;
    let mut replay = Replay { vectors: vectors.len(), ..Replay::default() };
    for vector in vectors {
        replay.slots += vector.starts.len();
        let Some(zone) = Zone::parse(&vector.zone) else {
            replay.differing.push(format!("{}: the zone is unknown here", vector.name));
            continue;
        };
        let slots = open_slots(&zone.rules(), &vector.calendar, &vector.rules, &vector.taken, vector.date, vector.now);
        let starts: Vec<Timestamp> = slots.into_iter().map(|slot| slot.start).collect();
        if starts != vector.starts {
            replay.differing.push(format!("{}: expected {:?}, got {starts:?}", vector.name, vector.starts));
        }
    }
    Ok(replay)
}
