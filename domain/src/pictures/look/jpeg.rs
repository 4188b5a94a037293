//! JPEG: markers, and between them segments that say how long they are. Decoders forgive a file that ends too early
//! and fill it up with grey; here it has to reach its end.

use super::{Kind, Look, be16};
use crate::pictures::Refusal;

/// Progressive pictures have about ten passes. Each pass goes over all pixels, so thousands of empty ones are a bomb.
const MOST_SCANS: u32 = 60;

const START_OF_SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// What the frame declares.
struct Frame {
    width: u32,
    height: u32,
    /// Bytes of memory a pixel takes.
    bytes_per_pixel: f64,
}

/// What a JPEG declares. Whatever follows its end is not looked at, and not kept.
pub fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    let mut at = 2;
    let mut frame: Option<Frame> = None;
    let mut scans = 0;
    loop {
        // Markers may be preceded by any number of 0xff.
        let rest = bytes.get(at..).ok_or(Refusal::Broken)?;
        let gap = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0xff | 0x00));
        at += gap.ok_or(Refusal::Broken)?;
        let marker = bytes[at + 1];
        at += 2;
        match marker {
            END => break,
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let length = be16(bytes, at).filter(|length| *length >= 2).ok_or(Refusal::Broken)?;
        let segment = bytes.get(at + 2..at + length).ok_or(Refusal::Broken)?;
        at += length;
        match marker {
            // Baseline, extended and progressive: what cameras and programs write.
            0xc0..=0xc2 if frame.is_none() => frame = Some(read_frame(segment, marker == 0xc2)?),
            // A second frame, or ways of coding that no browser shows.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Err(Refusal::Broken),
            START_OF_SCAN => {
                scans += 1;
                if scans > MOST_SCANS || frame.is_none() {
                    return Err(Refusal::Broken);
                }
                at += scan_length(bytes.get(at..).unwrap_or_default());
            }
            _ => {}
        }
    }
    let frame = frame.filter(|_| scans > 0).ok_or(Refusal::Broken)?;
    let pixels = f64::from(frame.width) * f64::from(frame.height);
    let memory = (pixels * frame.bytes_per_pixel) as u64;
    Ok(Look { kind: Kind::Jpeg, width: frame.width, height: frame.height, memory })
}

/// How far coded pixels go: up to the next marker that is not part of them.
fn scan_length(rest: &[u8]) -> usize {
    let mut at = 0;
    while let Some(next) = rest.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        at += next;
        match rest.get(at + 1) {
            // A coded 0xff, or a restart marker.
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            _ => return at,
        }
    }
    rest.len()
}

/// Size, and what the decoder will need: the pixels; progressive ones also keep two bytes for each sample until the end.
fn read_frame(segment: &[u8], progressive: bool) -> Result<Frame, Refusal> {
    let (Some(&precision), Some(height), Some(width), Some(&count)) =
        (segment.first(), be16(segment, 1), be16(segment, 3), segment.get(5))
    else {
        return Err(Refusal::Broken);
    };
    let parts = segment.get(6..6 + 3 * usize::from(count)).ok_or(Refusal::Broken)?;
    if precision != 8 || !matches!(count, 1 | 3 | 4) {
        return Err(Refusal::Broken);
    }
    let factors: Vec<(u8, u8)> = parts.chunks_exact(3).map(|part| (part[1] >> 4, part[1] & 15)).collect();
    if factors.iter().any(|(across, down)| !(1..=4).contains(across) || !(1..=4).contains(down)) {
        return Err(Refusal::Broken);
    }
    let most = |of: fn(&(u8, u8)) -> u8| factors.iter().map(of).max().map_or(1.0, f64::from);
    let area = most(|factor| factor.0) * most(|factor| factor.1);
    let samples: f64 = factors.iter().map(|(across, down)| f64::from(*across) * f64::from(*down) / area).sum();
    let kept = if progressive { 2.0 * samples } else { 0.0 };
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Ok(Frame { width: side(width), height: side(height), bytes_per_pixel: f64::from(count.min(3)) + kept })
}
