//! Buckets, cans, bottles, boxes and baskets.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, OAK, PAPER, STEEL, STEEL_DEEP};
use crate::drawing::dice::Dice;

/// Cardboard.
pub const CARDBOARD: Colour = Colour::hex(0xd2a06d);

/// A bucket, 220 wide and 200 high: with foam and its bail up, or empty with the bail down.
pub fn bucket(c: &mut Canvas, colour: Colour, foam: bool) {
    c.shadow(4, 0, 110, 14);
    if foam {
        c.line("M-104 -190Q-120 -320 0 -324T104 -190", 8, STEEL_DEEP);
    }
    c.path("M-112 -200H112L88 -8Q86 0 76 0H-76Q-86 0 -88 -8z", colour);
    c.path("M50 -200H112L88 -8Q86 0 76 0H36z", colour.shade(13));
    c.path("M-84 -172L-66 -22h16L-62 -172z", colour.light(30));
    c.round((-122, -212, 244, 28), 14, colour.light(16));
    if foam {
        let white = Colour::hex(0xffffff);
        for (x, y, r) in [(-74, -218, 34), (-20, -236, 44), (40, -226, 38), (84, -214, 24)] {
            c.circle(x, y, r, white);
        }
        c.circle(30, -246, 22, Colour::hex(0xe8f5f8));
        c.circle(-50, -230, 16, Colour::hex(0xe8f5f8));
        c.round((-122, -212, 244, 28), 14, colour.light(16));
    } else {
        c.line("M-104 -190Q-90 -96 0 -92T104 -190", 8, STEEL_DEEP);
    }
    c.circle(-106, -192, 9, STEEL_DEEP);
    c.circle(106, -192, 9, STEEL_DEEP);
}

/// A trigger spray bottle, 270 high.
pub fn spray(c: &mut Canvas, body: Colour, label: Colour) {
    c.shadow(0, 0, 64, 9);
    c.path("M-26 -180H26Q30 -140 56 -120V-14Q56 0 42 0H-42Q-56 0 -56 -14V-120Q-30 -140 -26 -180z", body);
    c.path("M10 -180H26Q30 -140 56 -120V-14Q56 0 42 0H24V-116Q12 -140 10 -180z", body.shade(12));
    c.round((-56, -100, 112, 62), 0, label);
    c.circle(0, -69, 18, body.light(50));
    c.rect(-28, -196, 56, 22, PAPER.shade(10));
    c.path("M-78 -262H30Q50 -262 50 -230L34 -196H-22L-26 -226H-78z", INK.light(16));
    c.path("M-62 -226H-40L-52 -176Q-56 -166 -66 -172z", INK);
    c.round((-98, -260, 26, 30), 6, MARIGOLD);
}

/// A plain bottle with a cap, `h` high.
pub fn bottle(c: &mut Canvas, h: i32, body: Colour, cap: Colour) {
    c.shadow(0, 0, 38, 6);
    c.round((-13, -h, 26, 40), 5, cap);
    c.round((-36, -h + 32, 72, h - 32), 18, body);
    c.path(&format!("M10 {}h8a18 18 0 0 1 18 18V-18a18 18 0 0 1-18 18h-8z", -h + 32), body.shade(12));
    c.rect(-36, -h * 6 / 10, 72, h * 28 / 100, PAPER);
    c.rect(-18, -h * 6 / 10 + h / 9, 36, 7, body.shade(25));
}

/// A paint can, 190 wide; paint runs over the rim.
pub fn paint_can(c: &mut Canvas, paint: Colour, open: bool) {
    c.shadow(0, 0, 100, 13);
    c.line("M-86 -150Q-92 -244 0 -246T86 -150", 7, STEEL_DEEP);
    c.rect(-92, -176, 184, 170, STEEL);
    c.ellipse(0, -6, 92, 16, STEEL);
    c.rect(44, -176, 48, 172, STEEL.shade(16));
    c.rect(-92, -130, 184, 84, paint);
    c.rect(44, -130, 48, 84, paint.shade(13));
    c.circle(-10, -88, 24, PAPER);
    c.ellipse(0, -176, 96, 20, STEEL_DEEP);
    if open {
        c.ellipse(0, -178, 84, 15, paint);
        c.path("M-80 -176Q-78 -150 -66 -150T-56 -168Q-54 -116 -40 -116T-26 -164z", paint);
    } else {
        c.ellipse(0, -180, 88, 16, STEEL.light(30));
    }
}

