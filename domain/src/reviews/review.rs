//! A review as it is written.

use crate::kernel::{Error, FieldErrors};

/// What a customer says: stars 1–5 in all, four sub-ratings, and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReview {
    /// In all.
    pub rating: Option<u8>,
    /// How good the work is.
    pub quality: Option<u8>,
    /// How well times were kept.
    pub punctuality: Option<u8>,
    /// How people behaved.
    pub professionalism: Option<u8>,
    /// What one got for the money.
    pub value: Option<u8>,
    /// A headline; may be empty.
    pub title: String,
    /// The story; may be empty.
    pub body: String,
}

/// Stars in all, quality, punctuality, professionalism, value.
pub type Stars = [u8; 5];

impl NewReview {
    /// The stars, if all five were given and the words fit.
    ///
    /// # Errors
    /// Complaints beside the fields.
    pub fn stars(&self) -> Result<Stars, Error> {
        let mut wrong = FieldErrors::new();
        let given = [
            ("rating", self.rating, "Give one to five stars."),
            ("quality", self.quality, "Rate the quality."),
            ("punctuality", self.punctuality, "Rate the punctuality."),
            ("professionalism", self.professionalism, "Rate the professionalism."),
            ("value", self.value, "Rate the value."),
        ];
        let stars = given.map(|(field, stars, missing)| {
            let stars = stars.filter(|n| (1..=5).contains(n));
            if stars.is_none() {
                wrong.add(field, missing);
            }
            stars.unwrap_or_default()
        });
        if self.title.chars().count() > 120 {
            wrong.add("title", "Please keep the headline under 120 characters.");
        }
        if self.body.chars().count() > 4000 {
            wrong.add("body", "Please keep the review under 4,000 characters.");
        }
        wrong.into_result()?;
        Ok(stars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_five_ratings_are_needed() {
        let review = NewReview { rating: Some(5), quality: Some(6), ..NewReview::default() };
        let Err(Error::Invalid(errors)) = review.stars() else { panic!("accepted") };
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["quality", "punctuality", "professionalism", "value"]);
    }
}
