//! Windows, curtains and doors.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, PAPER};
use crate::drawing::stage::{Mood, Stage};

/// An area by its top left corner, width and height.
pub type Area = (i32, i32, i32, i32);

/// Sky, hills and perhaps a few houses, filling a clip.
pub fn view(s: &mut Stage, (x, y, w, h): Area) {
    let mood = s.look.mood;
    let (sun_x, sun_y) = (x + w * s.dice.between(25, 75) / 100, y + h * s.dice.between(22, 42) / 100);
    let houses = s.dice.chance(45);
    let clip = format!("M{x} {y}h{w}v{h}h-{w}z");
    s.c.inside(&clip, |c| {
        c.rect(x, y, w, h, mood.sky());
        c.circle(sun_x, sun_y, w.min(h) / 8, mood.sun());
        cloud(c, x + w / 4, y + h / 3, w * 100 / 520, mood.cloud());
        let (base, far) = (y + h, mood.hill());
        c.ellipse(x + w / 5, base, w * 6 / 10, h * 4 / 10, far);
        c.ellipse(x + w * 9 / 10, base + h / 12, w * 6 / 10, h * 4 / 10, far.shade(14));
        if houses {
            skyline(c, (x, base), (w, h), mood);
        }
    });
}

/// Far roofs along the bottom of a view.
fn skyline(c: &mut Canvas, (x, base): (i32, i32), (w, h): (i32, i32), mood: Mood) {
    let night = mood == Mood::Night;
    let wall = if night { Colour::hex(0x16293a) } else { PAPER.mix(mood.hill(), 30) };
    let roof = if night { Colour::hex(0x101f2d) } else { Colour::hex(0xb8664b) };
    let pane = if night { MARIGOLD } else { wall.shade(25) };
    for (left, width, height) in [(4, 26, 24), (36, 20, 32), (62, 30, 22)] {
        let (left, width, height) = (x + w * left / 100, w * width / 100, h * height / 100);
        let top = base - height;
        c.rect(left, top, width, height, wall);
        c.poly(&[(left - 6, top), (left + width / 2, top - h / 9), (left + width + 6, top)], roof);
        c.rect(left + width / 5, top + height / 4, width / 5, height / 4, pane);
        c.rect(left + width * 3 / 5, top + height / 4, width / 5, height / 4, pane);
    }
}

/// A flat-bottomed cloud about 200 wide at 100 percent.
pub fn cloud(c: &mut Canvas, x: i32, y: i32, percent: i32, colour: Colour) {
    c.at(x, y, percent.clamp(20, 199), |c| {
        c.path("M-100 0a34 34 0 0 1 30-40a52 52 0 0 1 96-14a40 40 0 0 1 52 30a24 24 0 0 1 18 24z", colour);
    });
}

/// A framed window with two or four panes and a sill.
pub fn window(s: &mut Stage, (x, y, w, h): Area) {
    let frame = if s.look.wall.brightness() > 225 { s.look.wood } else { PAPER };
    s.c.rect(x - 18, y - 18, w + 36, h + 36, frame.shade(7));
    s.c.rect(x - 18, y - 18, w + 30, h + 30, frame);
    view(s, (x, y, w, h));
    s.c.rect(x + w / 2 - 7, y, 14, h, frame);
    if s.dice.chance(60) {
        s.c.rect(x, y + h * 38 / 100 - 6, w, 12, frame);
    }
    if s.look.mood != Mood::Night {
        s.c.veil(&format!("M{} {y}h60l-{} {h}h-60z", x + w / 4, w / 4), PAPER, 28);
    }
    s.c.round((x - 40, y + h + 14, w + 80, 24), 6, frame.light(30));
    s.c.rect(x - 36, y + h + 32, w + 72, 8, s.look.wall.shade(22));
}

/// Two drapes on a rod around a window of this area.
pub fn curtains(c: &mut Canvas, (x, y, w, h): Area, cloth: Colour) {
    let rod = INK.light(18);
    c.line(&format!("M{} {}H{}", x - 80, y - 46, x + w + 80), 10, rod);
    c.circle(x - 84, y - 46, 13, rod);
    c.circle(x + w + 84, y - 46, 13, rod);
    let bottom = y + h + 90;
    for (left, fall) in [(x - 66, 1), (x + w + 66, -1)] {
        let (wide, waist) = (130 * fall, 84 * fall);
        c.path(
            &format!(
                "M{left} {top}h{wide}q{k} {mid} {waist2} {drop}h{neg}z",
                top = y - 42,
                k = -6 * fall,
                mid = h / 2,
                waist2 = waist - wide,
                drop = bottom - y + 42,
                neg = -waist,
            ),
            cloth,
        );
        for fold in [26, 54, 80] {
            c.line(
                &format!("M{} {}L{} {}", left + fold * fall, y - 20, left + fold * fall * 7 / 10, bottom - 8),
                5,
                cloth.shade(14),
            );
        }
    }
}

/// A blind rolled down a third of a window.
pub fn blind(c: &mut Canvas, (x, y, w, h): Area, cloth: Colour) {
    let drop = h * 34 / 100;
    c.round((x - 10, y - 22, w + 20, 22), 8, cloth.shade(20));
    c.rect(x, y - 4, w, drop, cloth);
    for line in (y + 20..y + drop - 8).step_by(26) {
        c.rect(x, line, w, 4, cloth.shade(9));
    }
    c.rect(x, y + drop - 12, w, 10, cloth.shade(20));
    c.line(&format!("M{} {}v46", x + w / 2, y + drop), 4, cloth.shade(30));
    c.circle(x + w / 2, y + drop + 52, 8, cloth.shade(30));
}

/// A panelled door standing on the floor, 260 wide and 520 high.
pub fn door(c: &mut Canvas, colour: Colour, frame: Colour) {
    c.rect(-156, -550, 312, 550, frame);
    c.rect(-130, -524, 260, 524, colour);
    for (x, y, h) in [(-100, -490, 200), (18, -490, 200), (-100, -250, 210), (18, -250, 210)] {
        c.round((x, y, 82, h), 6, colour.shade(9));
    }
    c.circle(102, -262, 13, MARIGOLD);
    c.round((72, -268, 36, 12), 6, MARIGOLD.shade(12));
}
