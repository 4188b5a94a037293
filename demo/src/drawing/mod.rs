//! Generated pictures in one flat style: services, people, category tiles, company marks.
//!
//! Every function is deterministic: the same seed gives the same bytes. [`listing`],
//! [`portrait`], [`category_tile`] and [`logo_for_company`] draw; [`render`] and the
//! encoders turn a drawing into a picture file.

mod canvas;
mod category;
mod colour;
pub(crate) mod dice;
mod logo;
mod parts;
mod pixels;
mod portrait;
mod scenes;
mod sheet;
mod stage;
mod tile;

pub use canvas::Svg;
pub use category::{Category, Hue};
pub use colour::Colour;
pub use logo::logo_for_company;
pub use pixels::{PictureError, Pixels, dominant_colour, encode_jpeg, encode_webp, render};
pub use portrait::{Presentation, portrait, portrait_of};
pub use scenes::listing;
pub use sheet::{certificate, identity_card};
pub use tile::category_tile;

#[cfg(test)]
mod tests;
