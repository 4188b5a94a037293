//! Pictures of a listing: added, put in order, told in words, taken away. All of it happens to the text that is worked
//! on; customers see it when that goes on show.

use super::{Edited, Listing, SaveError, keep, save::require};
use crate::catalog::store::listing as store;
use crate::catalog::{PICTURE_WIDTHS, ServicePicture};
use crate::kernel::{Actor, Context, Error, write};
use crate::pictures::{self, Cut};
use serde_json::json;
use std::sync::Arc;

/// The most pictures a listing has.
pub const MOST_PICTURES: usize = 8;
/// The most words about a picture, in characters.
const LONGEST_ALT: usize = 200;

/// Pictures of services: four to three, wide enough for a page.
pub const LISTING_CUT: Cut = Cut { ratio: (4, 3), widths: PICTURE_WIDTHS, least: 300 };

/// What is done to a picture that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureAct {
    /// One place to the front.
    Up,
    /// One place to the back.
    Down,
    /// Taken away.
    Remove,
    /// What is to be seen, in words.
    Describe(String),
}

/// Adds a picture at the end. What was sent is made anew from its pixels, in three sizes.
///
/// # Errors
/// A message beside `picture` or `alt`; [`SaveError::Stale`]; too many pictures are being worked on.
pub async fn add_picture(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    (sent, alt): (&[u8], &str),
) -> Result<(), SaveError> {
    require(actor, service.provider)?;
    if service.listing().pictures.len() >= MOST_PICTURES {
        let words = format!("There are {MOST_PICTURES} pictures already. Take one away first.");
        return Err(Error::invalid("picture", words).into());
    }
    let alt = described(alt)?;
    let prints = Arc::new(pictures::take(ctx, "picture", sent, LISTING_CUT).await?);
    if service.listing().pictures.iter().any(|picture| picture.key == prints.key) {
        return Err(Error::invalid("picture", "This picture is here already.").into());
    }
    let mut listing = service.listing().clone();
    listing.pictures.push(ServicePicture { key: prints.key.clone(), alt, colour: prints.colour.clone() });
    put(ctx, actor, service, listing, Some(prints)).await
}

/// Changes what is there.
///
/// # Errors
/// Not found for a picture that is not there; a message beside `alt`; [`SaveError::Stale`].
pub async fn arrange_picture(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    key: &str,
    act: PictureAct,
) -> Result<(), SaveError> {
    require(actor, service.provider)?;
    let mut listing = service.listing().clone();
    let pictures = &mut listing.pictures;
    let at = pictures.iter().position(|picture| picture.key == key).ok_or(Error::NotFound)?;
    match act {
        PictureAct::Up => pictures.swap(at, at.saturating_sub(1)),
        PictureAct::Down => {
            let last = pictures.len().saturating_sub(1);
            pictures.swap(at, (at + 1).min(last));
        }
        PictureAct::Remove => drop(pictures.remove(at)),
        PictureAct::Describe(alt) => pictures[at].alt = described(&alt)?,
    }
    put(ctx, actor, service, listing, None).await
}

fn described(alt: &str) -> Result<String, Error> {
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    if alt.chars().count() > LONGEST_ALT {
        return Err(Error::invalid("alt", format!("Please keep it under {LONGEST_ALT} characters.")));
    }
    Ok(alt)
}

async fn put(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    listing: Listing,
    prints: Option<Arc<pictures::Prints>>,
) -> Result<(), SaveError> {
    let author = require(actor, service.provider)?;
    let (id, version) = (service.id, service.version);
    write(ctx, actor, move |tx| {
        let (listing, prints) = (listing.clone(), prints.clone());
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            let now = tx.now();
            if let Some(prints) = prints {
                pictures::keep(tx, &prints).await?;
            }
            keep::pictures(tx, &listing).await?;
            let number = store::put_draft(tx.conn(), id, &listing, author, now).await?;
            let pictures = listing.pictures.len();
            let detail = json!({ "number": number, "pictures": pictures });
            tx.audit(keep::entry("listing.pictures_changed", id, "provider", detail));
            Ok(())
        })
    })
    .await
}
