//! What lies on desks and shelves: books, screens, paper, cups.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, MARIGOLD, PAPER, STEEL, STEEL_DEEP};
use crate::drawing::dice::Dice;

const SPINES: [Colour; 8] = [
    GREEN,
    MARIGOLD,
    CLAY,
    Colour::hex(0x35587a),
    Colour::hex(0xf0e6d4),
    Colour::hex(0x8b629d),
    LEAF,
    Colour::hex(0xd88c9a),
];

/// Upright books from `x` to the right on a board at `y`; tells the width they take.
pub fn standing_books(c: &mut Canvas, (x, y): (i32, i32), count: i32, dice: &mut Dice) -> i32 {
    let mut left = x;
    for _ in 0..count {
        let (w, h) = (dice.between(22, 36), dice.between(92, 132));
        let tone = dice.pick(SPINES);
        c.round((left, y - h, w, h), 3, tone);
        let band = if tone.is_dark() { tone.light(50) } else { tone.shade(30) };
        c.rect(left + 5, y - h + 16, w - 10, 5, band);
        c.rect(left + 5, y - 26, w - 10, 5, band);
        left += w + 2;
    }
    left - x
}

/// Lying books, `count` high; the origin is the table under them. Tells their height.
pub fn book_stack(c: &mut Canvas, count: i32, dice: &mut Dice) -> i32 {
    let mut top = 0;
    for _ in 0..count {
        let (w, h, off) = (dice.between(150, 200), dice.between(28, 40), dice.between(-14, 14));
        let tone = dice.pick(SPINES);
        top -= h;
        c.round((off - w / 2, top, w, h), 5, tone);
        c.rect(off - w / 2 + 14, top + 6, w - 14, h - 12, PAPER.shade(6));
        c.rect(off - w / 2 + 14, top + h / 2, w - 14, 2, PAPER.shade(18));
        c.round((off - w / 2, top, 36, h), 5, tone);
    }
    -top
}

/// An open book lying flat, seen from the front, 300 wide.
pub fn open_book(c: &mut Canvas, cover: Colour) {
    c.path("M-158 -6L-150 -64Q-70 -86 0 -58Q70 -86 150 -64L158 -6Q70 -22 0 2Q-70 -22 -158 -6z", cover);
    c.path("M-146 -18L-138 -76Q-66 -96 0 -66V-8Q-70 -34 -146 -18z", PAPER);
    c.path("M146 -18L138 -76Q66 -96 0 -66V-8Q70 -34 146 -18z", PAPER.shade(7));
    for y in [-66, -52, -38] {
        c.line(&format!("M-120 {y}Q-70 {} -24 {}", y - 10, y + 8), 4, PAPER.shade(26));
        c.line(&format!("M120 {y}Q70 {} 24 {}", y - 10, y + 8), 4, PAPER.shade(30));
    }
}

/// An open laptop from the front, 420 wide; `screen` draws in a 372 by 236 area from its corner.
pub fn laptop(c: &mut Canvas, shell: Colour, glass: Colour, screen: impl FnOnce(&mut Canvas)) {
    c.shadow(0, 0, 240, 12);
    c.round((-200, -276, 400, 268), 16, INK.light(8));
    c.rect(-186, -262, 372, 236, glass);
    c.inside("M-186 -262h372v236h-372z", |c| c.under("translate(-186 -262)", screen));
    c.path("M-236 -16H236L222 4Q220 8 212 8H-212Q-220 8 -222 4z", shell);
    c.rect(-236, -18, 472, 8, shell.light(35));
    c.round((-46, -18, 92, 8), 4, shell.shade(18));
}

/// A desktop screen on a foot, 560 wide, 470 high; `screen` draws in a 520 by 310 area.
pub fn monitor(c: &mut Canvas, glass: Colour, screen: impl FnOnce(&mut Canvas)) {
    c.shadow(0, 0, 150, 10);
    c.poly(&[(-46, -110), (46, -110), (60, -6), (-60, -6)], STEEL_DEEP);
    c.round((-110, -14, 220, 16), 8, STEEL);
    c.round((-280, -460, 560, 358), 20, INK);
    c.rect(-260, -440, 520, 310, glass);
    c.inside("M-260 -440h520v310h-520z", |c| c.under("translate(-260 -440)", screen));
}

