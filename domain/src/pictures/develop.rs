//! From a file to prints: decoded, turned the right way up, cut, made smaller, and encoded anew from the pixels alone.

use super::Refusal;
use super::address::{FACE_WIDTHS, SENT};
use super::look::{Bounds, Kind, look, pixels_only};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// Of a hundred: small files without seams that anybody sees.
const QUALITY: u8 = 84;

/// How a picture is cut, and how wide its prints are.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Width and height to each other.
    pub ratio: (u32, u32),
    /// Widths of the prints, in pixels, the largest last.
    pub widths: [u32; 3],
    /// The least width and height worth showing, before it is cut.
    pub least: u32,
}

/// The ratio of what is not cut: a picture keeps its own shape, up to three times as long as it is wide.
const WHOLE: (u32, u32) = (0, 0);

/// Documents: the whole sheet, large enough to read.
pub const SHEET: Cut = Cut { ratio: WHOLE, widths: [320, 800, 1600], least: 200 };

/// Faces and marks: square.
pub const FACE: Cut = Cut { ratio: (1, 1), widths: FACE_WIDTHS, least: 64 };

/// A picture in all its widths, as JPEG, with nothing but pixels in it.
#[derive(Clone, Debug)]
pub struct Prints {
    /// Its name, made from its content.
    pub key: String,
    /// Width and file.
    pub files: Vec<(u32, Vec<u8>)>,
    /// Its colour from afar, `#rrggbb`: the ground until it has arrived.
    pub colour: String,
}

/// Makes the prints of a file. Takes a core for a while: see [`super::take`].
///
/// # Errors
/// Why the file is not taken.
pub fn develop(bytes: &[u8], cut: &Cut, bounds: Bounds) -> Result<Prints, Refusal> {
    let look = look(bytes, bounds)?;
    if look.width.min(look.height) < cut.least {
        return Err(Refusal::TooSmall(cut.least));
    }
    let format = match look.kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
    };
    let (whole, orientation) = decode(pixels_only(bytes, look.kind), format, bounds).map_err(|_| Refusal::Broken)?;
    let mut small = shrink(whole, cut);
    small.apply_orientation(orientation);
    let ratio = if cut.ratio == WHOLE { own_ratio(small.width(), small.height()) } else { cut.ratio };
    let cut_out = on_white(&crop(&small, ratio));
    let mut files = Vec::with_capacity(cut.widths.len());
    for width in cut.widths {
        let height = (u64::from(width) * u64::from(ratio.1) / u64::from(ratio.0)).max(1);
        let height = u32::try_from(height).map_err(|_| Refusal::Broken)?;
        files.push((width, print(&cut_out, width, height).map_err(|_| Refusal::Broken)?));
    }
    Ok(Prints { key: key(&files), files, colour: from_afar(&cut_out) })
}

/// All of a picture as one colour.
fn from_afar(picture: &DynamicImage) -> String {
    let Rgb([red, green, blue]) = *picture.thumbnail_exact(1, 1).into_rgb8().get_pixel(0, 0);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

const fn own_ratio(width: u32, height: u32) -> (u32, u32) {
    if width / 3 > height {
        (3, 1)
    } else if height / 3 > width {
        (1, 3)
    } else {
        (width, height)
    }
}

fn decode(bytes: Vec<u8>, format: ImageFormat, bounds: Bounds) -> image::ImageResult<(DynamicImage, Orientation)> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(bounds.side);
    limits.max_image_height = Some(bounds.side);
    limits.max_alloc = Some(bounds.memory);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    // A tag that cannot be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

/// A large picture first becomes about twice as large as its largest print, the quick way: everything after that is
/// cheap. The original goes here.
fn shrink(whole: DynamicImage, cut: &Cut) -> DynamicImage {
    let enough = 2 * cut.widths.into_iter().max().unwrap_or(1);
    let (width, height) = (whole.width(), whole.height());
    let short = width.min(height);
    if short <= enough {
        return whole;
    }
    let scaled = |side: u32| u32::try_from(u64::from(side) * u64::from(enough) / u64::from(short)).unwrap_or(side);
    whole.thumbnail_exact(scaled(width).max(1), scaled(height).max(1))
}

/// The middle of a picture, in the wanted shape.
fn crop(picture: &DynamicImage, (across, down): (u32, u32)) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let wide = width.min((height.saturating_mul(across) / down).max(1));
    let high = height.min((width.saturating_mul(down) / across).max(1));
    picture.crop_imm((width - wide) / 2, (height - high) / 2, wide, high)
}

