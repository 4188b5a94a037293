//! Hand tools, upright with the grip at the origin unless said otherwise.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, OAK, PAPER, STEEL, STEEL_DEEP};

/// An adjustable wrench; the jaws are above the grip.
pub fn wrench(c: &mut Canvas, grip: Colour) {
    c.path("M-24 40L-20 -210H20L24 40z", STEEL);
    c.path("M4 40L4 -210H20L24 40z", STEEL.shade(12));
    c.path("M-34 -200Q-92 -250 -76 -340L-40 -366L-34 -296H20L30 -366Q84 -330 72 -262Q60 -214 34 -200z", STEEL);
    c.path("M20 -296L30 -366Q84 -330 72 -262Q60 -214 34 -200H10Q44 -240 20 -296z", STEEL_DEEP);
    c.round((-20, -244, 40, 22), 8, INK.light(20));
    c.round((-30, -80, 60, 300), 28, grip);
    c.path("M6 -80a28 28 0 0 1 24 28V192a28 28 0 0 1-24 28z", grip.shade(14));
}

/// A screwdriver pointing up.
pub fn screwdriver(c: &mut Canvas, grip: Colour) {
    c.rect(-9, -300, 18, 230, STEEL);
    c.rect(1, -300, 8, 230, STEEL_DEEP);
    c.poly(&[(-14, -318), (14, -318), (10, -290), (-10, -290)], STEEL_DEEP);
    c.round((-32, -80, 64, 230), 26, grip);
    c.line("M-12 -50V116M12 -50V116", 7, grip.shade(18));
    c.round((-24, -96, 48, 30), 8, grip.light(20));
}

/// A paint roller; the sleeve, loaded with paint, is above the grip.
pub fn roller(c: &mut Canvas, paint: Colour, grip: Colour) {
    c.line("M0 -60V-150H130V-260H100", 14, STEEL_DEEP);
    c.round((-140, -316, 250, 112), 26, paint);
    c.round((-140, -316, 250, 40), 20, paint.light(18));
    c.round((-152, -300, 22, 80), 8, STEEL);
    c.round((-26, -80, 52, 240), 22, grip);
    c.rect(-14, -96, 28, 26, STEEL);
}

/// A broad paint brush pointing up, bristles loaded with paint.
pub fn brush(c: &mut Canvas, paint: Colour, wood: Colour) {
    c.path("M-20 170Q-34 60 -24 -60H24Q34 60 20 170Q0 196 -20 170z", wood);
    c.circle(0, 152, 8, wood.shade(40));
    c.round((-70, -130, 140, 80), 8, STEEL);
    c.rect(20, -130, 40, 80, STEEL.shade(14));
    c.path("M-68 -130V-210Q-68 -250 -40 -262Q0 -280 40 -262Q68 -250 68 -210V-130z", Colour::hex(0xe8cfa2));
    c.path(
        "M-68 -190V-214Q-68 -254 -40 -266Q0 -284 40 -266Q68 -254 68 -214V-190Q40 -172 20 -196T-30 -186T-68 -190z",
        paint,
    );
}

/// A mop standing on its head; origin at the floor, the pole 560 long.
pub fn mop(c: &mut Canvas, strings: Colour, pole: Colour) {
    c.line("M0 -60V-560", 15, pole);
    c.line("M0 -470V-560", 19, pole.shade(20));
    for (x, tone) in [(-86, 4), (-52, 14), (-18, 4), (16, 14), (50, 4), (84, 14)] {
        c.line(&format!("M{} -92Q{} -60 {x} -14", x / 3, x * 8 / 10), 28, strings.shade(tone));
    }
    c.round((-52, -124, 104, 44), 18, pole.shade(25));
}

/// A broom standing on its bristles; origin at the floor.
pub fn broom(c: &mut Canvas, bristles: Colour, pole: Colour) {
    c.line("M0 -130V-560", 15, pole);
    c.path("M-96 -128H96L112 -8Q56 -22 0 -6T-112 -8z", bristles);
    for x in [-64, -22, 22, 64] {
        c.line(&format!("M{x} -110L{} -24", x * 12 / 10), 5, bristles.shade(18));
    }
    c.round((-106, -152, 212, 40), 16, pole.shade(16));
}

