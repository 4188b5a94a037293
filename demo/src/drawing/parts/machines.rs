//! Household and workshop machines.

use super::baths::CERAMIC;
use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, PAPER, STEEL, STEEL_DEEP};

/// A canister vacuum cleaner facing right, about 300 wide; the hose is the scene's.
pub fn vacuum(c: &mut Canvas, body: Colour) {
    c.shadow(0, 2, 160, 14);
    c.path("M-150 -46Q-156 -170 -20 -176Q120 -180 150 -66V-46Q150 -30 130 -30H-130Q-150 -30 -150 -46z", body);
    c.path("M40 -172Q130 -150 150 -66V-46Q150 -30 130 -30H40Q96 -90 40 -172z", body.shade(12));
    c.path("M-120 -92Q-110 -150 -30 -154L-20 -92z", Colour::hex(0xdcecef));
    c.line("M-40 -176Q0 -214 60 -168", 15, INK.light(14));
    c.circle(-76, -52, 50, INK.light(10));
    c.circle(-76, -52, 24, STEEL);
    c.circle(110, -24, 24, INK.light(10));
    c.circle(20, -96, 15, MARIGOLD);
    c.circle(140, -86, 24, INK.light(18));
}

/// A front-loading washing machine, 300 wide and 360 high.
pub fn washer(c: &mut Canvas, laundry: Colour) {
    c.shadow(0, 0, 160, 12);
    c.round((-150, -360, 300, 354), 14, CERAMIC);
    c.path("M90 -360H136a14 14 0 0 1 14 14V-20a14 14 0 0 1-14 14H90z", CERAMIC.shade(7));
    c.rect(-150, -290, 300, 6, CERAMIC.shade(18));
    c.round((-130, -342, 110, 36), 6, CERAMIC.shade(12));
    c.circle(30, -324, 19, STEEL_DEEP);
    c.circle(82, -324, 10, MARIGOLD);
    c.circle(114, -324, 10, STEEL);
    c.circle(0, -152, 112, STEEL);
    c.circle(0, -152, 92, INK.light(24));
    c.inside(&super::lamps::circle_path(0, -152, 86), |c| {
        c.rect(-90, -240, 180, 180, Colour::hex(0x9ad3e2));
        c.path("M-90 -130Q-40 -180 0 -140T90 -150V-50H-90z", laundry);
        c.path("M-90 -100Q-30 -140 20 -104T90 -110V-50H-90z", PAPER);
        for (x, y, r) in [(-40, -190, 15), (10, -206, 10), (44, -180, 13)] {
            c.circle(x, y, r, Colour::hex(0xe6f6fa));
        }
    });
    c.line("M-66 -176Q-56 -216 -20 -226", 9, PAPER);
}

/// A push mower facing left, about 420 wide.
pub fn mower(c: &mut Canvas, body: Colour) {
    c.shadow(-20, 0, 190, 14);
    c.line("M60 -90L240 -350H310", 17, INK.light(16));
    c.line("M262 -350H322", 25, INK);
    c.path("M110 -150L250 -180Q280 -60 230 -36H110z", body.shade(24));
    c.line("M130 -66H222M128 -96H234M126 -124H240", 5, body.shade(45));
    c.path("M-190 -60Q-186 -128 -120 -132H110Q136 -130 136 -60V-40H-190z", body);
    c.path("M40 -132H110Q136 -130 136 -60V-40H60z", body.shade(12));
    c.round((-90, -198, 150, 76), 20, INK.light(12));
    c.round((-66, -220, 100, 30), 12, INK.light(28));
    c.round((-52, -176, 70, 22), 8, MARIGOLD);
    for (x, r) in [(-130, 52), (96, 60)] {
        c.circle(x, -r, r, INK.light(6));
        c.circle(x, -r, r * 56 / 100, STEEL);
        c.circle(x, -r, r * 22 / 100, STEEL_DEEP);
    }
}

