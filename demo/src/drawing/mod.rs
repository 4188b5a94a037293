//! Generated pictures in one flat style: services, people, category tiles, company marks.
//!
//! Every function is deterministic: the same seed gives the same bytes. [`listing`],
//! [`portrait`], [`category_tile`] and [`logo_for_company`] draw; [`render`] and the
//! encoders turn a drawing into a picture file.

pub(crate) mod canvas;
pub(crate) mod category;
pub(crate) mod colour;
pub(crate) mod dice;
pub(crate) mod parts;
pub(crate) mod pixels;
pub(crate) mod scenes;
pub(crate) mod stage;

pub use canvas::Svg;
pub use category::{Category, Hue};
pub use colour::Colour;
pub use pixels::{PictureError, Pixels, dominant_colour, encode_jpeg, encode_webp, render};
pub use scenes::listing;
