//! Hands at work. The origin is the point where hand and tool meet.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, PAPER};

/// Forearm from the lower right with a sleeve, ending at the wrist near the origin.
fn forearm(c: &mut Canvas, skin: Colour, sleeve: Colour) {
    c.path("M60 -62Q160 -52 330 -34L700 20V250L320 120Q150 96 56 74z", skin);
    c.path("M64 40Q150 64 320 90L700 200V250L320 120Q150 96 56 74z", skin.shade(9));
    c.path("M276 -66Q480 -40 800 10V330Q500 230 262 144Q236 40 276 -66z", sleeve);
    c.path("M266 100Q500 180 800 270V330Q500 230 262 144Q258 124 266 100z", sleeve.shade(12));
    c.path("M276 -66L330 -60Q296 40 316 160L262 144Q236 40 276 -66z", sleeve.light(16));
}

/// A fist around an upright handle; `held` is drawn between palm and fingers, and may reach
/// up and down from the origin.
pub fn fist(c: &mut Canvas, skin: Colour, sleeve: Colour, held: impl FnOnce(&mut Canvas)) {
    forearm(c, skin, sleeve);
    c.round((-34, -84, 150, 168), 62, skin.shade(7));
    held(c);
    for (y, left, right) in [(58, -34, 52), (21, -44, 58), (-17, -46, 60), (-54, -38, 58)] {
        c.line(&format!("M{left} {y}H{right}"), 37, skin);
        c.line(&format!("M{} {}H{}", left, y + 17, right - 4), 4, skin.shade(17));
    }
    c.path("M40 -76Q96 -90 116 -40T104 70Q80 92 56 78Q84 10 40 -76z", skin);
    c.line("M84 -42Q50 -96 -6 -92", 36, skin);
    c.line("M-14 -76Q30 -80 58 -48", 4, skin.shade(17));
    c.line("M-18 -98q8 -8 16 -4", 10, skin.light(40));
}

/// A hand holding a pen, brush or small driver whose tip is at the origin and whose shaft
/// leans to the upper right; `held` is drawn upright from the tip, then leaned.
pub fn pinch(c: &mut Canvas, skin: Colour, sleeve: Colour, held: impl FnOnce(&mut Canvas)) {
    c.under("translate(150 -40)", |c| {
        c.path("M90 -10Q220 30 600 190V420Q300 260 60 140z", skin);
        c.path("M250 20Q420 70 700 190V500Q420 330 216 200Q200 100 250 20z", sleeve);
        c.path("M222 162Q420 280 700 430V500Q420 330 216 200z", sleeve.shade(12));
        c.path("M250 20L304 38Q262 130 268 232L216 200Q200 100 250 20z", sleeve.light(16));
        for (x, y) in [(-6, 112), (-22, 82), (-26, 48)] {
            c.line(&format!("M{} {}Q{} {} {x} {y}", x + 120, y + 8, x + 50, y - 8), 46, skin.shade(5));
            c.line(&format!("M{} {}Q{} {} {x} {}", x + 100, y + 30, x + 50, y + 14, y + 22), 4, skin.shade(18));
        }
        c.path("M20 -44Q110 -70 168 0T130 150Q70 170 30 120z", skin);
    });
    c.turned(0, 0, 42, held);
    c.under("translate(150 -40)", |c| {
        c.line("M120 -26Q40 -96 -14 -66Q-50 -40 -74 -16", 44, skin);
        c.line("M150 60Q70 66 34 22Q4 -16 -46 -2", 44, skin);
        c.line("M-68 -8q4 -12 14 -16", 13, skin.light(42));
        c.line("M130 66Q70 74 44 42", 4, skin.shade(17));
    });
}

/// A flat hand pressing something against a surface; the fingers point up and left,
/// the origin is the middle of the palm.
pub fn flat(c: &mut Canvas, skin: Colour, sleeve: Colour, nails: Colour) {
    c.path("M-40 60Q10 160 120 330L330 330Q190 130 96 20z", skin);
    c.path("M36 190L210 90Q330 250 420 420H150Q80 300 36 190z", sleeve);
    c.path("M36 190L210 90L240 128L62 234z", sleeve.light(16));
    c.path("M210 90Q330 250 420 420H340Q270 260 176 110z", sleeve.shade(12));
    for (x, y, fx, fy) in [(-52, 14, -156, -86), (-22, -30, -120, -160), (20, -48, -56, -190), (58, -40, 14, -174)] {
        c.line(&format!("M{x} {y}L{fx} {fy}"), 50, skin);
        c.line(&format!("M{} {}L{} {}", fx - 4, fy - 6, fx - 8, fy - 10), 20, nails);
    }
    c.path("M-78 20Q-60 -60 20 -74Q96 -70 104 10T30 110Q-50 110 -78 20z", skin);
    c.line("M-46 78Q-100 84 -150 40", 48, skin);
    c.line("M-36 -24L-52 -42M2 -50L-8 -70M42 -54L34 -72", 4, skin.shade(18));
}

/// The colour of a rubber glove with its light cuff, to be used as skin and sleeve.
pub const GLOVE: (Colour, Colour) = (Colour::hex(0xf2b43c), Colour::hex(0xe79a2b));

/// A hand held out, palm up, carrying something on it; the origin is the middle of the palm.
pub fn offering(c: &mut Canvas, skin: Colour, sleeve: Colour) {
    c.path("M100 6Q240 30 600 90V260Q300 200 90 96z", skin);
    c.path("M266 10Q440 40 700 90V320Q440 240 246 168Q226 90 266 10z", sleeve);
    c.path("M266 10L320 20Q286 96 300 188L246 168Q226 90 266 10z", sleeve.light(16));
    c.path("M-120 0Q-40 -6 120 0Q160 40 130 104Q20 116 -30 64z", skin);
    c.line("M-20 60Q-110 52 -168 14", 38, skin.shade(6));
    c.line("M0 30Q-110 30 -190 -4", 38, skin);
    c.line("M96 18Q50 -40 0 -50", 40, skin.shade(4));
    c.line("M-176 0q-6 -6 -14 -8", 11, PAPER.mix(skin, 45));
}
