//! What customers say: averages, the spread of stars as a filter, and a page of reviews.

use super::cards::{counted, paragraphs, portrait, thousands};
use crate::bookings::words;
use crate::ui::{Avatar, Chip, Pager, RatingBar, RatingBars, Stars};
use domain::catalog::{Opinion, PublishedReview, Reviews, ReviewsAsked, WEIGHED};
use domain::kernel::Zone;
use jiff::Timestamp;
use leptos::prelude::*;

/// Reviews with what the page knows of them.
pub(super) struct ReviewsPart {
    /// Path of the page.
    pub path: String,
    /// What the address asked for.
    pub asked: ReviewsAsked,
    /// What was found.
    pub reviews: Reviews,
    /// Average of all; `None` without reviews.
    pub average: Option<f32>,
    /// How many there are in all.
    pub count: u32,
    /// Each says which service it is about.
    pub names_service: bool,
}

/// The section with the anchor `#reviews`.
pub(super) fn reviews_part(part: ReviewsPart, now: Timestamp) -> impl IntoView {
    let Some(average) = part.average else {
        return view! {
            <section class="show-part" id="reviews" aria-labelledby="reviews-title">
                <h2 id="reviews-title">"Reviews"</h2>
                <p class="muted">"Nobody has reviewed this yet. Reviews come from customers whose booking is done, and from nobody else."</p>
            </section>
        }
        .into_any();
    };
    let spread = spread(&part.path, &part.reviews.opinion);
    let sub_ratings = sub_ratings(&part.reviews.opinion);
    let narrowed = part.asked.stars.map(|stars| {
        let text = counted(u32::from(stars), "star only", "stars only");
        view! { <div class="chips"><Chip href=format!("{}#reviews", part.path) text=text/></div> }
    });
    let nothing =
        part.reviews.page.items.is_empty().then(|| view! { <p class="muted">"No reviews with so many stars."</p> });
    let names_service = part.names_service;
    let list: Vec<_> = part.reviews.page.items.into_iter().map(|review| one(review, names_service, now)).collect();
    let stars = part.asked.stars.map(|stars| format!("stars={stars}&")).unwrap_or_default();
    let first = part.reviews.page.continued.then(|| {
        let query = part.asked.stars.map(|stars| format!("?stars={stars}")).unwrap_or_default();
        format!("{}{query}#reviews", part.path)
    });
    let next = part.reviews.page.next.map(|after| format!("{}?{stars}after={after}#reviews", part.path));
    view! {
        <section class="show-part" id="reviews" aria-labelledby="reviews-title">
            <h2 id="reviews-title">"Reviews"</h2>
            <div class="opinion">
                <div class="opinion-sum">
                    <p class="opinion-figure">{format!("{average:.1}")}</p>
                    <Stars value=average large=true/>
                    <p class="muted text-sm">{counted(part.count, "review", "reviews")}", all after a finished booking"</p>
                </div>
                {spread}
                {sub_ratings}
            </div>
            {narrowed}
            {nothing}
            <div class="said">{list}</div>
            <Pager previous=first next=next label="More reviews"/>
        </section>
    }
    .into_any()
}

/// How many gave how many stars; each line narrows the list.
fn spread(path: &str, opinion: &Opinion) -> impl IntoView + use<> {
    let bars = (1_u8..)
        .zip(opinion.spread)
        .map(|(stars, count)| RatingBar {
            label: counted(u32::from(stars), "star", "stars"),
            percent: share(count, opinion.weighed),
            value: thousands(count),
            href: (count > 0).then(|| format!("{path}?stars={stars}#reviews")),
        })
        .collect::<Vec<_>>();
    let bars = bars.into_iter().rev().collect::<Vec<_>>();
    let latest = (opinion.weighed >= WEIGHED)
        .then(|| view! { <p class="muted text-sm">{format!("of the latest {WEIGHED}")}</p> });
    view! { <div class="opinion-spread"><RatingBars label="How many gave how many stars" bars=bars/>{latest}</div> }
}

fn sub_ratings(opinion: &Opinion) -> impl IntoView + use<> {
    let line = |label: &str, average: f32| RatingBar {
        label: label.to_owned(),
        percent: (average.clamp(0.0, 5.0) * 20.0).round() as u8,
        value: format!("{average:.1}"),
        href: None,
    };
    let bars = vec![
        line("Quality", opinion.quality),
        line("Punctuality", opinion.punctuality),
        line("Professionalism", opinion.professionalism),
        line("Value", opinion.value),
    ];
    view! { <RatingBars label="Averages by subject" bars=bars/> }
}

/// Percent, where a few of very many still show.
fn share(count: u32, of: u32) -> u8 {
    let percent = u64::from(count) * 100 / u64::from(of.max(1));
    u8::try_from(percent.max(u64::from(count > 0) * 2)).unwrap_or(100)
}

fn one(review: PublishedReview, names_service: bool, now: Timestamp) -> impl IntoView {
    let zone = Zone::utc();
    let date = words::short(words::date(&zone, review.at), words::date(&zone, now));
    let body: Vec<_> = paragraphs(&review.body).into_iter().map(|text| view! { <p>{text}</p> }).collect();
    let about = names_service.then(|| {
        let href = format!("/services/{}", review.service_slug);
        view! { <p class="said-about">"About "<a href=href>{review.service_title}</a></p> }
    });
    view! {
        <article class="said-one">
            <header class="said-who">
                <Avatar name=review.author.clone() src=portrait(review.picture.as_deref(), 96)/>
                <p>
                    <strong>{review.author}</strong>
                    <time class="muted" datetime=review.at.to_string()>{date}</time>
                </p>
                <Stars value=f32::from(review.rating)/>
            </header>
            {(!review.title.is_empty()).then(|| view! { <h3 class="said-title">{review.title}</h3> })}
            <div class="said-body">{body}</div>
            {about}
        </article>
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn few_of_many_still_show() {
        assert_eq!([share(0, 10), share(1, 500), share(5, 10), share(10, 10), share(1, 0)], [0, 2, 50, 100, 100]);
    }
}
