//! Pictures made for tests, good ones and others, by a few lines of generator each: no files from elsewhere.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]
#![allow(dead_code, reason = "the programs of tests use other parts of it")]

pub mod cost;
pub mod hostile;
pub mod sending;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Write};

/// Words that stand in what is to be left out.
pub const SECRET: &str = "HOME-SWEET-52.5310N-13.3849E";

/// Red, green, blue and white, from the top left to the bottom right: whoever turns it, is seen.
pub fn quarters(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => Rgb([220, 20, 20]),
        (false, true) => Rgb([20, 200, 20]),
        (true, false) => Rgb([20, 20, 220]),
        (false, false) => Rgb([250, 250, 250]),
    }))
}

pub fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 92).encode_image(picture).unwrap();
    file
}

pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub fn png(picture: &DynamicImage) -> Vec<u8> {
    encoded(picture, ImageFormat::Png)
}

/// Without loss: the only WebP this encoder writes.
pub fn webp(picture: &DynamicImage) -> Vec<u8> {
    encoded(picture, ImageFormat::WebP)
}

/// A JPEG segment with its marker and length.
pub fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
}

/// A JPEG with something more right after its beginning.
pub fn with_segment(file: &[u8], segment: &[u8]) -> Vec<u8> {
    [&file[..2], segment, &file[2..]].concat()
}

/// Where a marker of a JPEG stands, which no coded pixel can be taken for.
pub fn marker(file: &[u8], marker: u8) -> usize {
    file.windows(2).position(|pair| pair == [0xff, marker]).unwrap()
}

/// What a phone writes: which way is up, and where it was.
pub fn tiff(orientation: u8) -> Vec<u8> {
    let mut file = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Orientation, and where the position stands.
    file.extend([0, 2]);
    file.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    file.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    file.extend([0, 0, 0, 0]);
    // One entry of the position: words about the area.
    let length = u8::try_from(SECRET.len()).unwrap();
    file.extend([0, 1, 0x00, 0x1c, 0, 7, 0, 0, 0, length, 0, 0, 0, 56, 0, 0, 0, 0]);
    assert_eq!(file.len(), 56);
    file.extend(SECRET.as_bytes());
    file
}

/// The same as a segment of a JPEG.
pub fn exif(orientation: u8) -> Vec<u8> {
    segment(0xe1, &[&b"Exif\0\0"[..], &tiff(orientation)].concat())
}

/// A chunk of a PNG with length and checksum.
pub fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(content);
    let length = u32::try_from(content.len()).unwrap();
    [&length.to_be_bytes()[..], name, content, &sum.sum().to_be_bytes()[..]].concat()
}

/// A PNG header: width, height, bits of a channel, kind of colour (0 grey, 2 RGB, 3 palette, 6 RGBA).
pub fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let content = [&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[depth, colour, 0, 0, 0][..]].concat();
    chunk(b"IHDR", &content)
}

/// A PNG of these chunks.
pub fn png_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// A PNG with something more right after its header.
pub fn with_chunk(file: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&file[..33], chunk, &file[33..]].concat()
}

/// So many bytes of zeros, compressed.
pub fn zeros(count: usize) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let some = vec![0; 1 << 20];
    for start in (0..count).step_by(some.len()) {
        packed.write_all(&some[..some.len().min(count - start)]).unwrap();
    }
    packed.finish().unwrap()
}

/// A chunk of a WebP; odd lengths are filled up.
pub fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [&name[..], &length.to_le_bytes(), content, &[0][..content.len() % 2]].concat()
}

/// A WebP of these chunks.
pub fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let content = [b"WEBP".to_vec(), chunks.concat()].concat();
    riff(b"RIFF", &content)
}

/// The canvas of an extended WebP. Flags: 2 moves, 8 EXIF, 16 transparency.
pub fn canvas(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |length: u32| (length - 1).to_le_bytes()[..3].to_vec();
    riff(b"VP8X", &[vec![flags, 0, 0, 0], side(width), side(height)].concat())
}

/// A grey JPEG in the four colours of a printer: eight by eight pixels a block, every block the same.
pub fn cmyk(width: u16, height: u16) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.push(4);
    (1..=4).for_each(|part| frame.extend([part, 0x11, 0]));
    // One code of one bit: no difference, and the end of the block.
    let table = |class: u8| segment(0xc4, &[&[class, 1][..], &[0; 15], &[0]].concat());
    let mut scan = vec![4];
    (1..=4).for_each(|part| scan.extend([part, 0]));
    scan.extend([0, 63, 0]);
    let blocks = usize::from(width.div_ceil(8)) * usize::from(height.div_ceil(8));
    [
        vec![0xff, 0xd8],
        segment(0xee, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xdb, &[&[0][..], &[1; 64]].concat()),
        segment(0xc0, &frame),
        table(0x00),
        table(0x10),
        segment(0xda, &scan),
        // Four parts of two bits each.
        vec![0; blocks],
        vec![0xff, 0xd9],
    ]
    .concat()
}