/// A window squeegee, blade up, 300 wide.
pub fn squeegee(c: &mut Canvas, grip: Colour) {
    c.round((-22, -120, 44, 290), 20, grip);
    c.poly(&[(-22, -100), (22, -100), (44, -150), (-44, -150)], INK.light(20));
    c.round((-150, -178, 300, 36), 10, STEEL);
    c.rect(-146, -194, 292, 18, INK);
}

/// A step ladder from the front, 560 high; origin at the floor.
pub fn ladder(c: &mut Canvas, wood: Colour) {
    c.shadow(0, 0, 170, 12);
    c.line("M-70 -540L-120 -8M70 -540L120 -8", 16, wood.shade(30));
    c.line("M-70 -550L-150 -4M70 -550L150 -4", 22, wood);
    for (y, half) in [(-450, 84), (-346, 100), (-242, 115), (-138, 130)] {
        c.round((-half, y, 2 * half, 28), 6, wood.light(22));
        c.rect(-half + 8, y + 20, 2 * half - 16, 8, wood.shade(16));
    }
    c.round((-96, -570, 192, 36), 10, MARIGOLD);
}

/// A rake with tines down; origin at the ground.
pub fn rake(c: &mut Canvas, head: Colour) {
    c.line("M0 -130V-580", 14, OAK);
    for x in [-90, -60, -30, 0, 30, 60, 90] {
        c.line(&format!("M0 -150Q{} -110 {x} -10", x * 7 / 10), 9, head);
    }
    c.line("M-56 -84H56", 9, head.shade(16));
}

/// A spade with its blade down; origin at the ground.
pub fn spade(c: &mut Canvas, grip: Colour) {
    c.line("M0 -160V-470", 18, OAK);
    c.line("M-44 -480H44M-44 -480Q-36 -440 0 -430T44 -480", 15, grip);
    c.path("M-66 -190H66V-80Q60 -20 0 0Q-60 -20 -66 -80z", STEEL);
    c.path("M10 -190H66V-80Q60 -20 0 0Q30 -90 10 -190z", STEEL_DEEP);
}

/// Hedge shears, blades up and a little open.
pub fn shears(c: &mut Canvas, grip: Colour) {
    for side in [-1, 1] {
        c.under(&format!("rotate({}) scale({side} 1)", side * 13), |c| {
            c.path("M-14 10Q-26 -160 14 -330Q34 -160 22 10z", if side < 0 { STEEL } else { STEEL_DEEP });
            c.line("M4 10L-40 210", 17, OAK);
            c.line("M-26 140L-46 236", 36, grip);
        });
    }
    c.circle(0, -4, 17, INK);
}

/// A fountain pen pointing down; origin at its tip, 330 long.
pub fn pen(c: &mut Canvas, barrel: Colour) {
    c.path("M0 0L-18 -56H18z", MARIGOLD);
    c.line("M0 -6V-34", 4, INK);
    c.path("M-20 -56H20L26 -110H-26z", INK.light(18));
    c.round((-26, -350, 52, 250), 24, barrel);
    c.rect(-26, -200, 52, 12, MARIGOLD);
    c.path("M4 -350a24 24 0 0 1 22 24V-110H4z", barrel.shade(14));
}

/// A pencil pointing down; origin at its tip, 340 long.
pub fn pencil(c: &mut Canvas, paint: Colour) {
    c.poly(&[(0, 0), (-24, -64), (24, -64)], Colour::hex(0xf0d9b8));
    c.poly(&[(0, 0), (-9, -22), (9, -22)], INK);
    c.rect(-24, -310, 48, 248, paint);
    c.rect(6, -310, 18, 248, paint.shade(14));
    c.rect(-24, -326, 48, 22, STEEL);
    c.round((-24, -354, 48, 34), 12, Colour::hex(0xe59dad));
}

/// A cordless drill pointing left; the grip is at the origin.
pub fn drill(c: &mut Canvas, body: Colour) {
    c.rect(-270, -98, 90, 12, STEEL_DEEP);
    c.poly(&[(-190, -120), (-130, -134), (-130, -50), (-190, -64)], INK.light(20));
    c.round((-140, -146, 220, 106), 30, body);
    c.round((-140, -146, 220, 36), 18, body.light(18));
    c.path("M-36 -60H50L70 130H-24z", INK.light(10));
    c.round((-64, 120, 170, 62), 14, body.shade(10));
    c.round((-58, -40, 20, 40), 8, MARIGOLD);
    c.rect(-40, 140, 60, 10, PAPER);
}