/// Lines of text in an area, wider apart in wide columns; the last one of each paragraph is short.
pub fn writing(c: &mut Canvas, (x, y, w): (i32, i32, i32), lines: i32, ink: Colour) {
    let leading = if w > 249 { 36 } else { 26 };
    for line in 0..lines {
        let length = match line % 4 {
            3 => w * 55 / 100,
            1 => w * 92 / 100,
            _ => w,
        };
        c.line(&format!("M{x} {}h{length}", y + line * leading), 7, ink);
    }
}

/// A sheet of paper with writing; the origin is its middle.
pub fn sheet(c: &mut Canvas, (w, h): (i32, i32), degrees: i32, (x, y): (i32, i32), ink: Colour) {
    c.turned(x, y, degrees, |c| {
        c.rect(-w / 2 + 8, -h / 2 + 10, w, h, INK.mix(PAPER, 72));
        c.rect(-w / 2, -h / 2, w, h, PAPER);
        c.round((-w / 2 + 28, -h / 2 + 32, w / 2, 13), 6, ink);
        writing(c, (-w / 2 + 32, -h / 2 + 76, w - 64), (h - 110) / if w > 313 { 36 } else { 26 }, PAPER.shade(24));
    });
}

/// A mug with steam, 100 high.
pub fn mug(c: &mut Canvas, colour: Colour) {
    c.shadow(0, 0, 52, 8);
    c.line("M38 -72Q74 -74 72 -46T36 -22", 13, colour.shade(12));
    c.path("M-44 -96H44V-26Q44 0 18 0H-18Q-44 0 -44 -26z", colour);
    c.path("M16 -96H44V-26Q44 0 18 0H4Q20 -10 16 -96z", colour.shade(12));
    c.ellipse(0, -96, 44, 9, Colour::hex(0x6b4630));
    c.line("M-14 -122q-12-16 0-32t0-32M14 -124q-12-14 0-28", 5, PAPER);
}

/// A cup of coffee on its saucer seen from above, 220 wide, on a desk of this colour.
pub fn cup_from_above(c: &mut Canvas, desk: Colour) {
    c.circle(6, 10, 104, desk.shade(22));
    c.circle(0, 0, 104, PAPER);
    c.line("M50 50L82 82", 22, PAPER.shade(7));
    c.circle(0, 0, 72, PAPER.shade(10));
    c.circle(0, 0, 58, Colour::hex(0x6b4630));
    c.line("M-20 -16q14-16 34-6", 6, Colour::hex(0x8f6a4c));
}

/// A cup full of pencils, 190 high.
pub fn pencils(c: &mut Canvas, cup: Colour) {
    for (x, turn, tone) in [(-20, -10, MARIGOLD), (-4, -2, CLAY), (14, 6, Colour::hex(0x35587a)), (28, 14, LEAF)] {
        c.turned(x, -60, turn, |c| {
            c.rect(-8, -100, 16, 100, tone);
            c.poly(&[(-8, -100), (8, -100), (0, -124)], Colour::hex(0xf0d9b8));
            c.poly(&[(-3, -116), (3, -116), (0, -126)], INK);
        });
    }
    c.shadow(0, 0, 50, 7);
    c.poly(&[(-44, -96), (44, -96), (38, 0), (-38, 0)], cup);
    c.poly(&[(16, -96), (44, -96), (38, 0), (14, 0)], cup.shade(12));
}

/// A globe on its stand, 260 high.
pub fn globe(c: &mut Canvas, sea: Colour) {
    c.shadow(0, 0, 80, 9);
    c.round((-62, -18, 124, 18), 8, Colour::hex(0x8f5f40));
    c.rect(-8, -50, 16, 40, Colour::hex(0x8f5f40));
    c.line("M-62 -238A106 106 0 1 0 84 -86", 9, MARIGOLD.shade(10));
    c.circle(0, -152, 90, sea);
    c.inside(&super::lamps::circle_path(0, -152, 90), |c| {
        c.path("M-70 -210q40-30 66-10t14 40q-30 10-34 40t-34-6q-22-30-12-64z", LEAF);
        c.path("M20 -160q40-24 70 10v70q-40 16-52-14t-18-66z", LEAF);
        c.path("M-40 -80q20-24 44-8l10 40h-60z", LEAF.light(16));
        c.path("M30 -250q60 40 60 100t-50 90h70v-190z", sea.shade(20));
    });
}
