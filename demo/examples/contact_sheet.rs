//! Draws contact sheets of every generated picture for looking at:
//! `cargo run -p demo --example contact_sheet -- [directory]` (the temporary directory by default).

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use demo::drawing::{self, Category, Svg};
use image::RgbImage;

const GAP: u32 = 8;

/// Puts pictures of one size side by side, `columns` in a row.
fn sheet(pictures: &[Svg], columns: u32, width: u32) -> Result<RgbImage, Box<dyn Error>> {
    let mut cells = Vec::new();
    for picture in pictures {
        let pixels = drawing::render(picture, width)?;
        let cell = RgbImage::from_raw(pixels.width, pixels.height, pixels.bytes().to_vec());
        cells.push(cell.ok_or("a picture has too few pixels")?);
    }
    let height = cells.iter().map(RgbImage::height).max().unwrap_or(1);
    let rows = u32::try_from(cells.len())?.div_ceil(columns);
    let size = ((width + GAP) * columns + GAP, (height + GAP) * rows + GAP);
    let mut whole = RgbImage::from_pixel(size.0, size.1, image::Rgb([251, 248, 242]));
    for (index, cell) in (0_u32..).zip(&cells) {
        let x = GAP + (index % columns) * (width + GAP);
        let y = GAP + (index / columns) * (height + GAP);
        image::imageops::replace(&mut whole, cell, i64::from(x), i64::from(y));
    }
    Ok(whole)
}

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("drawings"), PathBuf::from);
    std::fs::create_dir_all(&directory)?;
    let only = std::env::args().nth(2);
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for category in Category::ALL {
        if wanted(category.slug()) {
            let pictures: Vec<Svg> = (0..24).map(|seed| drawing::listing(category, seed)).collect();
            sheet(&pictures, 4, 400)?.save(directory.join(format!("{}.png", category.slug())))?;
        }
    }
    if wanted("portraits") {
        let pictures: Vec<Svg> = (0..48).map(drawing::portrait).collect();
        sheet(&pictures, 8, 240)?.save(directory.join("portraits.png"))?;
    }
    if wanted("tiles") {
        let pictures: Vec<Svg> = Category::ALL.into_iter().map(drawing::category_tile).collect();
        sheet(&pictures, 4, 400)?.save(directory.join("tiles.png"))?;
    }
    if wanted("logos") {
        let pictures: Vec<Svg> = (0..24).map(drawing::logo_for_company).collect();
        sheet(&pictures, 8, 160)?.save(directory.join("logos.png"))?;
    }
    writeln!(std::io::stdout(), "{}", directory.display())?;
    Ok(())
}
