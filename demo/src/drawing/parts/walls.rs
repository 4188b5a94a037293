//! What hangs on walls.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, LEAF_DEEP, MARIGOLD, OAK, PAPER, WALNUT};
use crate::drawing::dice::Dice;

use super::desks;
use super::plants;
use super::windows::Area;

/// A framed print with a small abstract or landscape.
pub fn picture(c: &mut Canvas, (x, y, w, h): Area, dice: &mut Dice) {
    let frame = dice.pick([OAK, WALNUT, INK, PAPER]);
    let sheet = dice.pick([PAPER, Colour::hex(0xf1e4cf), Colour::hex(0xdfe9e6)]);
    let (first, second) =
        dice.pick([(CLAY, GREEN), (MARIGOLD, LEAF_DEEP), (GREEN, MARIGOLD), (Colour::hex(0x35587a), CLAY)]);
    c.rect(x + 6, y + 8, w, h, INK.mix(frame, 55));
    c.rect(x, y, w, h, frame);
    let (l, t, iw, ih) = (x + 13, y + 13, w - 26, h - 26);
    c.rect(l, t, iw, ih, sheet);
    let motif = dice.below(5);
    c.inside(&format!("M{l} {t}h{iw}v{ih}h-{iw}z"), |c| match motif {
        0 => {
            c.circle(l + iw * 62 / 100, t + ih * 36 / 100, iw / 5, first);
            c.ellipse(l + iw / 4, t + ih, iw * 6 / 10, ih * 4 / 10, second);
            c.ellipse(l + iw * 9 / 10, t + ih, iw / 2, ih * 3 / 10, second.shade(20));
        }
        1 => {
            c.circle(l + iw * 40 / 100, t + ih * 40 / 100, iw / 4, first);
            c.round((l + iw * 36 / 100, t + ih * 48 / 100, iw / 2, ih / 3), 10, second);
        }
        2 => {
            let (cx, foot) = (l + iw / 2, t + ih * 86 / 100);
            for turn in [-42, -16, 12, 40] {
                plants::leaf(c, (cx, foot), turn, (iw / 6, ih * 6 / 10), second);
            }
            c.circle(cx + iw / 5, t + ih / 4, iw / 10, first);
        }
        3 => {
            for (step, tone) in [(0, first), (1, second), (2, first.light(45))] {
                let r = iw * (42 - step * 13) / 100;
                c.circle(l + iw / 2, t + ih * 72 / 100, r, tone);
            }
        }
        _ => {
            c.rect(l, t + ih * 55 / 100, iw, ih, first.light(25));
            c.poly(
                &[
                    (l + iw / 10, t + ih * 55 / 100),
                    (l + iw * 45 / 100, t + ih / 5),
                    (l + iw * 8 / 10, t + ih * 55 / 100),
                ],
                second,
            );
        }
    });
}

/// A round clock of radius `r`.
pub fn clock(c: &mut Canvas, (x, y): (i32, i32), r: i32, rim: Colour, dice: &mut Dice) {
    c.circle(x + 5, y + 7, r, rim.shade(35));
    c.circle(x, y, r, rim);
    c.circle(x, y, r * 84 / 100, PAPER);
    for turn in (0..360).step_by(30) {
        c.turned(x, y, turn, |c| c.rect(-2, -r * 76 / 100, 5, r / 9, INK.light(30)));
    }
    let hour = dice.between(0, 11) * 30;
    c.turned(x, y, hour + 10, |c| c.line(&format!("M0 0V{}", -r * 44 / 100), r / 10, INK));
    c.turned(x, y, dice.between(1, 11) * 30, |c| c.line(&format!("M0 0V{}", -r * 64 / 100), r / 14, INK));
    c.circle(x, y, r / 10, MARIGOLD);
}

/// A board on brackets with a row of books, a jar and a trailing plant; `w` wide.
pub fn shelf(c: &mut Canvas, (x, y, w): (i32, i32, i32), wood: Colour, dice: &mut Dice) {
    for bracket in [x + 40, x + w - 52] {
        c.path(&format!("M{bracket} {y}h12v46q-12-6-12-20z"), INK.light(22));
    }
    c.rect(x, y, w, 18, wood);
    c.rect(x, y + 12, w, 6, wood.shade(16));
    let mut left = x + 24;
    let mut trailing_used = false;
    while left < x + w - 110 {
        match dice.below(5) {
            0 | 1 => {
                let count = dice.between(2, 4);
                left += desks::standing_books(c, (left, y), count, dice) + 22;
            }
            2 if !trailing_used => {
                trailing_used = true;
                c.at(left + 52, y, 90, |c| plants::trailing(c, CLAY));
                left += 124;
            }
            3 => {
                c.at(left + 34, y, 60, |c| plants::sword_leaf(c, PAPER.shade(8)));
                left += 96;
            }
            _ => {
                let glaze = dice.pick([MARIGOLD, PAPER, LEAF, CLAY.light(30)]);
                c.path(&format!("M{} {y}h56q12-46-14-70v-16h-28v16q-26 24-14 70z", left + 6), glaze);
                c.rect(left + 16, y - 92, 36, 10, glaze.shade(15));
                left += 88;
            }
        }
    }
}

/// A round or upright mirror with a glint.
pub fn mirror(c: &mut Canvas, (x, y, w, h): Area, frame: Colour) {
    let glass = Colour::hex(0xd8ebee);
    let r = w.min(h) / 2;
    c.round((x + 6, y + 8, w, h), r, INK.mix(frame, 60));
    c.round((x, y, w, h), r, frame);
    c.round((x + 14, y + 14, w - 28, h - 28), r - 14, glass);
    let (cx, cy) = (x + w / 2, y + h / 2);
    c.line(&format!("M{} {}L{} {}", cx - w / 5, cy + h / 8, cx + w / 8, cy - h / 5), 16, PAPER);
    c.line(&format!("M{} {}L{} {}", cx - w / 16, cy + h / 7, cx + w / 6, cy - h / 12), 10, PAPER);
}
