//! Outdoors: sky, ground, trees, fences and houses.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, INK, LEAF, LEAF_DEEP, MARIGOLD, OAK, PAPER};
use crate::drawing::dice::Dice;
use crate::drawing::stage::{Mood, Stage};

use super::plants;
use super::windows::cloud;

/// Sky with sun, clouds and two rows of hills down to `horizon`.
pub fn sky(s: &mut Stage, horizon: i32) {
    let mood = s.look.mood;
    s.c.rect(0, 0, 1200, horizon + 10, mood.sky());
    let (x, y) = (s.dice.between(180, 1020), s.dice.between(120, 210));
    let halo = mood.sky().mix(mood.sun(), 35);
    s.c.circle(x, y, 122, halo);
    s.c.circle(x, y, 82, mood.sun());
    if mood == Mood::Night {
        for _ in 0..12 {
            let (x, y) = (s.dice.between(30, 1170), s.dice.between(30, 380));
            s.c.circle(x, y, s.dice.between(3, 5), PAPER);
        }
    }
    for _ in 0..3 {
        let (x, y) = (s.dice.between(80, 1120), s.dice.between(110, 300));
        let size = s.dice.between(90, 170);
        cloud(&mut s.c, x, y, size, mood.cloud());
    }
    let (left, right) = (s.dice.between(120, 420), s.dice.between(780, 1100));
    s.c.ellipse(left, horizon + 20, 560, 190, mood.hill());
    s.c.ellipse(right, horizon + 30, 620, 150, mood.hill().shade(10));
}

/// The colour of grass at this time of day.
pub fn grass(mood: Mood) -> Colour {
    match mood {
        Mood::Morning => Colour::hex(0x9cc47f),
        Mood::Noon => Colour::hex(0x86b970),
        Mood::Evening => Colour::hex(0x9aa65e),
        Mood::Night => Colour::hex(0x3c6a55),
    }
}

/// A lawn from `top` to the bottom, mown in stripes towards the viewer.
pub fn lawn(c: &mut Canvas, top: i32, green: Colour) {
    c.rect(0, top, 1200, 900 - top, green);
    for index in -4..5 {
        let (far, near) = (600 + index * 150, 600 + index * 330);
        c.poly(&[(far - 38, top), (far + 38, top), (near + 84, 900), (near - 84, 900)], green.light(11));
    }
}

/// Blades of grass.
pub fn tuft(c: &mut Canvas, (x, y): (i32, i32), green: Colour) {
    c.line(&format!("M{x} {y}q-4-22-20-32M{x} {y}q0-26 2-42M{x} {y}q6-20 22-28"), 6, green);
}

/// A round-crowned tree, about 480 high.
pub fn tree(c: &mut Canvas, crown: Colour, fruit: Option<Colour>) {
    let bark = Colour::hex(0x7a5138);
    c.shadow(10, 0, 110, 13);
    c.path("M-24 0Q-12 -120 -16 -220H20Q16 -120 30 0z", bark);
    c.line("M4 -180L70 -270M-4 -200L-60 -280", 18, bark);
    for (x, y, r, tone) in [
        (-92, -290, 96, crown.shade(14)),
        (96, -290, 100, crown.shade(14)),
        (0, -360, 132, crown),
        (-60, -300, 80, crown),
        (-44, -390, 52, crown.light(14)),
    ] {
        c.circle(x, y, r, tone);
    }
    if let Some(fruit) = fruit {
        for (x, y) in [(-90, -270), (-20, -330), (60, -290), (110, -330), (30, -410), (-50, -400)] {
            c.circle(x, y, 14, fruit);
        }
    }
}

/// A slim poplar or cypress, about 420 high.
pub fn poplar(c: &mut Canvas, crown: Colour) {
    c.shadow(4, 0, 60, 9);
    c.rect(-9, -80, 18, 80, Colour::hex(0x7a5138));
    c.path("M0 -430Q96 -220 58 -90Q40 -50 0 -50T-58 -90Q-96 -220 0 -430z", crown);
    c.path("M0 -430Q96 -220 58 -90Q40 -50 0 -50Q50 -200 0 -430z", crown.shade(14));
}

/// A bush, about 260 wide, with flowers if wished.
pub fn bush(c: &mut Canvas, green: Colour, flower: Option<Colour>) {
    c.shadow(0, 0, 130, 11);
    for (x, y, r, tone) in
        [(-72, -54, 62, green), (70, -50, 60, green.shade(14)), (0, -86, 84, green), (-24, -104, 34, green.light(13))]
    {
        c.circle(x, y, r, tone);
    }
    c.round((-130, -50, 260, 50), 24, green.shade(5));
    if let Some(flower) = flower {
        for (x, y) in [(-84, -60), (-40, -110), (10, -60), (34, -126), (76, -70), (-20, -20), (96, -30)] {
            c.circle(x, y, 13, flower);
            c.circle(x, y, 5, MARIGOLD.light(40));
        }
    }
}

