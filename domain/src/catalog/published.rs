//! Reviews as pages show them: a page of them, and what they say taken together.

use crate::kernel::ReviewId;
use crate::kernel::page::Page;
use jiff::Timestamp;
use serde::Deserialize;

/// The latest reviews that averages and the spread of stars are made of, at most.
pub const WEIGHED: u32 = 500;

/// A review with its writer's name as the public sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PublishedReview {
    /// Which one.
    pub id: ReviewId,
    /// First name and the first letter of the last: "Ana R."
    pub author: String,
    /// Key of the writer's portrait.
    pub picture: Option<String>,
    /// Stars in all.
    pub rating: u8,
    /// A headline; may be empty.
    pub title: String,
    /// The story; may be empty.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// Address of the service it is about.
    pub service_slug: String,
    /// Name of the service it is about.
    pub service_title: String,
}

/// What the latest reviews say taken together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Opinion {
    /// How many were weighed, at most [`WEIGHED`].
    pub weighed: u32,
    /// How many gave one star, two, up to five.
    pub spread: [u32; 5],
    /// Average of the quality of the work; 0 without reviews, like the following.
    pub quality: f32,
    /// Average of how times were kept.
    pub punctuality: f32,
    /// Average of how people behaved.
    pub professionalism: f32,
    /// Average of what one got for the money.
    pub value: f32,
}

/// A page of reviews, with the opinion of all.
#[derive(Clone, Debug)]
pub struct Reviews {
    /// The reviews, latest first.
    pub page: Page<PublishedReview>,
    /// What they say taken together, whatever the page is narrowed to.
    pub opinion: Opinion,
}

/// Which reviews a page asks for. What an address says of it may be anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewsAsked {
    /// Only those with so many stars.
    pub stars: Option<u8>,
    /// Only those after this one: when it was written, and which.
    pub after: Option<(Timestamp, ReviewId)>,
}

impl ReviewsAsked {
    /// Reads what an address says; what makes no sense is not asked.
    #[must_use]
    pub fn read(stars: Option<&str>, after: Option<&str>) -> Self {
        let stars = stars.and_then(|text| text.parse().ok()).filter(|stars| (1..=5).contains(stars));
        let after = after.and_then(crate::kernel::page::read_cursor).and_then(|(micros, id)| {
            let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
            // Instants before Postgres begins are as good as tampered with.
            (at >= Timestamp::UNIX_EPOCH).then_some((at, ReviewId(id)))
        });
        Self { stars, after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_may_say_anything() {
        let nothing = ReviewsAsked::default();
        for (stars, after) in [("0", "x"), ("6", "~"), ("five", "99999999999999999999~0"), ("", "-1~\0"), ("-3", "")] {
            assert_eq!(ReviewsAsked::read(Some(stars), Some(after)), nothing, "{stars} {after}");
        }
        assert_eq!(ReviewsAsked::read(Some("4"), None).stars, Some(4));
    }
}
