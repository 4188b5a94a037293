//! `/how-ranking-works`: how the order of recommended services is made, with the numbers it is made with.

use super::cards::thousands;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::Table;
use domain::catalog::search::ranking::{
    ANSWERS_WITHIN, FEATURED_A_PAGE, FEATURED_FOR, FEATURED_PERCENT, FEATURED_REVIEWS, FEWEST_ANSWERS, FEWEST_STARS,
    FREE_WITHIN, LEAST_KEPT_PERCENT, NEAR, NEAR_FADES_KM, NEAR_REMOTE, NEW_FOR_DAYS, NEW_ONE_DAY_OF, NEW_UNTIL_REVIEWS,
    PRIOR_BOOKINGS, PRIOR_KEPT_PERCENT, PRIOR_REVIEWS, PRIOR_STARS_TENTHS, Part, WORTH_WRITING,
};
use leptos::prelude::*;

/// `GET /how-ranking-works`.
///
/// # Errors
/// None of its own.
pub async fn show(page: PageRequest) -> Answer {
    let head = Head {
        title: "How ranking works".to_owned(),
        description: "Which services come first on ServiceHub, and why: every point that counts, told openly."
            .to_owned(),
        canonical: Some("/how-ranking-works".to_owned()),
        ..Head::default()
    };
    Ok(page.show(head, Frame::Public, body()))
}

fn body() -> impl IntoView {
    let rows: Vec<_> = Part::ALL
        .into_iter()
        .map(|part| {
            let (name, how) = told(part);
            view! { <tr><th scope="row">{name}</th><td class="num">{number(part.most())}<span class="num-unit">" points"</span></td><td class="whole">{how}</td></tr> }
        })
        .collect();
    let all = number(Part::ALL.iter().map(|part| part.most()).sum());
    let near = format!(
        "When you name a place and few services match, those near it get up to {} points more: all of them at the very \
         place, none from {NEAR_FADES_KM} km on, evenly less in between. Services done remotely are near to everybody \
         and get {}.",
        number(NEAR),
        number(NEAR_REMOTE),
    );
    let parts: Vec<&str> = FEATURED_FOR.into_iter().map(|part| told(part).0).collect();
    let featured = format!(
        "Where you look around without asking for anything, at most {FEATURED_A_PAGE} services of a page are called \
         “Featured”: the first whose business we have checked, that have {FEATURED_REVIEWS} reviews or more, and \
         {FEATURED_PERCENT} percent of the points or more in each of these: {}. It is a label: it changes nobody's place, \
         and nobody can buy it.",
        parts.join(", ").to_lowercase()
    );
    view! {
        <div class="page stack">
            <header class="prose">
                <h1>"How ranking works"</h1>
                <p class="lead">
                    "Lists of services are in the order “Recommended” until you choose another. Here is everything that
                    counts for it, with the numbers we use. Nobody can pay to come first."
                </p>
            </header>
            <section class="prose">
                <h2>"First: what you asked for"</h2>
                <p>
                    "Filters come before everything: what does not fit is not in the list. Services with all of your words
                    in their title come before those that have them elsewhere. When very many services match common words, we
                    do not sort them all by title and distance, but go down the list of points below."
                </p>
                <p>{near}</p>
            </section>
            <section class="stack">
                <h2>"Then: points"</h2>
                <Table caption=format!("What a service earns points for; all together are {all}") stacked=true>
                    <thead><tr><th scope="col">"What"</th><th scope="col" class="num">"At most"</th><th scope="col">"How"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
            </section>
            <section class="prose">
                <h2>"Featured"</h2>
                <p>{featured}</p>
            </section>
            <section class="prose">
                <h2>"And otherwise"</h2>
                <p>
                    "Points are worked out again at least once a day, and within a minute when a review arrives; a change of
                    less than "{WORTH_WRITING}" points waits until it is more. “Why is this here?” under each service says how many points it has for what. Choose “Best rated”, “Lowest price”,
                    “Nearest”, “Soonest free” or “Newest”, and only that counts. Who you are and what you did before
                    changes nothing, except that businesses that you blocked, or that do not work for you, stay out of your list."
                </p>
            </section>
        </div>
    }
}

fn told(part: Part) -> (&'static str, String) {
    match part {
        Part::Quality => (
            "What customers say",
            format!(
                "The average of the stars, as if {PRIOR_REVIEWS} reviews with {}.{} stars had come before: so one happy \
                 customer does not beat a hundred. All points for 5 stars, none for {FEWEST_STARS} or less.",
                PRIOR_STARS_TENTHS / 10,
                PRIOR_STARS_TENTHS % 10
            ),
        ),
        Part::Completion => (
            "Keeping what was agreed",
            format!(
                "How many of the business's bookings were completed, and not called off by it, left without an answer or \
                 not begun; as if {PRIOR_BOOKINGS} had come before, {PRIOR_KEPT_PERCENT} percent of them kept. None for \
                 {LEAST_KEPT_PERCENT} percent or less. What customers cancel does not count."
            ),
        ),
        Part::Soon => (
            "Free soon",
            format!(
                "The next free time, or the delivery: {}. None where the price is on request.",
                steps(&FREE_WITHIN, "days")
            ),
        ),
        Part::Answers => (
            "Answering quickly",
            format!(
                "All points when bookings are agreed at once, at a price that is known. Otherwise the average time to an answer: {}. Half of them \
                 until the business has answered {FEWEST_ANSWERS} times.",
                steps(&ANSWERS_WITHIN, "hours")
            ),
        ),
        Part::Verified => ("Checked by us", "We have checked who the business is.".to_owned()),
        Part::Pictured => ("Pictures", "The service shows at least one picture.".to_owned()),
        Part::Newcomer => (
            "New businesses in turn",
            format!(
                "In its first {NEW_FOR_DAYS} days and until it has {NEW_UNTIL_REVIEWS} reviews, a business gets these \
                 points on one day of {NEW_ONE_DAY_OF}. Which day is fixed for each; all new ones take turns."
            ),
        ),
    }
}

/// "within 2 days 100 percent, within 4 days 70 percent, later none".
fn steps(steps: &[(i64, i64)], unit: &str) -> String {
    let words = |(bound, percent): &(i64, i64)| {
        let unit = if *bound == 1 { unit.trim_end_matches('s') } else { unit };
        format!("within {bound} {unit} {percent} percent")
    };
    let steps: Vec<String> = steps.iter().map(words).collect();
    format!("{}, later none", steps.join(", "))
}

fn number(points: i64) -> String {
    thousands(u32::try_from(points).unwrap_or(0))
}
