//! Ratings: the short form of cards, five stars in full, and bars for the sub-ratings.

use leptos::prelude::*;

/// The star everywhere: filled, with soft points.
pub(crate) const STAR: &str = r#"<path d="M11.05 2.93a1.06 1.06 0 0 1 1.9 0l2.31 4.69a2.1 2.1 0 0 0 1.6 1.16l5.17.76a1.06 1.06 0 0 1 .59 1.8l-3.74 3.64a2.1 2.1 0 0 0-.61 1.88l.88 5.14a1.06 1.06 0 0 1-1.54 1.12l-4.62-2.43a2.1 2.1 0 0 0-1.98 0l-4.62 2.43a1.06 1.06 0 0 1-1.54-1.12l.88-5.14a2.1 2.1 0 0 0-.61-1.88L1.38 11.34a1.06 1.06 0 0 1 .59-1.8l5.17-.76a2.1 2.1 0 0 0 1.6-1.16z"/>"#;

/// "4.8 (127)" with one star, for cards and lines. Without reviews it says "New".
#[component]
pub fn Rating(
    /// Average from 1 to 5.
    average: f32,
    /// Number of reviews.
    count: u32,
) -> impl IntoView {
    if count == 0 {
        return view! { <span class="badge badge-new">"New"</span> }.into_any();
    }
    let reviews = if count == 1 { "review" } else { "reviews" };
    let spoken = format!("{average:.1} out of 5 stars, {count} {reviews}");
    view! {
        <span class="rating">
            <svg class="rating-star" viewBox="0 0 24 24" aria-hidden="true" inner_html=STAR></svg>
            <span aria-hidden="true"><strong>{format!("{average:.1}")}</strong>" "<span class="rating-count">{format!("({count})")}</span></span>
            <span class="sr-only">{spoken}</span>
        </span>
    }
    .into_any()
}

/// Five stars, filled to the nearest half.
#[component]
pub fn Stars(
    /// From 0 to 5.
    value: f32,
    /// 24 px instead of 18.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let halves = (value.clamp(0.0, 5.0) * 2.0).round();
    let spoken = if halves % 2.0 == 0.0 {
        format!("{:.0} out of 5 stars", halves / 2.0)
    } else {
        format!("{:.1} out of 5 stars", halves / 2.0)
    };
    let stars = (0..5)
        .map(|index| {
            let filled = halves - 2.0 * index as f32;
            let class = if filled >= 2.0 {
                "star star-full"
            } else if filled >= 1.0 {
                "star star-half"
            } else {
                "star"
            };
            let shapes = if class == "star star-half" { [STAR, STAR].concat() } else { STAR.to_owned() };
            view! { <svg class=class viewBox="0 0 24 24" inner_html=shapes></svg> }
        })
        .collect::<Vec<_>>();
    view! { <span class="stars" class:stars-lg=large role="img" aria-label=spoken>{stars}</span> }
}

/// One line of `RatingBars`.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingBar {
    /// "Punctuality", or "5 stars".
    pub label: String,
    /// Share of the bar that is filled, 0 to 100.
    pub percent: u8,
    /// What stands at its end: "4.9", or "112".
    pub value: String,
    /// Makes the line a filter.
    pub href: Option<String>,
}

/// Sub-ratings or the spread of stars as bars.
#[component]
pub fn RatingBars(
    /// What the bars are about, spoken: "Sub-ratings".
    #[prop(into)]
    label: String,
    bars: Vec<RatingBar>,
) -> impl IntoView {
    let lines = bars
        .into_iter()
        .map(|bar| {
            let percent = bar.percent.min(100);
            let track = view! {
                <svg class="bar" aria-hidden="true">
                    <rect class="bar-track" width="100%" height="100%" rx="3"></rect>
                    <rect class="bar-fill" width=format!("{percent}%") height="100%" rx="3"></rect>
                </svg>
            };
            let inner = view! {
                <span class="bar-label">{bar.label}</span>
                {track}
                <span class="bar-value">{bar.value}</span>
            };
            match bar.href {
                Some(href) => view! { <li><a class="bar-line" href=href>{inner}</a></li> }.into_any(),
                None => view! { <li class="bar-line">{inner}</li> }.into_any(),
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="bars" aria-label=label>{lines}</ul> }
}
