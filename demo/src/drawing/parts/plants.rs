//! House plants and cut greens, each standing on its own base.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, LEAF, LEAF_DEEP};
use crate::drawing::dice::Dice;

/// One pointed leaf growing from a point, `degrees` clockwise from upright.
pub fn leaf(c: &mut Canvas, (x, y): (i32, i32), degrees: i32, (w, h): (i32, i32), colour: Colour) {
    c.turned(x, y, degrees, |c| {
        let (side, low, high) = (w * 2 / 3, -h * 3 / 10, -h * 8 / 10);
        c.path(&format!("M0 0C{side} {low} {side} {high} 0 {}C-{side} {high} -{side} {low} 0 0z", -h), colour);
        // A rib is lost on small leaves, and only costs bytes.
        if w > 44 {
            c.line(&format!("M0 0V{}", -h * 7 / 10), (w / 16).max(3), colour.shade(18));
        }
    });
}

/// A tapered pot with a rim, `w` wide at the rim.
pub fn pot(c: &mut Canvas, w: i32, h: i32, colour: Colour) {
    let (top, foot) = (w / 2, w * 36 / 100);
    c.shadow(6, 0, w * 62 / 100, w / 10);
    c.poly(&[(-top + 6, -h), (top - 6, -h), (foot, 0), (-foot, 0)], colour);
    c.poly(&[(top / 3, -h), (top - 6, -h), (foot, 0), (foot / 3, 0)], colour.shade(12));
    c.round((-top - 4, -h - h / 5, w + 8, h / 4), 6, colour.light(10));
}

/// Broad leaves on curved stems, about 420 high.
pub fn broad_leaf(c: &mut Canvas, clay: Colour) {
    let stems = [(-130, -300, -46), (-70, -390, -18), (18, -430, 6), (96, -360, 30), (150, -250, 60)];
    for (x, y, _) in stems {
        c.line(&format!("M0 -110Q{} {} {x} {y}", x / 6, y * 7 / 10), 8, LEAF_DEEP);
    }
    for (index, (x, y, turn)) in stems.into_iter().enumerate() {
        let tone = if index % 2 == 0 { LEAF } else { LEAF_DEEP };
        leaf(c, (x, y + 60), turn, (110, 170), tone);
    }
    pot(c, 150, 120, clay);
}

/// Upright sword leaves, about 330 high.
pub fn sword_leaf(c: &mut Canvas, clay: Colour) {
    for (x, turn, h, tone) in [
        (-34, -14, 230, LEAF_DEEP),
        (36, 16, 220, LEAF_DEEP),
        (-12, -5, 290, LEAF),
        (20, 6, 260, LEAF.shade(12)),
        (0, 0, 200, LEAF.light(14)),
    ] {
        leaf(c, (x, -100), turn, (54, h), tone);
    }
    pot(c, 130, 110, clay);
}

/// A little tree in a pot, about 520 high.
pub fn pot_tree(c: &mut Canvas, clay: Colour) {
    c.line("M0 -100C-10 -220 14 -260 4 -380", 16, Colour::hex(0x7a5138));
    c.line("M4 -270Q60 -310 74 -360", 10, Colour::hex(0x7a5138));
    for (x, y, r, tone) in
        [(70, -380, 76, LEAF_DEEP), (-60, -400, 84, LEAF_DEEP), (10, -460, 96, LEAF), (-40, -440, 40, LEAF.light(12))]
    {
        c.circle(x, y, r, tone);
    }
    pot(c, 140, 112, clay);
}

/// A cactus with two arms, about 260 high.
pub fn cactus(c: &mut Canvas, clay: Colour) {
    c.line("M0 -80V-210", 74, LEAF);
    c.line("M-30 -140H-74V-190", 30, LEAF_DEEP);
    c.line("M30 -120H76V-176", 30, LEAF_DEEP);
    for (x, y) in [(-14, -200), (12, -170), (-10, -140), (14, -110)] {
        c.line(&format!("M{x} {y}v10"), 5, LEAF.light(45));
    }
    c.circle(0, -250, 15, Colour::hex(0xe98a8a));
    pot(c, 120, 92, clay);
}

/// A plant trailing down from a shelf; the origin is the shelf's top.
pub fn trailing(c: &mut Canvas, clay: Colour) {
    for (x, fall, bend) in [(-40, 150, -20), (-8, 210, 14), (34, 120, 26)] {
        c.line(&format!("M{x} -56Q{} {} {} {fall}", x * 2, fall / 2, x + bend), 5, LEAF_DEEP);
        for step in 1..=4 {
            let (px, py) = (x + bend * step / 4, -20 + fall * step / 4);
            leaf(c, (px, py), if step % 2 == 0 { 100 } else { -100 }, (26, 40), LEAF);
        }
    }
    for turn in [-60, -20, 20, 60] {
        leaf(c, (0, -56), turn, (40, 74), LEAF_DEEP);
    }
    pot(c, 104, 58, clay);
}

/// A few stems in a bottle or vase.
pub fn vase(c: &mut Canvas, glass: Colour, bloom: Colour) {
    c.shadow(4, 0, 50, 9);
    for (x, y, turn) in [(-46, -210, -18), (4, -250, 2), (50, -200, 20)] {
        c.line(&format!("M0 -80Q{} -150 {x} {y}", x / 4), 6, LEAF_DEEP);
        leaf(c, (x / 2, -140), turn * 3, (24, 54), LEAF);
        for petal in 0..5 {
            c.turned(x, y, petal * 72 + turn, |c| c.ellipse(0, -17, 13, 19, bloom));
        }
        c.circle(x, y, 11, Colour::hex(0xf6d28a));
    }
    c.path("M-20 -120H20C14 -90 46 -70 46 -34Q46 0 18 0H-18Q-46 0 -46 -34C-46 -70 -14 -90 -20 -120z", glass);
    c.path("M8 -120H20C14 -90 46 -70 46 -34Q46 0 18 0H2Q26 -10 24 -40C22 -74 4 -90 8 -120z", glass.shade(12));
}

/// One of the standing plants, thrown by the dice.
pub fn any_plant(c: &mut Canvas, dice: &mut Dice, clay: Colour) {
    match dice.below(4) {
        0 => broad_leaf(c, clay),
        1 => sword_leaf(c, clay),
        2 => pot_tree(c, clay),
        _ => cactus(c, clay),
    }
}
