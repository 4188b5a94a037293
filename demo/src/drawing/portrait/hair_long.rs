//! Hair that reaches the ears or the shoulders.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, MARIGOLD};

use super::person::Person;
use super::traits::Hair;

/// What shows behind the head and neck.
pub(super) fn behind(c: &mut Canvas, p: &Person) {
    let (l, r, deep) = (p.left(), p.right(), p.hair.shade(12));
    match p.style {
        Hair::Bob | Hair::FringeBob => {
            c.path(
                &format!(
                    "M{0} 240Q{0} 106 300 106T{1} 240V350Q{1} 404 {2} 404H{3}Q{0} 404 {0} 350z",
                    l - 30,
                    r + 30,
                    r - 10,
                    l + 10
                ),
                deep,
            );
        }
        Hair::Straight => {
            c.path(&format!("M{0} 240Q{0} 104 300 104T{1} 240L{2} 540H{3}z", l - 28, r + 28, r + 40, l - 40), deep);
        }
        Hair::Wavy => {
            c.path(
                &format!(
                    "M{0} 240Q{0} 100 300 100T{1} 240Q{2} 290 {1} 330Q{3} 380 {2} 420Q{3} 480 {1} 520H{0}Q{4} 480 {5} 420Q{4} 380 {0} 330Q{5} 290 {0} 240z",
                    l - 30, r + 30, r + 50, r + 62, l - 62, l - 50
                ),
                deep,
            );
        }
        Hair::Bun => {
            c.circle(300, 96, 52, deep);
            c.circle(294, 90, 42, p.hair);
        }
        Hair::Ponytail => {
            c.path(
                &format!(
                    "M{0} 170Q{1} 150 {2} 260Q{3} 380 {4} 450Q{5} 400 {6} 330Q{7} 240 {0} 210z",
                    r - 10,
                    r + 90,
                    r + 82,
                    r + 96,
                    r + 40,
                    r + 50,
                    r + 30,
                    r + 40
                ),
                deep,
            );
            c.circle(r + 6, 186, 19, MARIGOLD);
        }
        Hair::Locs => {
            for x in [-112, -86, -60, 60, 86, 112] {
                c.line(&format!("M{} 200Q{} 330 {} 450", 300 + x * 8 / 10, 300 + x * 11 / 10, 300 + x), 27, deep);
            }
        }
        Hair::Braids => {
            c.path(&format!("M{0} 240Q{0} 110 300 110T{1} 240V330H{0}z", l - 16, r + 16), deep);
        }
        _ => {}
    }
}

/// A parting or fringe, and what falls in front of the shoulders.
pub(super) fn front(c: &mut Canvas, p: &Person) {
    let glow = p.hair.light(15);
    match p.style {
        Hair::Bob => {
            parted(c, p, 300, 26);
            side_locks(c, p, 350);
            c.line("M250 150Q228 172 222 210", 5, glow);
        }
        Hair::Straight => {
            parted(c, p, 300, 28);
            side_locks(c, p, 390);
            c.line("M250 150Q228 172 222 214", 5, glow);
        }
        Hair::Wavy => {
            parted(c, p, 262, 32);
            side_locks(c, p, 360);
            c.line("M300 150Q350 160 372 210", 5, glow);
        }
        Hair::FringeBob => {
            let (l, r) = (p.left(), p.right());
            c.path(
                &format!(
                    "M{0} 330Q{1} 110 300 108T{2} 330L{3} 330Q{4} 260 {4} 226Q300 212 {5} 226Q{5} 260 {6} 330z",
                    l - 18,
                    l - 34,
                    r + 18,
                    r - 4,
                    r - 14,
                    l + 14,
                    l + 4
                ),
                p.hair,
            );
            c.path(&format!("M{l} 244V180H{r}V244Q300 216 {l} 244z"), p.hair);
            c.line("M262 150Q300 140 338 150", 5, glow);
        }
        Hair::Bun | Hair::Ponytail => {
            pulled_back(c, p);
            c.line("M256 158Q300 140 344 158", 5, glow);
        }
        Hair::Locs => {
            pulled_back(c, p);
            for x in [-70, -36, 0, 36, 70] {
                c.line(&format!("M{} 186Q{} 146 300 128", 300 + x, 300 + x), 8, glow);
            }
            for x in [-104, 104] {
                c.line(&format!("M{} 214Q{} 320 {} 420", 300 + x, 300 + x * 12 / 10, 300 + x * 11 / 10), 25, p.hair);
            }
        }
        Hair::Braids => {
            parted(c, p, 300, 22);
            for side in [-1, 1] {
                for step in 0..6 {
                    let (x, y) = (300 + side * (p.half + 12 + step * 2), 318 + step * 36);
                    c.ellipse(x, y, 24 - step, 22, if step % 2 == 0 { p.hair } else { p.hair.light(9) });
                }
                let x = 300 + side * (p.half + 24);
                c.round((x - 16, 520, 32, 14), 6, band(p));
            }
        }
        _ => {}
    }
}

fn band(p: &Person) -> Colour {
    if p.top.brightness().abs_diff(p.trim.brightness()) > 40 { p.trim } else { MARIGOLD }
}

/// Two wings of hair falling away from a parting at `x`.
fn parted(c: &mut Canvas, p: &Person, x: i32, rise: i32) {
    let (l, r, top) = (p.left(), p.right(), 140 - rise);
    c.path(
        &format!("M{x} 164Q{} 190 {} 268L{} 268Q{} {top} 300 {top}Q{x} {top} {x} 164z", l + 26, l + 6, l - 18, l - 20),
        p.hair,
    );
    c.path(
        &format!("M{x} 164Q{} 184 {} 268L{} 268Q{} {top} 300 {top}Q{x} {top} {x} 164z", r - 26, r - 6, r + 18, r + 20),
        p.hair,
    );
}

/// Locks beside the cheeks down to `y`.
fn side_locks(c: &mut Canvas, p: &Person, y: i32) {
    let (l, r) = (p.left(), p.right());
    c.path(
        &format!(
            "M{} 250H{}Q{} 310 {} {y}Q{} {} {} {}Q{} 330 {} 250z",
            l - 18,
            l + 8,
            l - 2,
            l + 8,
            l - 14,
            y + 14,
            l - 30,
            y,
            l - 34,
            l - 18
        ),
        p.hair,
    );
    c.path(
        &format!(
            "M{} 250H{}Q{} 310 {} {y}Q{} {} {} {}Q{} 330 {} 250z",
            r + 18,
            r - 8,
            r + 2,
            r - 8,
            r + 14,
            y + 14,
            r + 30,
            y,
            r + 34,
            r + 18
        ),
        p.hair,
    );
}

/// Hair combed back from the forehead.
fn pulled_back(c: &mut Canvas, p: &Person) {
    let (l, r) = (p.left(), p.right());
    c.path(
        &format!(
            "M{} 256C{} 160 {} 116 300 116C{} 116 {} 160 {} 256L{} 246C{} 200 {} 178 300 176C{} 178 {} 200 {} 246z",
            l - 6,
            l - 18,
            l + 24,
            r - 24,
            r + 18,
            r + 6,
            r - 8,
            r - 12,
            r - 50,
            l + 50,
            l + 12,
            l + 8
        ),
        p.hair,
    );
}
