//! Things to sit on, lie on and put things on.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK};

/// A two-seat sofa, about 560 wide and 270 high.
pub fn sofa(c: &mut Canvas, cloth: Colour, pillow: Colour) {
    let leg = Colour::hex(0x6b4630);
    c.shadow(0, 2, 300, 20);
    for x in [-230, 210] {
        c.poly(&[(x - 2, -36), (x + 24, -36), (x + 18, 0), (x + 4, 0)], leg);
    }
    c.round((-236, -270, 472, 210), 46, cloth.shade(14));
    c.round((-232, -262, 228, 170), 38, cloth.shade(5));
    c.round((4, -262, 228, 170), 38, cloth.shade(5));
    c.round((-224, -136, 226, 70), 26, cloth.light(12));
    c.round((-2, -136, 226, 70), 26, cloth.light(12));
    c.rect(-236, -72, 472, 40, cloth.shade(8));
    c.round((-288, -190, 80, 160), 38, cloth);
    c.round((208, -190, 80, 160), 38, cloth.shade(8));
    c.turned(-150, -170, -12, |c| {
        c.round((-52, -56, 104, 104), 22, pillow);
        c.line("M-30 -30L28 26", 5, pillow.light(28));
        c.line("M0 -38L36 -2", 5, pillow.light(28));
        c.line("M-38 -2L0 36", 5, pillow.light(28));
    });
}

/// A rounded armchair on thin legs, about 280 wide.
pub fn armchair(c: &mut Canvas, cloth: Colour, pillow: Colour) {
    let leg = Colour::hex(0x6b4630);
    c.shadow(0, 2, 150, 14);
    for (top, foot) in [(-96, -112), (96, 112)] {
        c.line(&format!("M{top} -50L{foot} -4"), 13, leg);
    }
    c.round((-116, -310, 232, 260), 90, cloth.shade(10));
    c.round((-92, -286, 184, 190), 70, cloth);
    c.round((-60, -212, 104, 86), 22, pillow);
    c.round((-104, -136, 208, 66), 28, cloth.light(14));
    c.round((-146, -176, 60, 130), 30, cloth.light(4));
    c.round((86, -176, 60, 130), 30, cloth.shade(14));
    c.round((-120, -76, 240, 34), 16, cloth.shade(16));
}

/// A table seen from the side: `w` wide, `h` high.
pub fn table(c: &mut Canvas, w: i32, h: i32, wood: Colour) {
    let half = w / 2;
    c.shadow(0, 2, half, 14);
    for (top, foot) in [(-half + 50, -half + 26), (half - 50, half - 26)] {
        c.line(&format!("M{top} {}L{foot} -6", -h + 20), 18, wood.shade(20));
    }
    c.rect(-half + 40, -h + 20, w - 80, 26, wood.shade(14));
    c.round((-half, -h, w, 26), 10, wood);
    c.round((-half + 4, -h, w - 8, 9), 5, wood.light(28));
}

/// A chair from the side, facing right, 330 high.
pub fn chair(c: &mut Canvas, wood: Colour, seat: Colour) {
    c.shadow(0, 2, 100, 10);
    c.line("M-66 -150L-82 -4M62 -150L80 -4", 14, wood);
    c.line("M-66 -150Q-76 -250 -92 -320", 14, wood);
    c.round((-112, -326, 26, 110), 12, seat.shade(10));
    c.round((-84, -172, 166, 34), 16, seat);
    c.round((-84, -172, 166, 12), 6, seat.light(20));
}

/// A round stool, `h` high.
pub fn stool(c: &mut Canvas, h: i32, seat: Colour, leg: Colour) {
    c.shadow(0, 2, 74, 9);
    c.line(&format!("M-34 {0}L-56 -4M34 {0}L56 -4", -h + 20), 13, leg);
    c.line(&format!("M-46 {0}H46", -h * 35 / 100), 9, leg.shade(12));
    c.round((-68, -h, 136, 36), 18, seat);
    c.round((-64, -h, 128, 13), 6, seat.light(20));
}

/// An office chair seen from behind, about 380 high.
pub fn swivel_chair(c: &mut Canvas, cloth: Colour) {
    let steel = INK.light(14);
    c.shadow(0, 2, 112, 12);
    c.line("M0 -40L-92 -14M0 -40L92 -14M0 -40V-160", 15, steel);
    for x in [-94, 0, 94] {
        c.circle(x, -10, 13, INK);
    }
    c.round((-104, -190, 208, 46), 22, cloth.shade(18));
    c.round((-92, -390, 184, 210), 52, cloth);
    c.path("M30 -390H40a52 52 0 0 1 52 52V-232a52 52 0 0 1-52 52H10Q56 -280 30 -390z", cloth.shade(10));
}

/// A chest of three drawers, 280 wide and 250 high.
pub fn drawers(c: &mut Canvas, colour: Colour) {
    c.shadow(0, 2, 150, 12);
    c.line("M-112 -30L-124 -4M112 -30L124 -4", 14, colour.shade(30));
    c.round((-140, -250, 280, 226), 10, colour);
    for y in [-232, -164, -96] {
        c.round((-124, y, 248, 58), 6, colour.light(13));
        c.circle(0, y + 29, 9, colour.shade(35));
    }
}
