//! What the place of a service in a list is made of, in words: the same points the order was made with.

use crate::catalog::cards::{counted, thousands};
use domain::catalog::search::ranking::{NEAR, Part, Standing};
use domain::catalog::search::{Hit, Sort};

/// A line for everything that counted; `None` where nothing was sought.
pub(super) fn parts(hit: &Hit, sort: Sort) -> Option<String> {
    let found = hit.found?;
    let asked = match sort {
        Sort::Recommended => None,
        Sort::Rating => Some("You asked for the best rated first. A few reviews count less than many."),
        Sort::Price => Some("You asked for the lowest price first."),
        Sort::Distance => Some("You asked for the nearest first."),
        Sort::Soonest => Some("You asked for the soonest free time first."),
        Sort::Newest => Some("You asked for the newest first."),
    };
    if let Some(asked) = asked {
        return Some(asked.to_owned());
    }
    let mut lines = Vec::new();
    if found.titled {
        lines.push("All your words are in its title: that comes first.".to_owned());
    }
    if let Some(near) = found.near {
        let words =
            if hit.distance_km.is_some() { "Near the place you named" } else { "Works remotely, so it is near to all" };
        lines.push(of(words, near, NEAR));
    }
    match &found.standing {
        None => lines.push("It is new here and takes its place in a moment.".to_owned()),
        Some(standing) => lines.extend(Part::ALL.into_iter().filter_map(|part| line(part, hit, standing))),
    }
    Some(lines.join("\n"))
}

fn line(part: Part, hit: &Hit, standing: &Standing) -> Option<String> {
    let words = match part {
        Part::Quality if hit.reviews == 0 => "No reviews yet, so it starts in the middle".to_owned(),
        Part::Quality => format!("What customers say in {}", counted(hit.reviews, "review", "reviews")),
        Part::Completion => "Keeps what it agrees".to_owned(),
        Part::Soon => "Free soon".to_owned(),
        Part::Answers => "Answers quickly".to_owned(),
        Part::Verified => "Checked by us".to_owned(),
        Part::Pictured => "Shows pictures".to_owned(),
        Part::Newcomer => "A new business, and it is its turn today".to_owned(),
    };
    // What only some have is not held against the others.
    let always = matches!(part, Part::Quality | Part::Completion | Part::Soon | Part::Answers);
    let points = standing.part(part);
    (always || points > 0).then(|| of(&words, points, part.most()))
}

fn of(words: &str, points: i64, most: i64) -> String {
    let number = |points| thousands(u32::try_from(points).unwrap_or(0));
    format!("{words}: {} of {}", number(points), number(most))
}