/// A closed cardboard box, `w` wide and `h` high, with tape and perhaps a mark.
pub fn carton(c: &mut Canvas, (w, h): (i32, i32), dice: &mut Dice) {
    let tone = dice.pick([CARDBOARD, CARDBOARD.light(14), CARDBOARD.shade(8)]);
    let half = w / 2;
    c.shadow(0, 0, half + 10, 10);
    c.rect(-half, -h, w, h, tone);
    c.rect(-half + w * 72 / 100, -h, w - w * 72 / 100, h, tone.shade(9));
    c.rect(-half, -h, w, 12, tone.light(25));
    c.rect(-w / 12, -h, w / 6, h * 34 / 100, tone.light(48));
    let mark = tone.shade(38);
    match dice.below(4) {
        0 => {
            let (x, y) = (-half + w / 5, -h / 4);
            c.line(&format!("M{x} {y}v-34m-12 14l12-14 12 14M{} {y}v-34m-12 14l12-14 12 14", x + 34), 6, mark);
        }
        1 => {
            let (x, y) = (-half + w / 5, -h / 3);
            c.path(&format!("M{} {}h30q0 24 -11 28v20h10v8h-28v-8h10v-20q-11 -4 -11 -28z", x - 15, y - 20), mark);
        }
        2 => c.round((-w * 38 / 100, -h * 42 / 100, w * 3 / 10, h / 5), 4, PAPER.shade(5)),
        _ => c.round((-w / 8, -h / 2, w / 4, 20), 10, tone.shade(28)),
    }
}

/// An open cardboard box; things may stick out behind its front, drawn first by `inside`.
pub fn open_carton(c: &mut Canvas, (w, h): (i32, i32), inside: impl FnOnce(&mut Canvas)) {
    let half = w / 2;
    c.shadow(0, 0, half + 10, 10);
    c.poly(&[(-half, -h), (-half + 26, -h - 30), (half - 26, -h - 30), (half, -h)], CARDBOARD.shade(32));
    c.under(&format!("translate(0 {})", -h), inside);
    c.rect(-half, -h, w, h, CARDBOARD);
    c.rect(half - w / 4, -h, w / 4, h, CARDBOARD.shade(9));
    c.poly(&[(-half, -h), (0, -h), (-20, -h + 46), (-half - 40, -h + 40)], CARDBOARD.light(22));
    c.poly(&[(half, -h), (0, -h), (20, -h + 46), (half + 40, -h + 40)], CARDBOARD.light(12));
}

/// A woven basket with folded cloths, 240 wide.
pub fn basket(c: &mut Canvas, cloth: Colour, second: Colour) {
    c.shadow(0, 0, 120, 12);
    c.round((-96, -196, 140, 60), 26, cloth);
    c.round((-30, -210, 130, 70), 28, second);
    c.path("M-124 -150H124L100 -10Q98 0 86 0H-86Q-98 0 -100 -10z", OAK);
    for y in [-116, -80, -44] {
        c.line(&format!("M-110 {y}H110"), 6, OAK.shade(18));
    }
    for x in [-72, -36, 0, 36, 72] {
        c.line(&format!("M{x} -132L{} -12", x * 8 / 10), 5, OAK.shade(12));
    }
    c.round((-132, -160, 264, 26), 13, OAK.light(15));
}

/// A steel toolbox, 300 wide and 190 high.
pub fn toolbox(c: &mut Canvas, colour: Colour) {
    c.shadow(0, 0, 160, 12);
    c.line("M-60 -150V-196Q-60 -210 -46 -210H46Q60 -210 60 -196V-150", 15, INK.light(16));
    c.round((-150, -156, 300, 156), 12, colour);
    c.path("M60 -156H138a12 12 0 0 1 12 12V-12a12 12 0 0 1-12 12H60z", colour.shade(10));
    c.rect(-150, -100, 300, 10, colour.shade(32));
    for x in [-92, 60] {
        c.round((x, -118, 32, 46), 6, STEEL);
    }
    c.rect(-134, -142, 268, 10, colour.light(25));
}
