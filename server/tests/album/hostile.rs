//! What nobody should be able to hang on the wall.

use super::*;

/// What it is, the file, and a part of the words that refuse it.
pub type Hostile = (&'static str, Vec<u8>, &'static str);

const STRANGER: &str = "cannot see a picture";
const MOVING: &str = "Moving pictures";
const BIG: &str = "too big";
const DAMAGED: &str = "damaged";

/// All of them.
pub fn all() -> Vec<Hostile> {
    [other_files(), jpegs(), pngs(), packed(), webps(), sizes()].concat()
}

fn other_files() -> Vec<Hostile> {
    let gif = |frames: usize| {
        let frame = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x40\0\x40\0\0\x02\x02\x44\x01\0";
        [b"GIF89a\x40\0\x40\0\x80\0\0\xff\xff\xff\0\0\0".to_vec(), frame.repeat(frames), b";".to_vec()].concat()
    };
    let laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<svg>&b;</svg>";
    vec![
        ("an empty file", Vec::new(), "Choose a picture"),
        ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>".to_vec(), "SVG"),
        ("a drawing with a script", b"<svg onload=\"alert(1)\"><script>alert(1)</script></svg>".to_vec(), "SVG"),
        ("a drawing with entities", laughs.into(), "SVG"),
        ("a GIF", gif(1), MOVING),
        ("a GIF of a thousand frames", gif(1000), MOVING),
        ("a page", b"<!doctype html><script>alert(document.cookie)</script>".to_vec(), STRANGER),
        ("a document", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj".to_vec(), STRANGER),
        ("an archive", [&b"PK\x03\x04"[..], &[0; 200]].concat(), STRANGER),
        ("a program", [&b"\x7fELF\x02\x01\x01"[..], &[0; 200]].concat(), STRANGER),
        ("a script", b"#!/bin/sh\nrm -rf /\n".to_vec(), STRANGER),
        ("plain text", b"I am a picture, honestly.".to_vec(), STRANGER),
        ("noise", (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect(), STRANGER),
        ("a HEIC", [&b"\0\0\0\x18ftypheic"[..], &[0; 200]].concat(), "HEIC"),
        ("an AVIF", [&b"\0\0\0\x18ftypavif"[..], &[0; 200]].concat(), "HEIC"),
        ("a film", [&b"\0\0\0\x18ftypmp42"[..], &[0; 200]].concat(), STRANGER),
        ("a BMP", [&b"BM\xf6\0\0\0\0\0\0\0\x36\0\0\0"[..], &[0; 200]].concat(), STRANGER),
        ("a TIFF", [&b"II\x2a\0\x08\0\0\0"[..], &[0; 200]].concat(), STRANGER),
        ("an icon", [&b"\0\0\x01\0\x01\0\x10\x10"[..], &[0; 200]].concat(), STRANGER),
        ("a PNG behind a space", [b" ".to_vec(), png(&quarters(80, 80))].concat(), STRANGER),
    ]
}

fn jpegs() -> Vec<Hostile> {
    let good = jpeg(&quarters(160, 120));
    let (frame, scan) = (marker(&good, 0xc0), marker(&good, 0xda));
    // Where the frame has its precision, height and width.
    let changed = |at: usize, bytes: &[u8]| {
        let mut file = good.clone();
        file[frame + at..frame + at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let pass = &good[scan..good.len() - 2];
    let passes = [&good[..scan], &pass.repeat(61), &[0xff, 0xd9]].concat();
    vec![
        ("the beginning of a JPEG", b"\xff\xd8\xff".to_vec(), DAMAGED),
        ("half a JPEG", good[..good.len() / 2].to_vec(), DAMAGED),
        ("a JPEG without its end", good[..good.len() - 2].to_vec(), DAMAGED),
        ("a JPEG without pixels", [&good[..scan], &[0xff, 0xd9]].concat(), DAMAGED),
        ("a JPEG that says 65,535 by 65,535", changed(5, &[0xff; 4]), BIG),
        ("a JPEG that says 12,001 wide", changed(7, &12_001_u16.to_be_bytes()), BIG),
        ("a JPEG that says 11,000 by 11,000", changed(5, &[0x2a, 0xf8, 0x2a, 0xf8]), BIG),
        ("a JPEG of no height", changed(5, &[0, 0]), DAMAGED),
        ("a JPEG of twelve bits", changed(4, &[12]), DAMAGED),
        ("a JPEG of two hundred parts", changed(9, &[200]), DAMAGED),
        ("a JPEG coded without loss", changed(1, &[0xc3]), DAMAGED),
        ("a JPEG with two frames", with_segment(&good, &good[frame..frame + 19]), DAMAGED),
        ("a JPEG of sixty-one passes", passes, DAMAGED),
        ("a JPEG with a segment past its end", with_segment(&good[..200], b"\xff\xe1\xff\xff"), DAMAGED),
        ("a JPEG with a segment of no length", with_segment(&good, b"\xff\xe1\0\0"), DAMAGED),
    ]
}

fn pngs() -> Vec<Hostile> {
    let good = png(&quarters(80, 80));
    let end = || chunk(b"IEND", b"");
    let pixels = |count: usize| chunk(b"IDAT", &zeros(count));
    let mut wrong_sum = good.clone();
    let at = good.len() - 20;
    wrong_sum[at] ^= 0x55;
    let frames: Vec<Vec<u8>> = (0..1000).map(|n: u32| chunk(b"fdAT", &n.to_be_bytes())).collect();
    let moving = [
        vec![header(80, 80, 8, 2), chunk(b"acTL", &[0, 0, 3, 0xe8, 0, 0, 0, 0]), pixels(80 * 241)],
        frames,
        vec![end()],
    ];
    let late = [vec![header(80, 80, 8, 2), pixels(80 * 241)], vec![chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), end()]];
    let many: Vec<Vec<u8>> = std::iter::repeat_with(|| chunk(b"tEXt", b"a\0b")).take(25_000).collect();
    let crowd = [vec![header(80, 80, 8, 2)], many, vec![pixels(80 * 241), end()]];
    vec![
        ("the beginning of a PNG", good[..8].to_vec(), DAMAGED),
        ("half a PNG", good[..good.len() / 2].to_vec(), DAMAGED),
        ("a PNG without its end", good[..good.len() - 12].to_vec(), DAMAGED),
        ("a PNG with a changed pixel", wrong_sum, DAMAGED),
        ("a PNG that says 60,000 by 60,000", png_of(&[header(60_000, 60_000, 8, 2), pixels(1 << 20), end()]), BIG),
        ("a PNG that says four billion", png_of(&[header(u32::MAX, u32::MAX, 8, 2), pixels(99), end()]), BIG),
        ("a PNG 12,001 wide, and whole", png(&quarters(12_001, 70)), BIG),
        ("a PNG of 64 million pixels, and whole", png_of(&[header(8000, 8000, 8, 0), pixels(64_008_000), end()]), BIG),
        ("a PNG of 288 MB", png_of(&[header(6000, 6000, 16, 6), pixels(1 << 20), end()]), BIG),
        ("a PNG of no width", png_of(&[header(0, 80, 8, 2), pixels(99), end()]), DAMAGED),
        ("a PNG of too few lines", png_of(&[header(80, 80, 8, 2), pixels(40 * 241), end()]), DAMAGED),
        ("a PNG without pixels", png_of(&[header(80, 80, 8, 2), end()]), DAMAGED),
        ("a PNG with much behind its pixels", png_of(&[header(80, 80, 8, 2), pixels(80 << 20), end()]), DAMAGED),
        ("a PNG of three bits", png_of(&[header(80, 80, 3, 0), pixels(6480), end()]), DAMAGED),
        ("a PNG with a palette of sixteen bits", png_of(&[header(80, 80, 16, 3), pixels(12_880), end()]), DAMAGED),
        ("a PNG whose header comes late", png_of(&[pixels(99), header(80, 80, 8, 2), end()]), DAMAGED),
        ("a PNG with two headers", with_chunk(&good, &header(60_000, 60_000, 8, 2)), DAMAGED),
        ("a PNG with a part nobody knows", with_chunk(&good, &chunk(b"EVIL", b"run me")), DAMAGED),
        ("a PNG with a part past its end", with_chunk(&good, b"\xff\xff\xff\xfftEXt"), DAMAGED),
        ("a PNG of 25,000 parts", png_of(&crowd.concat()), DAMAGED),
        ("a PNG of a thousand frames", png_of(&moving.concat()), MOVING),
        ("a PNG that begins to move late", png_of(&late.concat()), MOVING),
    ]
}

/// Texts and profiles that unpack to far more than they take.
fn packed() -> Vec<Hostile> {
    let good = png(&quarters(80, 80));
    let bomb = zeros(256 << 20);
    let with = |name, before: &[u8]| with_chunk(&good, &chunk(name, &[before, &bomb].concat()));
    // Each on its own stays below what is let through, all of them do not.
    let small = chunk(b"zTXt", &[&b"a\0\0"[..], &zeros(1 << 20)].concat());
    vec![
        ("a PNG with a profile of 256 MB", with(b"iCCP", b"a\0\0"), DAMAGED),
        ("a PNG with a text of 256 MB", with(b"zTXt", b"a\0\0"), DAMAGED),
        ("a PNG with an international text of 256 MB", with(b"iTXt", b"a\0\x01\0en\0a\0"), DAMAGED),
        ("a PNG with a hundred texts", with_chunk(&good, &small.repeat(100)), DAMAGED),
    ]
}

fn webps() -> Vec<Hostile> {
    let good = webp(&quarters(80, 80));
    let picture = good[12..].to_vec();
    let frames = vec![riff(b"ANMF", &[0; 40]); 1000].concat();
    let moving = webp_of(&[canvas(2, 80, 80), riff(b"ANIM", &[0; 6]), frames.clone()]);
    let secretly = webp_of(&[canvas(0, 80, 80), picture.clone(), frames]);
    let mut long = good.clone();
    long[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut garbage = good.clone();
    garbage[26..].fill(0xa5);
    vec![
        ("the beginning of a WebP", good[..12].to_vec(), DAMAGED),
        ("half a WebP", good[..good.len() / 2].to_vec(), DAMAGED),
        ("a WebP that says it is longer", long, DAMAGED),
        ("a WebP of a thousand frames", moving, MOVING),
        ("a WebP that hides its frames", secretly, MOVING),
        ("a WebP with the largest canvas", webp_of(&[canvas(0, 1 << 24, 1 << 24), picture.clone()]), BIG),
        ("a WebP that says 16,384 by 16,384", webp_of(&[riff(b"VP8L", b"\x2f\xff\xff\xff\x0f\0\0\0\0\0")]), BIG),
        ("a lossy WebP that says 16,383 wide", webp_of(&[riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f")]), BIG),
        ("a WebP of two pictures", webp_of(&[picture.clone(), picture]), DAMAGED),
        ("a WebP without a picture", webp_of(&[canvas(0, 80, 80)]), DAMAGED),
        ("a WebP of nonsense", garbage, DAMAGED),
    ]
}

fn sizes() -> Vec<Hostile> {
    let good = jpeg(&quarters(160, 120));
    let mut heavy = good.clone();
    heavy.resize((10 << 20) + 1, 0);
    vec![
        ("a dot", png(&quarters(1, 1)), "too small"),
        ("a hair", png(&quarters(5000, 2)), "too small"),
        ("a file of more than ten megabytes", heavy, "too large"),
        ("eleven megabytes of nothing", vec![0; 11 << 20], "too large"),
    ]
}
