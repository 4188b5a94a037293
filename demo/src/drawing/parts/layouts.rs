//! What designers have on their screens and boards.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, PAPER};
use crate::drawing::dice::Dice;
use crate::drawing::stage::Look;

use super::{desks, plants};

/// A page layout filling an area from its corner.
pub fn layout(c: &mut Canvas, (w, h): (i32, i32), look: &Look, dice: &mut Dice) {
    let (first, second) =
        dice.pick([(look.hue.strong, MARIGOLD), (GREEN, CLAY), (look.hue.mid, look.hue.deep), (CLAY, look.hue.tint)]);
    match dice.below(4) {
        0 => {
            c.rect(0, 0, w, h * 12 / 100, first);
            c.circle(w * 6 / 100, h * 6 / 100, h * 3 / 100, PAPER);
            c.round((w * 6 / 100, h * 22 / 100, w * 42 / 100, h * 60 / 100), 10, second);
            c.circle(w * 27 / 100, h * 46 / 100, h * 16 / 100, PAPER);
            desks::writing(c, (w * 56 / 100, h * 28 / 100, w * 34 / 100), (h * 36 / 100) / 26, first.light(30));
            c.round((w * 56 / 100, h * 72 / 100, w * 22 / 100, h * 11 / 100), 12, MARIGOLD);
        }
        1 => {
            c.rect(0, 0, w * 18 / 100, h, first);
            for row in 0..5 {
                c.circle(
                    w * 9 / 100,
                    h * (14 + row * 17) / 100,
                    h * 4 / 100,
                    if row == 1 { MARIGOLD } else { first.light(40) },
                );
            }
            for (x, y, tone) in
                [(24, 10, second), (60, 10, first.light(40)), (24, 54, first.light(60)), (60, 54, MARIGOLD)]
            {
                c.round((w * x / 100, h * y / 100, w * 32 / 100, h * 36 / 100), 10, tone);
            }
        }
        2 => {
            let (cx, cy) = (w / 2, h / 2);
            c.circle(cx - h / 6, cy, h / 4, first);
            c.circle(cx + h / 6, cy, h / 4, second);
            c.path(
                &format!(
                    "M{cx} {}a{r} {r} 0 0 1 0 {d}a{r} {r} 0 0 1 0 -{d}z",
                    cy - h * 18 / 100,
                    r = h / 4,
                    d = h * 36 / 100
                ),
                first.mix(second, 50).shade(18),
            );
            c.line(&format!("M{cx} {}V{}M{} {cy}H{}", h * 8 / 100, h * 92 / 100, w / 8, w * 7 / 8), 3, first.light(45));
            c.round((w * 4 / 100, h * 10 / 100, w * 6 / 100, h * 60 / 100), 8, INK.light(20));
        }
        _ => {
            c.rect(0, 0, w, h, second.light(55));
            c.ellipse(w * 30 / 100, h, w * 40 / 100, h * 46 / 100, first);
            c.ellipse(w * 85 / 100, h, w * 40 / 100, h * 36 / 100, first.shade(18));
            c.circle(w * 66 / 100, h * 30 / 100, h * 14 / 100, MARIGOLD);
            for x in [10, 40, 70] {
                c.round((w * x / 100, h * 86 / 100, w * 20 / 100, h * 8 / 100), 6, PAPER);
            }
        }
    }
}

/// The study of a sign with its construction lines, around the origin, about 480 wide.
pub fn sign_study(c: &mut Canvas, motif: usize, first: Colour, second: Colour) {
    match motif {
        0 => {
            c.circle(-70, -30, 190, first);
            c.circle(60, -30, 190, second);
            c.path("M-5 -208a190 190 0 0 1 0 356a190 190 0 0 1 0 -356z", first.mix(second, 50).shade(15));
            c.ring(-70, -30, 236, 3, first.light(40));
            c.ring(60, -30, 236, 3, first.light(40));
        }
        1 => {
            for (x, y) in [(-70, 0), (70, 0), (0, -70), (0, 70)] {
                c.circle(x, y - 20, 90, if x == 0 { second } else { first });
            }
            c.circle(0, -20, 46, PAPER);
            c.ring(0, -20, 216, 3, first.light(40));
        }
        2 => {
            c.path("M-200 150V-60a200 200 0 0 1 400 0V150H90V-60a90 90 0 0 0 -180 0V150z", first);
            c.circle(0, 96, 60, second);
            c.line("M-260 150H260M0 -300V220", 3, first.light(40));
        }
        _ => {
            plants::leaf(c, (0, 190), -34, (180, 360), first);
            plants::leaf(c, (0, 190), 34, (180, 360), second);
            plants::leaf(c, (0, 190), 0, (150, 400), first.shade(24));
            c.ring(0, -20, 230, 3, first.light(40));
        }
    }
}

/// One of three small brand marks of radius `r` around a point.
pub fn brand_mark(c: &mut Canvas, kind: usize, (x, y, r): (i32, i32, i32), (mark, ground): (Colour, Colour)) {
    match kind {
        0 => {
            c.circle(x, y, r, mark);
            c.circle(x + r / 3, y, r / 2, ground);
        }
        1 => {
            for turn in (0..360).step_by(60) {
                c.turned(x, y, turn, |c| c.ellipse(0, -r * 6 / 10, r * 3 / 10, r / 2, mark));
            }
        }
        _ => c.poly(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], mark),
    }
}
