//! Small signs of freshness: glints, bubbles, foam, steam.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::Colour;
use crate::drawing::dice::Dice;

const WHITE: Colour = Colour::hex(0xffffff);

/// A four-pointed glint of radius `r`.
pub fn glint(c: &mut Canvas, (x, y): (i32, i32), r: i32, colour: Colour) {
    let k = r / 6;
    c.path(
        &format!("M{x} {}Q{} {} {} {y}Q{} {} {x} {}Q{} {} {} {y}Q{} {} {x} {}z",
            y - r, x + k, y - k, x + r, x + k, y + k, y + r, x - k, y + k, x - r, x - k, y - k, y - r),
        colour,
    );
}

/// Soap bubbles inside an area, drawn as rings with a highlight.
pub fn bubbles(c: &mut Canvas, (x, y, w, h): (i32, i32, i32, i32), count: usize, dice: &mut Dice) {
    for _ in 0..count {
        let (bx, by, r) = (x + dice.between(0, w), y + dice.between(0, h), dice.between(12, 30));
        c.veil(&super::lamps::circle_path(bx, by, r), WHITE, 45);
        c.ring(bx, by, r, 4, WHITE);
        c.circle(bx - r / 3, by - r / 3, r / 5 + 1, WHITE);
    }
}

/// A heap of foam around a point, about `w` wide.
pub fn foam(c: &mut Canvas, (x, y): (i32, i32), w: i32, dice: &mut Dice) {
    let shade = Colour::hex(0xe1f1f5);
    for step in 0..7 {
        let px = x - w / 2 + w * step / 6;
        let r = w / 11 + dice.between(0, w / 14);
        c.circle(px + 4, y + dice.between(-6, 10) + 6, r, shade);
        c.circle(px, y + dice.between(-10, 6), r, WHITE);
    }
}
