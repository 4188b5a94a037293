//! WebP: a RIFF file. Its first chunk says how large the canvas is, and whether it moves.

use super::{Kind, Look};
use crate::pictures::Refusal;

/// Bytes of memory a pixel takes: the decoded one, and the planes it is made from.
const BYTES_PER_PIXEL: u64 = 6;
/// An honest picture has less than ten.
const MOST_CHUNKS: usize = 100;

/// What a WebP declares: the larger of its canvas and its picture.
pub fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    let declared = le32(bytes, 4).ok_or(Refusal::Broken)?;
    let mut rest = bytes.get(12..declared.checked_add(8).ok_or(Refusal::Broken)?).ok_or(Refusal::Broken)?;
    let (mut width, mut height, mut pictures) = (0, 0, 0);
    for number in 0.. {
        if rest.is_empty() {
            break;
        }
        let length = le32(rest, 4).ok_or(Refusal::Broken)?;
        let content = length.checked_add(8).and_then(|end| rest.get(8..end)).ok_or(Refusal::Broken)?;
        let size = match &rest[..4] {
            b"ANIM" | b"ANMF" => return Err(Refusal::Moving),
            b"VP8X" => canvas(content)?,
            b"VP8 " => {
                pictures += 1;
                lossy(content)?
            }
            b"VP8L" => {
                pictures += 1;
                lossless(content)?
            }
            _ => (0, 0),
        };
        (width, height) = (width.max(size.0), height.max(size.1));
        if number >= MOST_CHUNKS {
            return Err(Refusal::Broken);
        }
        // Chunks of odd length are followed by a byte that means nothing.
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    if pictures != 1 {
        return Err(Refusal::Broken);
    }
    let memory = u64::from(width) * u64::from(height) * BYTES_PER_PIXEL;
    Ok(Look { kind: Kind::WebP, width, height, memory })
}

/// The canvas of an extended file: flags, then width and height less one in three bytes each.
fn canvas(content: &[u8]) -> Result<(u32, u32), Refusal> {
    let &[flags, _, _, _, w0, w1, w2, h0, h1, h2, ..] = content else {
        return Err(Refusal::Broken);
    };
    if flags & 2 != 0 {
        return Err(Refusal::Moving);
    }
    Ok((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
}

/// The key frame of a lossy picture.
fn lossy(content: &[u8]) -> Result<(u32, u32), Refusal> {
    let &[_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1, ..] = content else {
        return Err(Refusal::Broken);
    };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    Ok((side(w0, w1), side(h0, h1)))
}

/// The header of a lossless picture: fourteen bits each, less one.
fn lossless(content: &[u8]) -> Result<(u32, u32), Refusal> {
    let &[0x2f, b0, b1, b2, b3, ..] = content else {
        return Err(Refusal::Broken);
    };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    Ok(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
}

fn le32(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}