/// An open fuse box, 400 wide and 520 high, origin at its middle; `down` switches are off.
pub fn fuse_box(c: &mut Canvas, shell: Colour, down: usize) {
    c.round((-194, -252, 400, 520), 16, INK.mix(shell, 60));
    c.round((-200, -260, 400, 520), 16, shell);
    c.round((-170, -230, 340, 460), 10, shell.shade(16));
    for row in 0..3 {
        let y = -206 + row * 150;
        c.rect(-158, y + 44, 316, 20, STEEL_DEEP);
        for column in 0..6 {
            let x = -156 + column * 52;
            let off = usize::try_from(row * 6 + column).unwrap_or(0) == down;
            c.round((x, y, 46, 108), 5, CERAMIC);
            c.round((x + 13, y + 28, 20, 52), 5, STEEL.shade(10));
            let (lever, tone) = if off { (y + 56, Colour::hex(0xc8442f)) } else { (y + 26, INK.light(8)) };
            c.round((x + 11, lever, 24, 28), 5, tone);
            c.circle(x + 23, y + 94, 5, if off { Colour::hex(0xc8442f) } else { Colour::hex(0x58a871) });
        }
    }
}

/// A wall socket plate with two round outlets, 320 wide; origin at its middle.
pub fn socket(c: &mut Canvas, plate: Colour) {
    c.round((-156, -84, 320, 176), 20, INK.mix(plate, 70));
    c.round((-160, -90, 320, 176), 20, plate);
    for x in [-78, 78] {
        c.circle(x, -2, 64, plate.shade(11));
        c.circle(x, -2, 52, plate.shade(20));
        c.circle(x - 22, -2, 9, INK);
        c.circle(x + 22, -2, 9, INK);
        c.rect(x - 8, -54, 16, 14, STEEL_DEEP);
        c.rect(x - 8, 36, 16, 14, STEEL_DEEP);
    }
}

/// Two rocker switches in one plate, 320 wide; origin at its middle.
pub fn switches(c: &mut Canvas, plate: Colour) {
    c.round((-156, -84, 320, 176), 20, INK.mix(plate, 70));
    c.round((-160, -90, 320, 176), 20, plate);
    for x in [-136, 8] {
        c.round((x, -66, 128, 128), 12, plate.shade(22));
        c.round((x + 4, -62, 120, 60), 10, plate.shade(10));
        c.round((x + 4, -2, 120, 60), 10, plate.shade(4));
        c.circle(x + 64, 40, 7, MARIGOLD);
    }
}

/// A two-pin plug pointing up with its cord leaving down; origin at the pins' foot.
pub fn plug(c: &mut Canvas, colour: Colour) {
    c.rect(-28, -44, 13, 50, STEEL);
    c.rect(15, -44, 13, 50, STEEL);
    c.path("M-58 0H58V60Q58 110 22 122V160H-22V122Q-58 110 -58 60z", colour);
    c.path("M18 0H58V60Q58 110 22 122V160H4V122Q40 60 18 0z", colour.shade(14));
}

/// A typewriter with paper, 420 wide.
pub fn typewriter(c: &mut Canvas, body: Colour) {
    c.shadow(0, 0, 220, 13);
    c.rect(-110, -380, 220, 200, PAPER);
    for (y, w) in [(-350, 150), (-324, 170), (-298, 110), (-272, 160), (-246, 60)] {
        c.line(&format!("M-84 {y}h{w}"), 7, PAPER.shade(38));
    }
    c.round((-190, -226, 380, 46), 22, INK.light(10));
    c.circle(-200, -203, 26, STEEL_DEEP);
    c.circle(200, -203, 26, STEEL_DEEP);
    c.path("M-160 -190H160L186 -110H-186z", body.light(10));
    c.path("M-186 -112H186L214 -14Q216 0 202 0H-202Q-216 0 -214 -14z", body);
    c.path("M100 -112H186L214 -14Q216 0 202 0H120z", body.shade(10));
    for (row, (y, half)) in [(-88, 138), (-60, 152), (-32, 164)].into_iter().enumerate() {
        for key in 0..10 {
            let x = -half + key * half * 2 / 9;
            let tone = if row == 2 && key > 7 { MARIGOLD } else { PAPER };
            c.circle(x, y, 11, tone);
        }
    }
    c.round((-60, -176, 120, 26), 8, body.shade(28));
}

/// A wall charger for cars, origin at its middle, 180 wide.
pub fn wall_charger(c: &mut Canvas, shell: Colour) {
    c.round((-84, -124, 180, 260), 34, INK.mix(shell, 65));
    c.round((-90, -130, 180, 260), 34, shell);
    c.round((-58, -98, 116, 96), 18, INK.light(8));
    c.path("M12 -92L-26 -44H-2L-12 -8L26 -56H2z", MARIGOLD);
    c.circle(0, 60, 38, shell.shade(20));
    c.circle(0, 60, 24, INK.light(12));
}
