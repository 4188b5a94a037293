//! PNG: a signature, then chunks with length, name, content and checksum. Only the chunks that make the pixels go on to
//! the decoder, so compressed texts and colour profiles are never unpacked by it.

use super::{Kind, Look, be32};
use crate::pictures::Refusal;
use flate2::read::ZlibDecoder;
use std::io::Read;

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks of an honest file hold a few kilobytes each.
const MOST_CHUNKS: usize = 20_000;
/// All texts and profiles together unpack to less than this in any honest file.
const MOST_UNPACKED: u64 = 8 << 20;

struct Chunk<'a> {
    name: &'a [u8],
    content: &'a [u8],
    whole: &'a [u8],
}

/// The chunks up to the end chunk. Whatever follows it is not looked at, and not kept.
struct Chunks<'a> {
    rest: &'a [u8],
    ended: bool,
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<Chunk<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = || {
            let length = usize::try_from(be32(self.rest, 0)?).ok()?;
            let whole = self.rest.get(..length.checked_add(12)?)?;
            Some(Chunk { name: &whole[4..8], content: &whole[8..8 + length], whole })
        };
        let Some(chunk) = read() else {
            self.ended = true;
            return Some(Err(Refusal::Broken));
        };
        self.rest = &self.rest[chunk.whole.len()..];
        self.ended = chunk.name == b"IEND";
        Some(Ok(chunk))
    }
}

fn chunks(bytes: &[u8]) -> Chunks<'_> {
    Chunks { rest: bytes.get(SIGNATURE.len()..).unwrap_or_default(), ended: false }
}

/// What a PNG declares.
pub fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    let mut header = None;
    let (mut data, mut unpacked, mut see_through) = (0_u64, 0, false);
    for (number, chunk) in chunks(bytes).enumerate() {
        let chunk = chunk?;
        if number >= MOST_CHUNKS || (number == 0) != (chunk.name == b"IHDR") {
            return Err(Refusal::Broken);
        }
        match chunk.name {
            b"IHDR" => header = Some(Header::read(chunk.content)?),
            b"IDAT" => data += chunk.content.len() as u64,
            b"tRNS" => see_through = true,
            b"acTL" | b"fcTL" | b"fdAT" => return Err(Refusal::Moving),
            b"PLTE" | b"IEND" => {}
            b"iCCP" | b"zTXt" | b"iTXt" => unpacked += unpacked_length(chunk.name, chunk.content),
            // A small first letter says that the picture can be shown without it.
            name if name.first().is_some_and(u8::is_ascii_lowercase) => {}
            _ => return Err(Refusal::Broken),
        }
        if unpacked > MOST_UNPACKED {
            return Err(Refusal::Broken);
        }
    }
    let header = header.ok_or(Refusal::Broken)?;
    // Not even uncompressed would its pixels take so much: something else is in there.
    if data == 0 || data > header.raw().saturating_add(header.raw() / 100 + 4096) {
        return Err(Refusal::Broken);
    }
    let pixels = u64::from(header.width) * u64::from(header.height);
    let bytes_per_pixel = (header.channels() + u64::from(see_through)) * u64::from(header.depth.div_ceil(8));
    let memory = pixels.saturating_mul(bytes_per_pixel);
    Ok(Look { kind: Kind::Png, width: header.width, height: header.height, memory })
}

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

impl Header {
    fn read(content: &[u8]) -> Result<Self, Refusal> {
        let (Some(width), Some(height), &[_, _, _, _, _, _, _, _, depth, colour, _, _, _]) =
            (be32(content, 0), be32(content, 4), content)
        else {
            return Err(Refusal::Broken);
        };
        if !matches!(depth, 1 | 2 | 4 | 8 | 16) || !matches!(colour, 0 | 2 | 3 | 4 | 6) {
            return Err(Refusal::Broken);
        }
        Ok(Self { width, height, depth, colour })
    }

    /// Channels of a decoded pixel; a palette is unfolded.
    const fn channels(&self) -> u64 {
        match self.colour {
            0 => 1,
            4 => 2,
            6 => 4,
            _ => 3,
        }
    }

    /// Bytes of all pixels as they are packed, with one for each line; seven passes need a few lines more.
    fn raw(&self) -> u64 {
        let channels = if self.colour == 3 { 1 } else { self.channels() };
        let line = (u64::from(self.width) * channels * u64::from(self.depth)).div_ceil(8) + 1;
        line.saturating_mul(u64::from(self.height)).saturating_mul(2)
    }
}

/// How much a compressed text or profile unpacks to, counted without keeping it; not further than matters.
fn unpacked_length(name: &[u8], content: &[u8]) -> u64 {
    let after_zero = |bytes: &'_ [u8]| bytes.iter().position(|byte| *byte == 0).map(|at| at + 1);
    let packed = || {
        let mut rest = content.get(after_zero(content)?..)?;
        if name == b"iTXt" {
            if rest.first() != Some(&1) {
                return None;
            }
            rest = rest.get(1..)?;
        }
        rest = rest.get(1..)?;
        if name == b"iTXt" {
            rest = rest.get(after_zero(rest)?..)?;
            rest = rest.get(after_zero(rest)?..)?;
        }
        Some(rest)
    };
    let Some(packed) = packed() else { return 0 };
    let mut unpacking = ZlibDecoder::new(packed);
    let (mut total, mut some) = (0, [0; 16 << 10]);
    while total <= MOST_UNPACKED {
        // One that cannot be unpacked to its end is nobody's concern: nothing but its length is ever used.
        match unpacking.read(&mut some) {
            Ok(0) | Err(_) => break,
            Ok(count) => total += count as u64,
        }
    }
    total
}

/// Header, palette, transparency, which way is up, and the pixels.
pub fn pixels_only(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(SIGNATURE);
    for chunk in chunks(bytes).map_while(Result::ok) {
        if matches!(chunk.name, b"IHDR" | b"PLTE" | b"tRNS" | b"eXIf" | b"IDAT" | b"IEND") {
            kept.extend_from_slice(chunk.whole);
        }
    }
    kept
}
