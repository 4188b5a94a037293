//! Lamps of all kinds.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, STEEL, STEEL_DEEP};

/// The colour of lamp light.
pub const GLOW: Colour = Colour::hex(0xffe39a);

/// A shade hanging from the ceiling on a cord of length `drop`; origin at the ceiling.
pub fn pendant(c: &mut Canvas, drop: i32, shade: Colour, lit: bool) {
    c.line(&format!("M0 -10V{drop}"), 6, INK.light(10));
    if lit {
        c.veil(&format!("M-84 {0}H84L230 {1}H-230z", drop + 92, drop + 400), GLOW, 22);
    }
    c.circle(0, drop + 92, 32, if lit { GLOW } else { Colour::hex(0xf2ede2) });
    c.path(&format!("M-24 {drop}H24Q96 {0} 100 {1}H-100Q-96 {0} -24 {drop}z", drop + 26, drop + 96), shade);
    c.path(&format!("M8 {drop}H24Q96 {0} 100 {1}H44Q42 {0} 8 {drop}z", drop + 26, drop + 96), shade.shade(13));
}

/// A glass ball lamp on a cord; origin at the ceiling.
pub fn globe_lamp(c: &mut Canvas, drop: i32, lit: bool) {
    c.line(&format!("M0 -10V{drop}"), 6, INK.light(10));
    if lit {
        c.veil(&circle_path(0, drop + 70, 130), GLOW, 30);
    }
    c.round((-20, drop - 6, 40, 24), 6, MARIGOLD.shade(12));
    c.circle(0, drop + 70, 62, if lit { GLOW } else { Colour::hex(0xf5f1e8) });
    c.circle(-20, drop + 50, 14, Colour::hex(0xffffff));
}

/// A circle as a path, for see-through shapes and clips.
pub fn circle_path(x: i32, y: i32, r: i32) -> String {
    format!("M{} {y}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 -{} 0z", x - r, 2 * r, 2 * r)
}

/// A standing lamp, 520 high.
pub fn floor_lamp(c: &mut Canvas, shade: Colour, lit: bool) {
    c.shadow(0, 2, 70, 9);
    c.ellipse(0, -6, 62, 12, INK.light(16));
    c.line("M0 -10V-420", 10, INK.light(16));
    if lit {
        c.veil(&circle_path(0, -450, 190), GLOW, 24);
    }
    c.poly(&[(-58, -530), (58, -530), (98, -390), (-98, -390)], if lit { GLOW.mix(shade, 30) } else { shade });
    c.poly(&[(20, -530), (58, -530), (98, -390), (40, -390)], if lit { GLOW.mix(shade, 48) } else { shade.shade(10) });
}

/// A jointed desk lamp leaning right, about 270 high; the origin is the desk top.
pub fn desk_lamp(c: &mut Canvas, colour: Colour, lit: bool) {
    if lit {
        c.veil("M70 -236L180 -180L290 0H60z", GLOW, 30);
    }
    c.ellipse(0, -8, 62, 14, colour.shade(14));
    c.line("M0 -14L-54 -150L66 -240", 12, colour.shade(24));
    c.circle(-54, -150, 13, colour.shade(40));
    c.turned(80, -236, 32, |c| {
        c.circle(26, 30, 24, if lit { GLOW } else { STEEL });
        c.path("M-30 -34H20Q62 -20 74 38H-32z", colour);
        c.path("M0 -34H20Q62 -20 74 38H34Q30 -10 0 -34z", colour.shade(12));
    });
}

/// A light bulb with its cap up; origin at the cap's top, 250 high.
pub fn bulb(c: &mut Canvas, lit: bool) {
    let glass = if lit { GLOW } else { Colour::hex(0xe9f1f2) };
    if lit {
        c.veil(&circle_path(0, 165, 170), GLOW, 26);
        c.veil(&circle_path(0, 165, 130), GLOW, 34);
    }
    c.path("M-34 60H34C36 96 82 110 82 168A82 82 0 0 1 -82 168C-82 110 -36 96 -34 60z", glass);
    c.line("M-20 66L-24 130L-8 160L0 134L8 160L24 130L20 66", 6, MARIGOLD);
    c.line("M-52 160Q-50 200 -24 216", 9, Colour::hex(0xffffff));
    c.round((-36, 0, 72, 66), 10, STEEL);
    for y in [14, 32, 50] {
        c.line(&format!("M-34 {y}L34 {}", y - 6), 6, STEEL_DEEP);
    }
    c.round((-18, -12, 36, 16), 6, INK);
}

/// A small table lamp, 210 high.
pub fn table_lamp(c: &mut Canvas, base: Colour, shade: Colour, lit: bool) {
    if lit {
        c.veil(&circle_path(0, -150, 130), GLOW, 26);
    }
    c.path("M-14 -110H14Q52 -70 34 0H-34Q-52 -70 -14 -110z", base);
    c.poly(&[(-48, -214), (48, -214), (82, -104), (-82, -104)], if lit { GLOW.mix(shade, 30) } else { shade });
}
