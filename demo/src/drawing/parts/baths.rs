//! Water: basins, taps, tubs, pipes and radiators.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, INK, MARIGOLD, PAPER, STEEL, STEEL_DEEP};

/// Glazed white.
pub const CERAMIC: Colour = Colour::hex(0xfdfcf8);
/// Clean water.
pub const WATER: Colour = Colour::hex(0x8fd0ea);
/// Copper pipe.
pub const COPPER: Colour = Colour::hex(0xc97b4f);

/// A pipe along a path with a lighter edge; `w` thick.
pub fn pipe(c: &mut Canvas, d: &str, w: i32, metal: Colour) {
    c.line(d, w, metal.shade(18));
    c.under(&format!("translate(-{0} -{0})", w / 10 + 1), |c| c.line(d, w * 66 / 100, metal));
    c.under(&format!("translate(-{0} -{0})", w / 5 + 1), |c| c.line(d, (w / 6).max(3), metal.light(55)));
}

/// A screwed joint across a pipe at a point; `upright` when the pipe runs up and down.
pub fn joint(c: &mut Canvas, (x, y): (i32, i32), w: i32, upright: bool, metal: Colour) {
    let (long, short) = (w * 15 / 10, w * 8 / 10);
    let (bw, bh) = if upright { (long, short) } else { (short, long) };
    c.round((x - bw / 2, y - bh / 2, bw, bh), 6, metal.shade(8));
    if upright {
        c.rect(x - bw / 2, y - bh / 2 + 3, bw, bh / 4, metal.light(40));
    } else {
        c.rect(x - bw / 2 + 3, y - bh / 2, bw / 4, bh, metal.light(40));
    }
}

/// A round valve wheel.
pub fn valve(c: &mut Canvas, (x, y): (i32, i32), colour: Colour) {
    c.ring(x, y, 52, 17, colour);
    c.line(&format!("M{} {y}h104M{x} {}v104", x - 52, y - 52), 13, colour.shade(10));
    c.circle(x, y, 19, colour.shade(28));
}

/// A pressure gauge.
pub fn gauge(c: &mut Canvas, (x, y): (i32, i32)) {
    c.circle(x, y, 64, MARIGOLD.shade(18));
    c.circle(x, y, 51, PAPER);
    for turn in [-120, -80, -40, 0, 40, 80, 120] {
        c.turned(x, y, turn, |c| c.rect(-3, -46, 6, 12, INK));
    }
    c.turned(x, y, 34, |c| c.line("M0 10V-34", 6, Colour::hex(0xb3382c)));
    c.circle(x, y, 9, INK);
}

/// A mixer tap; the origin is its foot, the spout points left.
pub fn tap(c: &mut Canvas, metal: Colour) {
    c.round((-34, -20, 68, 20), 8, metal.shade(16));
    pipe(c, "M0 -14V-130Q0 -190 -60 -190T-120 -140V-128", 36, metal);
    c.round((-142, -134, 44, 24), 6, metal.shade(20));
    c.line("M6 -150L70 -176", 19, metal.shade(8));
    c.circle(74, -178, 15, MARIGOLD);
}

/// A drop of water hanging from its tip.
pub fn drop(c: &mut Canvas, (x, y): (i32, i32), percent: i32) {
    c.at(x, y, percent, |c| {
        c.path("M0 -40Q30 0 30 20A30 30 0 0 1 -30 20Q-30 0 0 -40z", WATER);
        c.line("M-14 18Q-14 32 -2 34", 6, PAPER);
    });
}

/// A wash basin on the wall with its trap below; origin at the middle of its rim.
pub fn basin(c: &mut Canvas, metal: Colour) {
    pipe(c, "M0 110V190Q0 236 46 236T92 190V170H150", 32, metal);
    joint(c, (0, 150), 34, true, metal);
    c.path("M-190 0H190Q186 110 70 122H-70Q-186 110 -190 0z", CERAMIC);
    c.path("M60 0H190Q186 110 70 122H20Q90 90 60 0z", CERAMIC.shade(9));
    c.round((-212, -22, 424, 36), 16, CERAMIC);
    c.round((-212, 2, 424, 12), 6, CERAMIC.shade(12));
}