/// A picket fence across the picture with its foot at `y`.
pub fn fence(c: &mut Canvas, y: i32, colour: Colour) {
    c.rect(0, y - 120, 1200, 16, colour.shade(14));
    c.rect(0, y - 52, 1200, 16, colour.shade(14));
    for x in (-10..1200).step_by(56) {
        c.poly(&[(x, y), (x, y - 150), (x + 19, y - 176), (x + 38, y - 150), (x + 38, y)], colour);
        c.rect(x + 29, y - 150, 9, 150, colour.shade(9));
    }
}

/// A small house front, 420 wide and 470 high.
pub fn house(c: &mut Canvas, wall: Colour, roof: Colour, door: Colour, night: bool) {
    let pane = if night { Colour::hex(0xffdf8c) } else { Colour::hex(0xcfe6ec) };
    c.rect(100, -478, 54, 110, CLAY.shade(12));
    c.rect(-200, -300, 400, 300, wall);
    c.rect(80, -300, 120, 300, wall.shade(6));
    c.poly(&[(-236, -292), (-120, -450), (120, -450), (236, -292)], roof);
    c.poly(&[(60, -450), (120, -450), (236, -292), (130, -292)], roof.shade(10));
    for x in [-160, 62] {
        c.round((x - 8, -238, 106, 112), 4, PAPER);
        c.rect(x, -230, 90, 96, pane);
        c.rect(x + 41, -230, 8, 96, PAPER);
        c.rect(x - 12, -130, 114, 12, PAPER.shade(14));
    }
    c.path("M-46 0V-150a40 40 0 0 1 80 0V0z", PAPER);
    c.path("M-36 0V-150a30 30 0 0 1 60 0V0z", door);
    c.circle(12, -72, 7, MARIGOLD);
}

/// Tulips or daisies in a row from `x`, feet at `y`.
pub fn flowers(c: &mut Canvas, (x, y): (i32, i32), count: i32, bloom: Colour, dice: &mut Dice) {
    for index in 0..count {
        let (px, h) = (x + index * 46 + dice.between(-8, 8), dice.between(74, 116));
        c.line(&format!("M{px} {y}V{}", y - h), 6, LEAF_DEEP);
        plants::leaf(c, (px, y), -34, (20, 58), LEAF);
        plants::leaf(c, (px, y), 30, (20, 50), LEAF_DEEP);
        c.path(&format!("M{} {}q-4-28 2-44l12 16 10-22 10 22 12-16q6 16 2 44q-24 20-48 0z", px - 24, y - h), bloom);
    }
}

/// A raised wooden bed with rows of greens, 460 wide.
pub fn raised_bed(c: &mut Canvas, dice: &mut Dice) {
    c.shadow(0, 0, 240, 14);
    c.rect(-214, -136, 428, 40, Colour::hex(0x5a4030));
    for index in 0..6 {
        let x = -180 + index * 72;
        match dice.below(3) {
            0 => {
                for turn in [-50, -18, 18, 50] {
                    plants::leaf(c, (x, -124), turn, (36, 70), LEAF.light(15));
                }
            }
            1 => {
                c.line(&format!("M{x} -120V-250"), 7, LEAF_DEEP);
                for (dx, dy, turn) in [(-4, -150, -70), (4, -180, 70), (-2, -210, -50), (0, -236, 30)] {
                    plants::leaf(c, (x + dx, dy), turn, (28, 50), LEAF);
                }
                c.circle(x + 18, -176, 17, Colour::hex(0xd9523c));
                c.circle(x - 18, -146, 15, Colour::hex(0xd9523c));
            }
            _ => {
                c.circle(x, -134, 40, LEAF.light(32));
                c.circle(x - 10, -140, 24, LEAF.light(52));
            }
        }
    }
    c.rect(-230, -104, 460, 104, OAK.shade(8));
    c.rect(-230, -104, 460, 12, OAK.light(18));
    c.rect(-230, -54, 460, 5, OAK.shade(28));
    for x in [-230, 200] {
        c.rect(x, -116, 30, 116, OAK.shade(22));
    }
}

/// A watering can, spout left, 300 wide.
pub fn watering_can(c: &mut Canvas, colour: Colour) {
    c.shadow(20, 0, 110, 12);
    c.line("M-60 -60L-170 -190", 28, colour.shade(12));
    c.turned(-176, -196, -40, |c| c.poly(&[(-44, -22), (44, -22), (20, 22), (-20, 22)], colour.light(10)));
    c.line("M60 -180Q170 -220 176 -120T110 -40", 20, colour.shade(16));
    c.line("M-40 -180Q0 -270 70 -190", 18, colour.shade(16));
    c.path("M-74 -184H100L118 -12Q119 0 108 0H-80Q-92 0 -90 -12z", colour);
    c.path("M50 -184H100L118 -12Q119 0 108 0H60z", colour.shade(12));
    c.ellipse(13, -184, 88, 15, INK.mix(colour, 55));
}
