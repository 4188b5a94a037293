//! Taps, pipes, bathrooms and heating.

use crate::drawing::colour::{CLAY, Colour, INK, MARIGOLD, OAK, PAPER, STEEL, STEEL_DEEP};
use crate::drawing::parts::{baths, hands, plants, rooms, tools, vessels, walls, windows};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [under_the_basin, bathtub, pipework, heating, bathroom];

/// A metal for pipes.
fn metal(s: &mut Stage) -> Colour {
    s.dice.pick([STEEL, baths::COPPER, Colour::hex(0xd8b15c)])
}

fn under_the_basin(s: &mut Stage) {
    let tile = s.dice.pick([s.look.hue.tint, s.look.hue.mid, s.look.hue.deep.mix(s.look.hue.strong, 40)]);
    rooms::tiles(s, (0, 0, 1200, 700), 100, tile);
    rooms::floor(s);
    s.c.rect(0, 680, 1200, 12, PAPER);
    let metal = metal(s);
    s.c.at(520, 250, 100, |c| baths::tap(c, STEEL));
    s.c.under("translate(520 250) scale(1.7)", |c| baths::basin(c, metal));
    let bucket = s.look.floor.seen(&[s.look.accent, s.look.hue.strong, CLAY]);
    s.c.at(600, 866, 104, |c| vessels::bucket(c, bucket, false));
    baths::drop(&mut s.c, (600, 670), 80);
    let crate_colour = tile.seen(&[MARIGOLD, CLAY, PAPER]);
    s.c.at(224, 850, 100, |c| vessels::toolbox(c, crate_colour));
    let (skin, sleeve, grip) = (s.look.skin, s.look.sleeve(tile), s.look.accent);
    s.c.under("translate(806 670) rotate(-36)", |c| hands::fist(c, skin, sleeve, |c| tools::wrench(c, grip)));
    if s.dice.chance(50) {
        walls::mirror(&mut s.c, (930, 60, 200, 290), s.look.wood);
    } else {
        let wood = s.look.wood;
        walls::shelf(&mut s.c, (900, 270, 260), wood, &mut s.dice);
    }
    s.c.round((60, 180, 16, 120), 8, STEEL_DEEP);
    s.c.path("M60 190h150v260q-38 16-75 0t-75 0z", s.look.accent.light(25));
}

fn bathtub(s: &mut Stage) {
    let base = s.look.hue.tint;
    rooms::room(s);
    let tile = s.look.wall.seen(&[base.light(30), s.look.hue.mid]);
    rooms::tiles(s, (0, 300, 1200, 370), 92, tile);
    s.c.rect(0, 288, 1200, 14, PAPER);
    let window_x = s.dice.pick([760, 640]);
    windows::window(s, (window_x, 50, 270, 190));
    let (metal, shell) = (metal(s), tile.seen(&[s.look.hue.strong, s.look.hue.deep, s.look.accent]));
    baths::pipe(&mut s.c, "M250 600V150Q250 96 304 96H400Q440 96 440 132V150", 24, metal);
    s.c.path("M382 190Q386 148 440 148T498 190z", metal.shade(10));
    for x in [404, 440, 476] {
        s.c.line(&format!("M{x} 214v44M{} 280v40M{x} 344v34", x + 8), 7, baths::WATER);
    }
    baths::joint(&mut s.c, (250, 440), 30, true, metal);
    baths::valve(&mut s.c, (250, 440), s.look.accent);
    rooms::round_rug(&mut s.c, 560, s.look.floor.seen(&[s.look.accent, PAPER]));
    s.c.at(560, 820, 128, |c| baths::tub(c, shell, true));
    let pot = s.look.bright();
    s.c.at(1100, 790, 110, |c| plants::sword_leaf(c, pot));
    s.c.at(960, 872, 92, |c| vessels::toolbox(c, pot));
    s.c.round((840, 330, 240, 14), 7, metal);
    s.c.path("M870 336h150v190q-38 14-75 0t-75 0z", s.look.accent);
    s.c.rect(870, 490, 150, 12, s.look.accent.light(40));
}