/// A bathtub on feet, 640 wide and 250 high; `water` draws foam above the rim.
pub fn tub(c: &mut Canvas, shell: Colour, foam: bool) {
    c.shadow(0, 2, 310, 18);
    for x in [-220, 200] {
        c.path(&format!("M{x} -46h40q4 30 -10 46h-26q6 -26 -4 -46z"), MARIGOLD);
    }
    if foam {
        for (x, y, r) in [(-210, -246, 40), (-150, -264, 54), (-70, -252, 46), (0, -266, 50), (70, -250, 40)] {
            c.circle(x, y, r, Colour::hex(0xffffff));
        }
        for (x, y, r) in [(-180, -256, 22), (-40, -268, 20), (40, -252, 18)] {
            c.circle(x, y, r, Colour::hex(0xe3f3f8));
        }
    }
    c.path("M-300 -230H300Q294 -30 180 -30H-180Q-294 -30 -300 -230z", shell);
    c.path("M120 -230H300Q294 -30 180 -30H60Q170 -60 120 -230z", shell.shade(10));
    c.round((-330, -252, 660, 36), 18, CERAMIC);
    c.round((-330, -230, 660, 12), 6, CERAMIC.shade(13));
}

/// A toilet seen from the side, facing left.
pub fn toilet(c: &mut Canvas, seat: Colour) {
    c.shadow(0, 2, 120, 11);
    c.round((40, -330, 110, 190), 16, CERAMIC.shade(5));
    c.round((30, -346, 130, 28), 10, CERAMIC);
    c.path("M-136 -180H110Q112 -90 60 -70L70 0H-60L-50 -66Q-130 -90 -136 -180z", CERAMIC);
    c.path("M40 -180H110Q112 -90 60 -70L70 0H30Q30 -90 40 -180z", CERAMIC.shade(11));
    c.round((-150, -200, 230, 28), 14, seat);
}

/// A ribbed radiator, `w` wide and 300 high.
pub fn radiator(c: &mut Canvas, w: i32, colour: Colour) {
    let ribs = w / 52;
    pipe(c, &format!("M{} -60H{}V60", w / 2 - 10, w / 2 + 46), 20, COPPER);
    for rib in 0..ribs {
        let x = -w / 2 + rib * 52;
        c.round((x, -300, 44, 270), 20, colour);
        c.rect(x + 28, -284, 10, 240, colour.shade(13));
        c.rect(x + 8, -284, 7, 240, colour.light(40));
    }
    c.rect(-w / 2 + 10, -270, w - 30, 12, colour.shade(10));
    c.rect(-w / 2 + 10, -76, w - 30, 12, colour.shade(10));
    c.round((w / 2 + 24, -96, 44, 60), 12, CLAY);
}

/// A wall boiler with dial and lamp, 280 wide and 400 high; origin at its bottom middle.
pub fn boiler(c: &mut Canvas, shell: Colour) {
    c.round((-134, -394, 280, 400), 26, shell.shade(34));
    c.round((-140, -400, 280, 400), 26, shell);
    c.path("M70 -400H114a26 26 0 0 1 26 26V-26a26 26 0 0 1-26 26H70z", shell.shade(7));
    c.round((-110, -150, 220, 110), 14, shell.shade(16));
    c.circle(-56, -95, 32, PAPER);
    c.turned(-56, -95, 40, |c| c.line("M0 0V-22", 7, INK));
    c.round((4, -122, 84, 30), 6, STEEL_DEEP.shade(50));
    c.circle(20, -66, 10, Colour::hex(0x6fc08b));
    c.circle(52, -66, 10, STEEL);
    c.path(
        "M0 -356Q52 -300 40 -256Q28 -220 0 -220T-40 -256Q-46 -284 -20 -304Q-18 -280 -4 -280Q12 -310 0 -356z",
        MARIGOLD,
    );
    c.path("M2 -292Q24 -262 18 -244T0 -228T-18 -246Q-18 -258 -8 -268Q0 -262 2 -292z", PAPER);
}
