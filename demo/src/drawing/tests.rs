//! What every picture has to keep: sameness, validity, size.

use super::*;
use crate::drawing::colour::Colour as Tone;

fn webp_bytes(svg: &Svg, width: u32) -> usize {
    let pixels = render(svg, width).unwrap();
    encode_webp(&pixels).unwrap().len()
}

#[test]
fn the_same_seed_draws_the_same_bytes() {
    for seed in [0, 1, 7, 4_294_967_296, u64::MAX] {
        for category in Category::ALL {
            assert_eq!(listing(category, seed), listing(category, seed));
        }
        assert_eq!(portrait(seed), portrait(seed));
        assert_eq!(logo_for_company(seed), logo_for_company(seed));
        let once = render(&portrait(seed), 96).unwrap();
        let again = render(&portrait(seed), 96).unwrap();
        assert_eq!(encode_webp(&once).unwrap(), encode_webp(&again).unwrap());
    }
}

#[test]
fn neighbouring_seeds_draw_different_pictures() {
    for category in Category::ALL {
        let mut seen = std::collections::HashSet::new();
        for seed in 0..50 {
            let svg = listing(category, seed);
            assert!(seen.insert(svg.as_str().to_owned()), "{} {seed}", category.slug());
        }
    }
}

#[test]
fn every_category_draws_fifty_listings() {
    for category in Category::ALL {
        for seed in 0..50 {
            let svg = listing(category, seed);
            assert_eq!((svg.width, svg.height), (1200, 900));
            let pixels = render(&svg, 160).unwrap();
            assert_eq!((pixels.width, pixels.height), (160, 120));
            let colour = dominant_colour(&pixels);
            assert!(colour.starts_with('#') && colour.len() == 7, "{colour}");
        }
    }
}

#[test]
fn listings_are_small_files_and_filled_to_the_edge() {
    for category in Category::ALL {
        for seed in 0..10 {
            let svg = listing(category, seed);
            let bytes = webp_bytes(&svg, 800);
            assert!((4_000..40_000).contains(&bytes), "{} {seed}: {bytes}", category.slug());
            let pixels = render(&svg, 80).unwrap();
            let white = pixels.bytes().chunks_exact(3).filter(|p| **p == [255, 255, 255]).count();
            assert!(white < 80 * 60 / 3, "{} {seed}: {white} blank pixels", category.slug());
        }
    }
}

#[test]
fn people_tiles_and_marks_are_small_files() {
    for seed in 0..60 {
        let presentation = if seed % 2 == 0 { Presentation::Feminine } else { Presentation::Masculine };
        assert!(webp_bytes(&portrait_of(seed, presentation), 320) < 12_000, "portrait {seed}");
        assert!(webp_bytes(&logo_for_company(seed), 320) < 6_000, "mark {seed}");
    }
    for category in Category::ALL {
        assert!(webp_bytes(&category_tile(category), 640) < 24_000, "{}", category.slug());
    }
}

#[test]
fn jpeg_quality_is_clamped_and_works() {
    let pixels = render(&listing(Category::Design, 3), 320).unwrap();
    let low = encode_jpeg(&pixels, 0).unwrap();
    let high = encode_jpeg(&pixels, 200).unwrap();
    assert!(low.starts_with(&[0xff, 0xd8]) && low.len() < high.len());
}

#[test]
fn the_dominant_colour_of_a_tile_is_near_its_tint() {
    let pixels = render(&category_tile(Category::Plumbing), 80).unwrap();
    let colour = dominant_colour(&pixels);
    let [_, r, g, b] = u32::from_str_radix(&colour[1..], 16).unwrap().to_be_bytes();
    assert!(b > r && b >= g, "{colour} is not blue");
    assert!(Tone::rgb(r, g, b).brightness() > 130, "{colour} is too dark");
}

#[test]
fn a_zero_width_is_refused() {
    assert!(matches!(render(&portrait(1), 0), Err(PictureError::Size(0))));
}

#[test]
fn slugs_lead_back_to_their_category() {
    for category in Category::ALL {
        assert_eq!(Category::from_slug(category.slug()), Some(category));
    }
    assert_eq!(Category::from_slug("flying"), None);
}
