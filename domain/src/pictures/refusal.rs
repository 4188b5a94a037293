//! Why a picture is not taken, in words that say what to do.

use super::look::{LARGEST, MOST_PIXELS};
use crate::kernel::Error;

/// What was wrong with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was chosen, or the file has no content.
    Empty,
    /// More bytes than are read.
    TooLarge,
    /// None of the kinds that are taken.
    NotAPicture,
    /// A drawing made of instructions (SVG), which can carry scripts.
    Drawing,
    /// A GIF, or several pictures one after the other.
    Moving,
    /// The kind iPhones make.
    Heic,
    /// It says it has more pixels than are decoded. Width and height.
    TooManyPixels(u32, u32),
    /// Too few to be seen: the least width and height.
    TooSmall(u32),
    /// It ends too early, or contradicts itself.
    Broken,
}

impl Refusal {
    /// The words beside the field.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Empty => "Choose a picture first.".to_owned(),
            Self::TooLarge => {
                format!("This file is too large. Choose a picture of at most {} MB.", LARGEST >> 20)
            }
            Self::NotAPicture => "We cannot see a picture in this file. Choose a JPEG, PNG or WebP.".to_owned(),
            Self::Drawing => "This is a drawing (SVG). Save it as PNG or JPEG and choose that.".to_owned(),
            Self::Moving => {
                "Moving pictures and GIFs do not work here. Choose a JPEG, PNG or WebP that stands still.".to_owned()
            }
            Self::Heic => {
                "This is a HEIC or AVIF picture, which not every browser can show. Save it as JPEG and choose that."
                    .to_owned()
            }
            Self::TooManyPixels(width, height) => format!(
                "This picture is too big: {width} × {height} pixels. Save it smaller, with at most {} million pixels.",
                MOST_PIXELS / 1_000_000
            ),
            Self::TooSmall(least) => {
                format!("This picture is too small. Choose one with at least {least} × {least} pixels.")
            }
            Self::Broken => "This picture is damaged: it cannot be read to its end. Choose another one.".to_owned(),
        }
    }

    /// The same as an error beside a field.
    #[must_use]
    pub fn beside(self, field: &str) -> Error {
        Error::invalid(field, self.words())
    }
}
