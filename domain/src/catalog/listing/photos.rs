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
    /// To this place, counted from 0; behind the last one is the last place.
    To(usize),
    /// Taken away.
    Remove,
    /// Nothing but its words.
    Stay,
}

/// A file somebody sent.
#[derive(Clone, Copy, Debug)]
pub struct SentPicture<'s> {
    /// What it is called where it comes from.
    pub name: &'s str,
    /// Its content.
    pub bytes: &'s [u8],
}

/// Adds pictures at the end. What was sent is made anew from its pixels, in three sizes. `alt` says what is to be seen
/// in the first one. Those that can be taken are; returned is what to say about the others.
///
/// # Errors
/// A message beside `picture` when none can be taken, or beside `alt`; [`SaveError::Stale`]; too many pictures are being
/// worked on.
pub async fn add_pictures(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    sent: &[SentPicture<'_>],
    alt: &str,
) -> Result<Vec<String>, SaveError> {
    require(actor, service.provider)?;
    let mut alt = described(alt)?;
    let (mut listing, mut all, mut refused) = (service.listing().clone(), Vec::new(), Vec::new());
    // Nothing chosen is told like a file without content.
    let nothing = [SentPicture { name: "", bytes: &[] }];
    let sent = if sent.is_empty() { &nothing } else { sent };
    for one in sent {
        match taken(ctx, &listing, one.bytes).await {
            Ok(prints) => {
                let (key, colour) = (prints.key.clone(), prints.colour.clone());
                listing.pictures.push(ServicePicture { key, alt: std::mem::take(&mut alt), colour });
                all.push(prints);
            }
            Err(Error::Invalid(wrong)) => {
                let words = wrong.iter().map(|(_, words)| words).collect::<Vec<_>>().join(" ");
                refused.push(if sent.len() > 1 { format!("{}: {words}", one.name) } else { words });
            }
            Err(other) => return Err(other.into()),
        }
    }
    if all.is_empty() {
        return Err(Error::invalid("picture", refused.join(" ")).into());
    }
    put(ctx, actor, service, listing, Arc::new(all)).await?;
    Ok(refused)
}

/// Prints of a file, if there is room for one more and it is not there yet.
async fn taken(ctx: &Context, listing: &Listing, bytes: &[u8]) -> Result<pictures::Prints, Error> {
    if listing.pictures.len() >= MOST_PICTURES {
        let words = format!("There are {MOST_PICTURES} pictures already. Take one away first.");
        return Err(Error::invalid("picture", words));
    }
    let prints = pictures::take(ctx, "picture", bytes, LISTING_CUT).await?;
    if listing.pictures.iter().any(|picture| picture.key == prints.key) {
        return Err(Error::invalid("picture", "This picture is here already."));
    }
    Ok(prints)
}

/// Changes what is there. `words` that stand beside the picture are kept whatever else is done.
///
/// # Errors
/// Not found for a picture that is not there; a message beside `alt`; [`SaveError::Stale`].
pub async fn arrange_picture(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    key: &str,
    act: PictureAct,
    words: Option<&str>,
) -> Result<(), SaveError> {
    require(actor, service.provider)?;
    let mut listing = service.listing().clone();
    let pictures = &mut listing.pictures;
    let at = pictures.iter().position(|picture| picture.key == key).ok_or(Error::NotFound)?;
    if let Some(words) = words {
        pictures[at].alt = described(words)?;
    }
    match act {
        PictureAct::Up => pictures.swap(at, at.saturating_sub(1)),
        PictureAct::Down => {
            let last = pictures.len().saturating_sub(1);
            pictures.swap(at, (at + 1).min(last));
        }
        PictureAct::To(place) => {
            let one = pictures.remove(at);
            pictures.insert(place.min(pictures.len()), one);
        }
        PictureAct::Remove => drop(pictures.remove(at)),
        PictureAct::Stay => {}
    }
    put(ctx, actor, service, listing, Arc::default()).await
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
    prints: Arc<Vec<pictures::Prints>>,
) -> Result<(), SaveError> {
    let author = require(actor, service.provider)?;
    let (id, version) = (service.id, service.version);
    write(ctx, actor, move |tx| {
        let (listing, prints) = (listing.clone(), prints.clone());
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            let now = tx.now();
            for prints in prints.iter() {
                pictures::keep(tx, prints).await?;
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
