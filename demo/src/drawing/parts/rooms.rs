//! Walls and floors.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, PAPER};
use crate::drawing::stage::Stage;

/// Height at which wall and floor meet.
pub const FLOOR: i32 = 690;

/// A whole empty room: wall treatment, floor and skirting thrown by the dice.
pub fn room(s: &mut Stage) {
    let wall = s.look.wall;
    s.c.rect(0, 0, 1200, FLOOR, wall);
    match s.dice.below(6) {
        0 => wainscot(&mut s.c, wall),
        1 => stripes(&mut s.c, wall),
        2 => arch(&mut s.c, s.dice.between(420, 780), wall),
        3 => half_painted(&mut s.c, wall),
        _ => {}
    }
    floor(s);
    s.c.rect(0, FLOOR - 22, 1200, 22, s.look.trim);
    s.c.rect(0, FLOOR - 4, 1200, 4, s.look.trim.shade(18));
}

/// Only the floor, from the skirting down.
pub fn floor(s: &mut Stage) {
    let floor = s.look.floor;
    s.c.rect(0, FLOOR, 1200, 900 - FLOOR, floor);
    match s.dice.below(4) {
        0 => checker(&mut s.c, floor),
        1 => {}
        _ => boards(&mut s.c, floor),
    }
}

fn wainscot(c: &mut Canvas, wall: Colour) {
    let panel = wall.shade(10);
    c.rect(0, 430, 1200, FLOOR - 430, panel);
    c.rect(0, 430, 1200, 12, panel.light(35));
    for x in (30..1200).step_by(195) {
        c.round((x, 470, 160, 170), 6, panel.shade(7));
    }
}

fn stripes(c: &mut Canvas, wall: Colour) {
    let stripe = wall.light(18);
    for x in (0..1200).step_by(120) {
        c.rect(x, 0, 60, FLOOR, stripe);
    }
}

fn arch(c: &mut Canvas, x: i32, wall: Colour) {
    let tone = if wall.is_dark() { wall.light(12) } else { wall.shade(8) };
    c.path(&format!("M{} {FLOOR} V380 a260 260 0 0 1 520 0 V{FLOOR}z", x - 260), tone);
}

fn half_painted(c: &mut Canvas, wall: Colour) {
    let tone = if wall.is_dark() { wall.light(10) } else { wall.shade(9) };
    c.rect(0, 380, 1200, FLOOR - 380, tone);
}

/// Floor boards with staggered joints.
fn boards(c: &mut Canvas, floor: Colour) {
    let seam = floor.shade(11);
    for (row, y) in [FLOOR + 46, FLOOR + 100, FLOOR + 162].into_iter().enumerate() {
        c.rect(0, y, 1200, 4, seam);
        let start = if row % 2 == 0 { 140 } else { 330 };
        for x in (start..1200).step_by(420) {
            c.rect(x, y - 46, 4, 46, seam);
        }
    }
}

/// Tiles running towards the viewer.
fn checker(c: &mut Canvas, floor: Colour) {
    let dark = floor.shade(9);
    let rows = [FLOOR, FLOOR + 44, FLOOR + 108, 900];
    for (row, pair) in rows.windows(2).enumerate() {
        let [top, bottom] = [pair[0], pair[1]];
        // Every seam aims at a vanishing point far above the room.
        let edge = |index: i32, y: i32| 600 + (index * 150 - 75) * (y + 500) / 1190;
        for index in -7..8 {
            if (index + i32::try_from(row).unwrap_or(0)).rem_euclid(2) == 0 {
                c.poly(
                    &[
                        (edge(index, top), top),
                        (edge(index + 1, top), top),
                        (edge(index + 1, bottom), bottom),
                        (edge(index, bottom), bottom),
                    ],
                    dark,
                );
            }
        }
    }
}

/// A carpet lying on the floor, seen flat.
pub fn rug(c: &mut Canvas, (x, w): (i32, i32), colour: Colour) {
    let (left, right) = (x - w / 2, x + w / 2);
    c.poly(&[(left + 50, 740), (right - 50, 740), (right, 862), (left, 862)], colour);
    c.poly(&[(left + 72, 756), (right - 72, 756), (right - 34, 846), (left + 34, 846)], colour.light(16));
    c.poly(&[(left + 92, 768), (right - 92, 768), (right - 62, 834), (left + 62, 834)], colour);
}

/// A round carpet.
pub fn round_rug(c: &mut Canvas, x: i32, colour: Colour) {
    c.ellipse(x, 800, 330, 76, colour);
    c.ellipse(x, 800, 290, 62, colour.light(18));
    c.ellipse(x, 800, 250, 50, colour);
}

/// Square wall tiles filling an area; every so often one is a little lighter.
pub fn tiles(s: &mut Stage, (x, y, w, h): (i32, i32, i32, i32), size: i32, base: Colour) {
    let gap = base.light(55);
    s.c.rect(x, y, w, h, gap);
    let mut row = y;
    while row < y + h {
        let mut column = x;
        while column < x + w {
            let tone = match s.dice.below(9) {
                0 => base.light(22),
                1 => base.shade(5),
                _ => base,
            };
            let width = (size - 6).min(x + w - column);
            let height = (size - 6).min(y + h - row);
            s.c.rect(column, row, width, height, tone);
            column += size;
        }
        row += size;
    }
}

/// Brick-bond tiles, wider than high.
pub fn metro_tiles(c: &mut Canvas, (y, h): (i32, i32), base: Colour) {
    c.rect(0, y, 1200, h, base);
    let seam = if base.is_dark() { base.light(16) } else { base.shade(10) };
    let mut row = 0;
    while row * 64 < h {
        let top = y + row * 64;
        c.rect(0, top, 1200, 4, seam);
        let start = if row % 2 == 0 { 60 } else { 130 };
        let bottom = (top + 64).min(y + h);
        for x in (start..1200).step_by(140) {
            c.rect(x, top, 4, bottom - top, seam);
        }
        row += 1;
    }
}

/// Sunlight falling slantwise on the wall and floor.
pub fn sunbeam(c: &mut Canvas, x: i32, w: i32) {
    c.veil(&format!("M{x} 0 h{w} l330 690 l110 210 h-{w} l-110 -210z"), PAPER, 17);
}