fn pipework(s: &mut Stage) {
    let wall = s.look.wall;
    s.c.rect(0, 0, 1200, 900, wall);
    match s.dice.below(3) {
        0 => rooms::metro_tiles(&mut s.c, (0, 900), wall),
        1 => rooms::tiles(s, (0, 0, 1200, 900), 120, wall),
        _ => s.c.circle(600, 460, 400, wall.light(if wall.is_dark() { 10 } else { 35 })),
    }
    let (first, second) = s.dice.pick([(baths::COPPER, STEEL), (STEEL, baths::COPPER), (Colour::hex(0xd8b15c), STEEL)]);
    baths::pipe(&mut s.c, "M-40 240H300Q360 240 360 300V940", 70, second);
    baths::pipe(&mut s.c, "M1240 180H820Q760 180 760 240V400Q760 460 700 460H-40", 88, first);
    baths::pipe(&mut s.c, "M560 -40V460", 70, first);
    baths::pipe(&mut s.c, "M760 940V700Q760 640 820 640H1240", 70, second);
    for (x, y, w, upright) in [
        (560, 180, 70, true),
        (360, 620, 70, true),
        (160, 460, 88, false),
        (940, 180, 88, false),
        (760, 380, 88, true),
        (560, 460, 96, false),
        (760, 800, 70, true),
    ] {
        let metal = if (x, y) == (360, 620) || y == 800 { second } else { first };
        baths::joint(&mut s.c, (x, y), w, upright, metal);
    }
    s.c.line("M560 460V560", 40, first.shade(20));
    baths::valve(&mut s.c, (560, 590), s.look.wall.seen(&[Colour::hex(0xc8442f), s.look.accent]));
    s.c.line("M1060 180V100", 26, first.shade(20));
    baths::gauge(&mut s.c, (1060, 96));
    let (skin, sleeve, grip) = (s.look.skin, s.look.sleeve(wall), s.look.accent);
    s.c.under("translate(960 600) rotate(-38) scale(1.15)", |c| {
        hands::fist(c, skin, sleeve, |c| tools::wrench(c, grip))
    });
    baths::drop(&mut s.c, (180, 600), 110);
    baths::drop(&mut s.c, (150, 760), 80);
}

fn heating(s: &mut Stage) {
    rooms::room(s);
    let (wall, metal) = (s.look.wall, baths::COPPER);
    for (x, foot) in [(-70, 560), (0, 560), (70, 560)] {
        baths::pipe(&mut s.c, &format!("M{} 400V{foot}Q{0} 600 {} 600H{}", 300 + x, 340 + x, 560 + x), 18, metal);
    }
    baths::pipe(&mut s.c, "M300 60V-20", 46, STEEL);
    let shell = if wall.brightness() > 225 { s.look.hue.mid } else { PAPER };
    s.c.at(300, 450, 104, |c| baths::boiler(c, shell));
    windows::window(s, (640, 90, 400, 270));
    let rad = if wall.brightness() > 225 { s.look.hue.tint.shade(6) } else { PAPER };
    s.c.at(800, 700, 100, |c| baths::radiator(c, 520, rad));
    corners::corner(s, 1136, 770);
    rooms::rug(&mut s.c, (620, 780), s.look.hue.strong);
    let (box_colour, grip) = (s.look.bright(), s.look.accent);
    s.c.at(300, 846, 108, |c| vessels::toolbox(c, box_colour));
    s.c.under("translate(640 812) rotate(96) scale(.8)", |c| tools::wrench(c, grip));
    let pot = s.look.wall.seen(&[CLAY, MARIGOLD]);
    s.c.at(92, 744, 92, |c| plants::sword_leaf(c, pot));
}

fn bathroom(s: &mut Stage) {
    rooms::room(s);
    let tile = s.look.wall.seen(&[s.look.hue.tint.light(20), s.look.hue.mid]);
    rooms::tiles(s, (0, 380, 1200, 290), 96, tile);
    s.c.rect(0, 368, 1200, 14, PAPER);
    let (wood, metal, seat) = (s.look.timber(), metal(s), s.look.wood);
    walls::mirror(&mut s.c, (300, 50, 300, 240), wood);
    s.c.under("translate(450 440)", |c| {
        c.at(40, -12, 80, |c| baths::tap(c, metal));
        c.at(0, 0, 110, |c| baths::basin(c, metal));
    });
    baths::drop(&mut s.c, (396, 404), 50);
    s.c.at(930, 740, 118, |c| baths::toilet(c, seat));
    s.c.round((1100, 470, 60, 12), 6, STEEL_DEEP);
    s.c.circle(1130, 510, 40, PAPER);
    s.c.circle(1130, 510, 13, OAK);
    corners::small_piece(s, 800);
    s.c.at(110, 770, 120, |c| plants::sword_leaf(c, CLAY));
    rooms::round_rug(&mut s.c, 520, s.look.hue.strong);
    let (tools_box, bucket) = (s.look.accent, s.look.hue.mid);
    s.c.at(450, 810, 96, |c| vessels::bucket(c, bucket, false));
    s.c.at(700, 850, 96, |c| vessels::toolbox(c, tools_box));
    s.c.under("translate(300 856) rotate(-84) scale(.62)", |c| tools::wrench(c, INK.light(20)));
}
