//! Hair that ends above the ears.

use crate::drawing::canvas::Canvas;

use super::face;
use super::person::Person;
use super::traits::Hair;

/// What shows behind the head.
pub(super) fn behind(c: &mut Canvas, p: &Person) {
    if p.style == Hair::Afro {
        for (x, y, r) in
            [(300, 196, 150), (190, 220, 84), (410, 220, 84), (224, 140, 74), (376, 140, 74), (300, 118, 72)]
        {
            c.circle(x, y, r, p.hair);
        }
    }
}

/// A cap of hair over the crown: `rise` above the head, with its own hairline
/// from the right temple to the left.
fn crown(c: &mut Canvas, p: &Person, rise: i32, hairline: &str) {
    let (l, r, top) = (p.left(), p.right(), 140 - rise);
    c.path(
        &format!(
            "M{} 254C{} 160 {} {top} 300 {top}C{} {top} {} 160 {} 254L{} 250{hairline}L{} 250z",
            l - 4,
            l - 18,
            l + 20,
            r - 20,
            r + 18,
            r + 4,
            r - 9,
            l + 9,
        ),
        p.hair,
    );
}

/// What shows in front of the face.
pub(super) fn front(c: &mut Canvas, p: &Person) {
    let (l, r) = (p.left(), p.right());
    let glow = p.hair.light(16);
    match p.style {
        Hair::SidePart => {
            crown(c, p, 26, &format!("Q{} 206 {} 196Q300 206 248 176Q{} 200 {} 214", r - 8, r - 40, l + 22, l + 10));
            c.line("M250 172Q300 190 356 166", 5, glow);
        }
        Hair::Quiff => {
            crown(
                c,
                p,
                14,
                &format!("Q{} 208 {} 190Q300 172 {} 196Q{} 210 {} 216", r - 6, r - 26, l + 30, l + 12, l + 9),
            );
            c.path(
                &format!(
                    "M{} 200Q{} 120 260 108Q340 84 {} 140Q{} 168 {} 200Q320 150 {} 200z",
                    l + 8,
                    l - 6,
                    r - 12,
                    r + 10,
                    r - 16,
                    l + 8
                ),
                p.hair,
            );
            c.line("M246 144Q310 112 366 146", 6, glow);
        }
        Hair::Buzz => {
            let stubble = p.hair.mix(p.skin, 22);
            c.inside(&face::outline(p), |c| {
                c.path(
                    &format!("M{0} 262V130H{1}V262L{2} 232Q{2} 188 300 184T{3} 232z", l - 4, r + 4, r - 16, l + 16),
                    stubble,
                );
            });
        }
        Hair::Receding => {
            for (x, side) in [(l, 1), (r, -1)] {
                c.path(
                    &format!(
                        "M{} 266Q{} 180 {} 160Q{} 176 {} 214Q{} 240 {} 256z",
                        x - 7 * side,
                        x - 14 * side,
                        x + 30 * side,
                        x + 26 * side,
                        x + 12 * side,
                        x + 10 * side,
                        x + 8 * side
                    ),
                    p.hair,
                );
            }
            c.line("M254 168q20 -8 40 -9", 8, p.skin.light(30));
        }
        Hair::Bald => c.line("M248 176q24 -14 54 -15", 9, p.skin.light(30)),
        Hair::Crop => {
            crown(c, p, 18, &format!("V214L{} 196L322 204L286 194L256 206L{} 196L{} 216", r - 34, l + 30, l + 9));
            c.line("M262 150Q310 136 350 152", 5, glow);
        }
        Hair::Curls => {
            let spots = [
                (-92, 232, 24),
                (-98, 196, 28),
                (-82, 160, 32),
                (-50, 134, 34),
                (-10, 122, 36),
                (32, 124, 36),
                (68, 146, 33),
                (92, 178, 29),
                (98, 214, 25),
                (92, 240, 20),
                (-46, 172, 30),
                (-6, 168, 31),
                (36, 170, 30),
                (66, 188, 24),
                (-72, 196, 22),
            ];
            for (x, y, radius) in spots {
                c.circle(300 + x * p.half / 97, y, radius, p.hair);
            }
            for (x, y) in [(-46, 140), (4, 126), (48, 142), (-14, 170)] {
                c.line(&format!("M{} {y}q10-14 22-4", 300 + x), 5, glow);
            }
        }
        Hair::Afro => {
            for (x, y, radius) in [
                (-80, 190, 30),
                (-48, 162, 30),
                (0, 154, 32),
                (48, 162, 30),
                (80, 190, 30),
                (-94, 222, 18),
                (94, 222, 18),
            ] {
                c.circle(300 + x * p.half / 97, y, radius, p.hair);
            }
        }
        Hair::Pixie => {
            crown(
                c,
                p,
                30,
                &format!("Q{} 214 {} 186Q336 224 {} 232Q{} 214 {} 222", r - 4, r - 30, l + 34, l + 22, l + 9),
            );
            c.line(&format!("M{} 158Q310 190 {} 210", r - 46, l + 60), 5, glow);
        }
        _ => {}
    }
}
