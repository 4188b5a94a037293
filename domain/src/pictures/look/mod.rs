//! A look at a file before anything decodes it. What it is, is read from its content, never from its name. The sizes
//! it declares are checked here, so that a bomb costs a few reads.

mod jpeg;
mod png;
mod webp;

use super::Refusal;

/// The most bytes of a file that are looked at: 10 MiB. Below the bound of the body, so that the message can stand
/// beside the field.
pub const LARGEST: usize = 10 << 20;
/// The most pixels.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The longest side.
const LONGEST_SIDE: u32 = 12_000;
/// The most memory decoding may need, as worked out from what the file declares.
const MOST_MEMORY: u64 = 128 << 20;

/// The kinds that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
}

/// What a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
    /// Bytes decoding it will take.
    pub memory: u64,
}

/// How much is taken on. Tests take the guard away to see that it is the guard that refuses.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub side: u32,
    pub pixels: u64,
    pub memory: u64,
}

impl Bounds {
    /// Those in force.
    pub const ALWAYS: Self = Self { side: LONGEST_SIDE, pixels: MOST_PIXELS, memory: MOST_MEMORY };

    fn check(self, look: &Look) -> Result<(), Refusal> {
        let pixels = u64::from(look.width) * u64::from(look.height);
        if pixels == 0 {
            return Err(Refusal::Broken);
        }
        let fits = look.width.max(look.height) <= self.side && pixels <= self.pixels && look.memory <= self.memory;
        if fits { Ok(()) } else { Err(Refusal::TooManyPixels(look.width, look.height)) }
    }
}

/// What a file is, if it is one that is taken and stays within bounds.
///
/// # Errors
/// Why it is not taken.
pub fn look(bytes: &[u8], bounds: Bounds) -> Result<Look, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    let look = match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg::look(bytes),
        _ if bytes.starts_with(png::SIGNATURE) => png::look(bytes),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => webp::look(bytes),
        _ => Err(stranger(bytes)),
    }?;
    bounds.check(&look)?;
    Ok(look)
}

/// The parts of a file that its pixels are made of: what never reaches the decoder cannot be used against it.
pub fn pixels_only(bytes: &[u8], kind: Kind) -> Vec<u8> {
    match kind {
        Kind::Png => png::pixels_only(bytes),
        Kind::Jpeg | Kind::WebP => bytes.to_vec(),
    }
}

/// Words for kinds people try in good faith.
fn stranger(bytes: &[u8]) -> Refusal {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    match bytes {
        _ if bytes.starts_with(b"GIF8") => Refusal::Moving,
        _ if bytes.get(4..8) == Some(b"ftyp")
            && [&b"heic"[..], b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"]
                .contains(&bytes.get(8..12).unwrap_or_default()) =>
        {
            Refusal::Heic
        }
        _ if text.contains("<svg") => Refusal::Drawing,
        _ => Refusal::NotAPicture,
    }
}

/// Two bytes, the more significant one first.
fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at + 2)?;
    Some(usize::from(u16::from_be_bytes([pair[0], pair[1]])))
}

/// Four bytes, the most significant one first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}
