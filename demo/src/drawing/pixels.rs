//! From drawing to picture file.

use std::collections::HashMap;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use resvg::{tiny_skia, usvg};

use super::canvas::Svg;
use super::colour::Colour;

/// Opaque RGB pixels, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    rgb: Vec<u8>,
}

/// Why a drawing did not become a picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The drawing is not valid SVG.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] usvg::Error),
    /// The width is zero or too large for memory.
    #[error("a picture {0} pixels wide cannot be made")]
    Size(u32),
    /// The encoder refused the pixels.
    #[error("the picture cannot be encoded: {0}")]
    Encoding(#[from] image::ImageError),
}

/// Draws the picture `width` pixels wide, keeping its proportions, on white.
///
/// # Errors
/// When the drawing is not valid or the width is unusable.
pub fn render(svg: &Svg, width: u32) -> Result<Pixels, PictureError> {
    let tree = usvg::Tree::from_str(svg.as_str(), &usvg::Options::default())?;
    let height = (u64::from(width) * u64::from(svg.height)).div_ceil(u64::from(svg.width));
    let height = u32::try_from(height).map_err(|_| PictureError::Size(width))?;
    let mut pixmap = tiny_skia::Pixmap::new(width, height).ok_or(PictureError::Size(width))?;
    pixmap.fill(tiny_skia::Color::WHITE);
    let size = tree.size();
    let scale = tiny_skia::Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    let rgb = pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    Ok(Pixels { width, height, rgb })
}

impl Pixels {
    /// The raw bytes, three per pixel.
    pub fn bytes(&self) -> &[u8] {
        &self.rgb
    }
}

/// A near-lossless WebP file: each channel is moved to the nearest of 32 levels (7, 15, … 255).
/// Nobody sees that in flat drawings, and softened edges then cost half the bytes.
///
/// # Errors
/// When the picture is larger than the format allows.
pub fn encode_webp(pixels: &Pixels) -> Result<Vec<u8>, PictureError> {
    let levels: Vec<u8> = pixels.rgb.iter().map(|value| value.saturating_sub(4) | 7).collect();
    let mut file = Vec::new();
    WebPEncoder::new_lossless(&mut file).encode(&levels, pixels.width, pixels.height, ExtendedColorType::Rgb8)?;
    Ok(file)
}

/// A JPEG file; `quality` from 1 to 100, 82 is a good value.
///
/// # Errors
/// When the picture is larger than the format allows.
pub fn encode_jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality.clamp(1, 100)).write_image(
        &pixels.rgb,
        pixels.width,
        pixels.height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(file)
}

/// The colour to show while the picture loads, as `#rrggbb`: the most common one,
/// softened by the average so that busy pictures do not flash.
pub fn dominant_colour(pixels: &Pixels) -> String {
    let mut counts: HashMap<[u8; 3], (u64, [u64; 3])> = HashMap::new();
    let mut total = [0_u64; 3];
    let mut pixel_count = 0_u64;
    for p in pixels.rgb.chunks_exact(3) {
        let bucket = counts.entry([p[0] >> 4, p[1] >> 4, p[2] >> 4]).or_default();
        bucket.0 += 1;
        pixel_count += 1;
        for channel in 0..3 {
            bucket.1[channel] += u64::from(p[channel]);
            total[channel] += u64::from(p[channel]);
        }
    }
    // The key breaks ties: a hash map has no order of its own.
    let Some((_, (count, sum))) = counts.iter().max_by_key(|(key, (count, _))| (*count, **key)) else {
        return "#fbf8f2".to_owned();
    };
    mean(*sum, *count).mix(mean(total, pixel_count), 35).to_string()
}

fn mean(sum: [u64; 3], count: u64) -> Colour {
    let [r, g, b] = sum.map(|s| u8::try_from(s / count.max(1)).unwrap_or(u8::MAX));
    Colour::rgb(r, g, b)
}
