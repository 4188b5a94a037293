//! Vans, boxes and everything carried.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, MARIGOLD, PAPER, STEEL_DEEP};
use crate::drawing::dice::Dice;
use crate::drawing::parts::{
    desks, furniture, garden, hands, lamps, plants, rooms, tools, vehicles, vessels, walls, windows,
};
use crate::drawing::stage::{Mood, Stage};

use super::Scene;

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [loading, empty_room, doorway, on_the_road, carried];

/// A pile of boxes on the ground, three wide at most.
fn pile(c: &mut Canvas, dice: &mut Dice) {
    vessel_row(c, dice, 0, &[(-130, 240, 180), (120, 230, 200)]);
    vessel_row(c, dice, -180, &[(-110, 200, 150)]);
    match dice.below(4) {
        0 => c.at(120, -200, 80, |c| plants::sword_leaf(c, CLAY)),
        1 => c.at(120, -200, 86, |c| lamps::table_lamp(c, GREEN, PAPER, false)),
        2 => c.at(120, -200, 76, |c| {
            desks::book_stack(c, 3, dice);
        }),
        _ => c.at(120, -200, 88, |c| plants::cactus(c, PAPER.shade(8))),
    }
}

fn vessel_row(c: &mut Canvas, dice: &mut Dice, y: i32, boxes: &[(i32, i32, i32)]) {
    for (x, w, h) in boxes {
        c.at(*x, y, 100, |c| vessels::carton(c, (*w, *h), dice));
    }
}

fn loading(s: &mut Stage) {
    garden::sky(s, 600);
    let night = s.look.mood == Mood::Night;
    let walls = [s.look.hue.tint, PAPER, s.look.hue.mid.light(30)];
    for (x, size) in [(180, 108), (700, 122), (1130, 100)] {
        let (wall, roof) = (s.dice.pick(walls), s.dice.pick([CLAY, Colour::hex(0x6a5a4c), s.look.hue.strong]));
        s.c.at(x, 690, size, |c| garden::house(c, wall, roof, GREEN, night));
    }
    s.c.rect(0, 686, 1200, 44, Colour::hex(0xd9d2c4));
    s.c.rect(0, 726, 1200, 174, Colour::hex(0x8d918f));
    s.c.rect(0, 726, 1200, 10, Colour::hex(0xb9b6ad));
    let (body, stripe) = s.dice.pick([
        (PAPER, s.look.accent),
        (s.look.hue.tint, s.look.hue.strong),
        (MARIGOLD, PAPER),
        (Colour::hex(0x3c7a6a), PAPER),
    ]);
    let cloth = s.look.fabric;
    let load = move |c: &mut Canvas| {
        c.at(-70, 0, 60, |c| vessels::carton(c, (230, 220), &mut Dice::new(1, "load")));
        c.at(70, 0, 60, |c| vessels::carton(c, (210, 170), &mut Dice::new(4, "load")));
        c.at(-60, -132, 60, |c| vessels::carton(c, (190, 150), &mut Dice::new(9, "load")));
        c.at(80, -102, 56, |c| furniture::armchair(c, cloth, MARIGOLD));
    };
    s.c.at(640, 846, 124, |c| vehicles::van(c, body, stripe, Some(&load)));
    s.c.at(170, 872, 92, |c| pile(c, &mut s.dice));
    if s.dice.chance(60) {
        s.c.at(60, 712, 70, |c| garden::bush(c, LEAF, None));
    }
}

fn empty_room(s: &mut Stage) {
    rooms::room(s);
    windows::window(s, (460, 100, 320, 340));
    let (pot, wood, shade) = (s.look.bright(), s.look.timber(), s.look.hue.tint);
    match s.dice.below(3) {
        0 => s.c.at(1030, 690, 104, |c| windows::door(c, s.look.hue.strong, PAPER)),
        1 => s.c.at(1060, 740, 112, |c| lamps::floor_lamp(c, shade, false)),
        _ => s.c.at(1040, 740, 106, |c| plants::broad_leaf(c, pot)),
    }
    s.c.at(200, 750, 116, |c| pile(c, &mut s.dice));
    s.c.at(820, 850, 118, |c| pile(c, &mut s.dice));
    s.c.at(500, 866, 126, |c| {
        vessels::open_carton(c, (250, 170), |c| {
            c.at(-50, 30, 70, |c| lamps::table_lamp(c, CLAY, MARIGOLD, false));
            c.at(60, 40, 74, |c| plants::sword_leaf(c, PAPER));
        })
    });
    s.c.under("translate(1020 866) rotate(0)", |c| {
        c.shadow(0, 0, 130, 9);
        c.round((-130, -62, 260, 62), 31, wood.mix(CLAY, 50));
        c.circle(99, -31, 31, CLAY.light(40));
        c.ring(99, -31, 18, 6, CLAY);
    });
    walls::picture(&mut s.c, (330, 560, 120, 150), &mut s.dice);
}