/// JPEG knows no transparency: what can be seen through becomes white.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let seen = picture.to_rgba8();
    let mixed = RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let mix = |part: u8| {
            let sum = u16::from(part) * u16::from(alpha) + 255 * u16::from(255 - alpha);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([mix(red), mix(green), mix(blue)])
    });
    DynamicImage::ImageRgb8(mixed)
}

fn print(picture: &DynamicImage, width: u32, height: u32) -> image::ImageResult<Vec<u8>> {
    let pixels = picture.resize_exact(width, height, FilterType::Lanczos3).into_rgb8();
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&pixels)?;
    Ok(file)
}

/// The same content has the same name, other content another one, and nobody guesses it who does not have it.
fn key(files: &[(u32, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (width, file) in files {
        hash.update(width.to_be_bytes());
        hash.update((file.len() as u64).to_be_bytes());
        hash.update(file);
    }
    format!("{SENT}{}", hex::encode(hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 30, 30])));
        picture.write_to(&mut file, ImageFormat::Png).expect("a picture");
        file.into_inner()
    }

    #[test]
    fn prints_have_the_shape_and_the_widths_of_the_cut() {
        let cut = Cut { ratio: (4, 3), widths: [40, 80, 120], least: 20 };
        for (width, height) in [(640, 100), (100, 640), (64, 64)] {
            let prints = develop(&png(width, height), &cut, Bounds::ALWAYS).expect("prints");
            let sizes: Vec<(u32, u32)> = prints
                .files
                .iter()
                .map(|(_, file)| image::load_from_memory(file).expect("a print"))
                .map(|print| (print.width(), print.height()))
                .collect();
            assert_eq!(sizes, [(40, 30), (80, 60), (120, 90)]);
        }
    }

    #[test]
    fn a_sheet_keeps_its_shape() {
        let cut = Cut { widths: [20, 40, 80], least: 20, ..SHEET };
        for (width, height, expected) in
            [(210, 297, (80, 113)), (300, 200, (80, 53)), (60, 900, (80, 240)), (900, 60, (80, 26))]
        {
            let prints = develop(&png(width, height), &cut, Bounds::ALWAYS).expect("prints");
            let print = image::load_from_memory(&prints.files[2].1).expect("a print");
            assert_eq!((print.width(), print.height()), expected, "{width} × {height}");
        }
    }

    #[test]
    fn the_same_content_has_the_same_name() {
        let name = |width| develop(&png(width, 100), &FACE, Bounds::ALWAYS).expect("prints").key;
        assert_eq!(name(100), name(100));
        assert_eq!(name(100).len(), SENT.len() + 64);
        let mut other = png(100, 100);
        other = other.iter().copied().chain(*b"more").collect();
        assert_eq!(
            develop(&other, &FACE, Bounds::ALWAYS).expect("prints").key,
            name(100),
            "what follows does not count"
        );
    }

    /// The guard, and the control: without it the very same files are decoded.
    #[test]
    fn the_declared_size_is_what_refuses() {
        let long = png(12_001, 64);
        assert_eq!(develop(&long, &FACE, Bounds::ALWAYS).err(), Some(Refusal::TooManyPixels(12_001, 64)));
        let patient = Bounds { side: u32::MAX, ..Bounds::ALWAYS };
        assert!(develop(&long, &FACE, patient).is_ok());

        let many = png(200, 200);
        let strict = Bounds { pixels: 39_999, ..Bounds::ALWAYS };
        assert_eq!(develop(&many, &FACE, strict).err(), Some(Refusal::TooManyPixels(200, 200)));
        let poor = Bounds { memory: 119_999, ..Bounds::ALWAYS };
        assert_eq!(develop(&many, &FACE, poor).err(), Some(Refusal::TooManyPixels(200, 200)));
        assert!(develop(&many, &FACE, Bounds { memory: 120_000, pixels: 40_000, side: 200 }).is_ok());
    }
}
