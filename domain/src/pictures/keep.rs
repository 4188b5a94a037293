//! Taking a picture, keeping it, and handing it out.

use super::address::SENT;
use super::develop::{Cut, Prints, develop};
use super::look::{Bounds, LARGEST};
use super::{Refusal, store};
use crate::kernel::workshop::Undone;
use crate::kernel::{Context, Error, Tx};

/// Makes prints of a file somebody sent in the field `field`, on a bench of the workshop. Nothing is kept yet.
///
/// # Errors
/// A message beside the field; too many pictures are being worked on.
pub async fn take(ctx: &Context, field: &str, sent: &[u8], cut: Cut) -> Result<Prints, Error> {
    // These two need no bench.
    if sent.is_empty() {
        return Err(Refusal::Empty.beside(field));
    }
    if sent.len() > LARGEST {
        return Err(Refusal::TooLarge.beside(field));
    }
    let bytes = sent.to_vec();
    match ctx.workshop.run(move || develop(&bytes, &cut, Bounds::ALWAYS)).await {
        Ok(Ok(prints)) => Ok(prints),
        Ok(Err(refusal)) => Err(refusal.beside(field)),
        Err(Undone::Busy) => Err(Error::Unavailable("many pictures are being worked on right now".to_owned())),
        Err(undone) => {
            tracing::warn!(%undone, bytes = sent.len(), "a picture could not be decoded");
            Err(Refusal::Broken.beside(field))
        }
    }
}

/// Keeps prints. Refer to their key in the same transaction: once nothing does, they go.
///
/// # Errors
/// The database is away.
pub async fn keep(tx: &mut Tx, prints: &Prints) -> Result<(), Error> {
    let now = tx.now();
    store::keep(tx.conn(), prints, now).await
}

/// A kept file by its name (`photo-….-192.jpg`), as JPEG.
///
/// # Errors
/// Not found, also for names of other kinds.
pub async fn print(ctx: &Context, name: &str) -> Result<Vec<u8>, Error> {
    let (key, width) = parse(name).ok_or(Error::NotFound)?;
    store::file(&ctx.pool, key, width).await
}

/// The largest print of a key, if it is one that was sent.
///
/// # Errors
/// The database is away.
pub async fn largest(ctx: &Context, key: &str) -> Result<Option<Vec<u8>>, Error> {
    store::largest(&ctx.pool, key).await
}

/// Key and width of a file of a picture that was sent; `None` for every other name.
fn parse(name: &str) -> Option<(&str, i32)> {
    let (key, width) = name.strip_suffix(".jpg")?.rsplit_once('-')?;
    let hash = key.strip_prefix(SENT)?;
    let lower_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    let canonical = width.bytes().all(|c| c.is_ascii_digit()) && !width.starts_with('0') && width.len() <= 4;
    (hash.len() == 64 && hash.bytes().all(lower_hex) && canonical).then_some(())?;
    Some((key, width.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::pictures::face_address;

    #[test]
    fn names_are_made_and_read_alike() {
        let key = format!("photo-{}", "0a".repeat(32));
        let address = face_address(&key, 192);
        assert_eq!(parse(address.trim_start_matches("/pictures/")), Some((key.as_str(), 192)));
        for wrong in [
            "00ab-96.webp".to_owned(),
            format!("{key}-192.webp"),
            format!("{key}-0192.jpg"),
            format!("{key}-.jpg"),
            format!("{key}-99999.jpg"),
            format!("{}-192.jpg", key.to_uppercase()),
            format!("{key}0-192.jpg"),
            "photo--192.jpg".to_owned(),
        ] {
            assert_eq!(parse(&wrong), None, "{wrong}");
        }
    }
}