fn doorway(s: &mut Stage) {
    rooms::room(s);
    let night = s.look.mood == Mood::Night;
    s.c.rect(130, 90, 420, 600, s.look.trim);
    let mood = s.look.mood;
    s.c.rect(166, 126, 348, 564, mood.sky());
    s.c.inside("M166 126h348v564h-348z", |c| {
        c.circle(430, 240, 46, mood.sun());
        c.ellipse(240, 640, 260, 150, mood.hill());
        c.rect(166, 610, 348, 100, garden::grass(mood));
        c.at(420, 640, 46, |c| garden::house(c, PAPER, CLAY, GREEN, night));
        c.poly(&[(270, 690), (330, 610), (370, 610), (450, 690)], Colour::hex(0xdccbaa));
    });
    let door = s.look.wall.seen(&[s.look.accent, s.look.hue.strong, CLAY]);
    s.c.poly(&[(166, 126), (50, 90), (50, 770), (166, 692)], door);
    s.c.poly(&[(146, 160), (74, 140), (74, 390), (146, 380)], door.shade(12));
    s.c.poly(&[(146, 430), (74, 440), (74, 720), (146, 660)], door.shade(12));
    s.c.at(1060, 742, 96, |c| pile(c, &mut s.dice));
    rooms::rug(&mut s.c, (420, 560), s.look.hue.strong);
    let frame = s.look.wall.seen(&[CLAY, STEEL_DEEP, INK]);
    s.c.under("translate(610 856) scale(1.22)", |c| {
        c.under("translate(-52 -46) rotate(13)", |c| {
            c.at(0, 0, 100, |c| vessels::carton(c, (200, 150), &mut s.dice));
            c.at(-6, -150, 100, |c| vessels::carton(c, (180, 130), &mut s.dice));
            c.at(4, -280, 100, |c| vessels::carton(c, (160, 110), &mut s.dice));
        });
        vehicles::hand_truck(c, frame);
    });
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(s.look.wall));
    s.c.under("translate(800 280) rotate(4) scale(.84)", |c| {
        hands::fist(c, skin, sleeve, |c| c.turned(0, 0, 16, |c| c.line("M0 -30V110", 30, INK)))
    });
}

fn on_the_road(s: &mut Stage) {
    garden::sky(s, 560);
    let mood = s.look.mood;
    let green = garden::grass(mood);
    s.c.path("M0 600Q300 470 640 560T1200 520V900H0z", green.shade(8));
    for (x, y, size) in [(110, 590, 62), (210, 570, 80), (960, 560, 74), (1060, 566, 58)] {
        s.c.at(x, y, size, |c| garden::poplar(c, green.shade(30)));
    }
    let night = mood == Mood::Night;
    if s.dice.chance(50) {
        for (x, size) in [(80, 84), (340, 100), (640, 88), (900, 104), (1150, 90)] {
            let wall = s.dice.pick([PAPER, s.look.hue.tint, s.look.hue.mid.light(30)]);
            let roof = s.dice.pick([CLAY, Colour::hex(0x6a5a4c), s.look.hue.strong]);
            s.c.at(x, 660, size, |c| garden::house(c, wall, roof, GREEN, night));
        }
    } else {
        s.c.at(520, 570, 52, |c| garden::house(c, PAPER, CLAY, GREEN, night));
    }
    s.c.rect(0, 650, 1200, 250, green);
    s.c.rect(0, 706, 1200, 150, Colour::hex(0x6d7474));
    s.c.rect(0, 706, 1200, 10, PAPER.shade(10));
    for x in (0..1200).step_by(200) {
        s.c.round((x, 800, 110, 14), 7, PAPER);
    }
    let (body, stripe) = s.dice.pick([
        (PAPER, s.look.hue.strong),
        (s.look.hue.mid, PAPER),
        (s.look.accent, PAPER),
        (s.look.hue.tint, CLAY),
    ]);
    s.c.line("M60 560H170M20 620H150M90 680H180", 12, mood.cloud());
    s.c.at(630, 782, 128, |c| vehicles::van(c, body, stripe, None));
    for _ in 0..8 {
        let at = (s.dice.between(20, 1180), s.dice.between(872, 896));
        garden::tuft(&mut s.c, at, green.shade(24));
    }
}

fn carried(s: &mut Stage) {
    let wall = s.look.wall;
    s.c.rect(0, 0, 1200, 900, wall);
    let tone = if wall.is_dark() { wall.light(9) } else { wall.light(34) };
    match s.dice.below(3) {
        0 => s.c.circle(600, 420, 400, tone),
        1 => s.c.path("M180 900V430a420 420 0 0 1 840 0V900z", tone),
        _ => {
            s.c.rect(0, 560, 1200, 340, s.look.floor);
            s.c.at(930, 560, 96, |c| windows::door(c, s.look.hue.mid, s.look.trim));
        }
    }
    let (w, h) = s.dice.pick([(560, 380), (500, 420), (620, 350)]);
    let topping = s.dice.below(3);
    s.c.at(600, 730, 100, |c| {
        vessels::open_carton(c, (w, h), |c| match topping {
            0 => {
                c.at(-110, 40, 110, |c| plants::sword_leaf(c, CLAY));
                c.at(110, 30, 110, |c| lamps::table_lamp(c, GREEN, MARIGOLD, false));
            }
            1 => {
                c.at(-100, 40, 90, |c| plants::cactus(c, CLAY));
                c.turned(100, 40, 8, |c| walls::picture(c, (-90, -220, 180, 230), &mut Dice::new(5, "box")));
            }
            _ => {
                c.at(-40, 60, 100, |c| plants::broad_leaf(c, CLAY));
                c.turned(170, 60, 10, |c| tools::roller(c, MARIGOLD, CLAY));
            }
        })
    });
    s.c.round((520, 540, 160, 100), 8, PAPER);
    s.c.path("M560 620v-44l40-28 40 28v44h-28v-30h-24v30z", s.look.hue.strong);
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(tone));
    let reach = 600 + w / 2;
    s.c.under(&format!("translate({} 704) rotate(4) scale(1.15)", reach + 30), |c| hands::offering(c, skin, sleeve));
    s.c.under(&format!("translate({} 704) scale(-1 1) rotate(4) scale(1.15)", 1200 - reach - 30), |c| {
        hands::offering(c, skin, sleeve)
    });
}
