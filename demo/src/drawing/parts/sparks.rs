//! Small signs of freshness: glints, bubbles, foam, steam.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::Colour;
use crate::drawing::dice::Dice;

const WHITE: Colour = Colour::hex(0xffffff);

/// A four-pointed glint of radius `r`.
pub fn glint(c: &mut Canvas, (x, y): (i32, i32), r: i32, colour: Colour) {
    let k = r / 6;
    c.path(
        &format!(
            "M{x} {}Q{} {} {} {y}Q{} {} {x} {}Q{} {} {} {y}Q{} {} {x} {}z",
            y - r,
            x + k,
            y - k,
            x + r,
            x + k,
            y + k,
            y + r,
            x - k,
            y + k,
            x - r,
            x - k,
            y - k,
            y - r
        ),
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

/// A heap of foam lying on a line through a point, about `w` wide and a quarter as high.
pub fn foam(c: &mut Canvas, (x, y): (i32, i32), w: i32, dice: &mut Dice) {
    let shade = Colour::hex(0xdceef3);
    let r = w / 8;
    for (offset, lift, size) in [(-44, 0, 60), (-26, 34, 90), (-2, 62, 110), (22, 40, 92), (42, 4, 64)] {
        let (px, py) = (x + w * offset / 100, y - r * lift / 100 + dice.between(-4, 4));
        c.circle(px, py, r * size / 100, WHITE);
    }
    c.round((x - w / 2 - r / 3, y - r / 2, w + r * 2 / 3, r), r / 2, WHITE);
    for (offset, lift, size) in [(-20, 20, 34), (6, 70, 40), (28, 10, 30)] {
        c.circle(x + w * offset / 100, y - r * lift / 100, r * size / 100, shade);
    }
}
