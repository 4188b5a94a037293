//! Head, ears, eyes, nose, mouth, brows and glasses.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, PAPER};
use crate::drawing::parts::lamps::circle_path;

use super::person::Person;
use super::traits::{Age, Beard, Hair, Presentation};

/// The outline of the face, from the left temple around the crown and chin.
pub(super) fn outline(p: &Person) -> String {
    let (l, r, jaw) = (p.left(), p.right(), p.jaw);
    format!(
        "M{l} 240C{l} 170 {} 142 300 142C{} 142 {r} 170 {r} 240C{r} 312 {} 384 300 384C{} 384 {l} 312 {l} 240z",
        300 - p.half * 6 / 10,
        300 + p.half * 6 / 10,
        300 + jaw,
        300 - jaw,
    )
}

/// Ears, face and cheeks; the neck belongs to the clothes.
pub(super) fn head(c: &mut Canvas, p: &Person) {
    let covered = p.style == Hair::Headscarf;
    if !covered {
        for (x, side) in [(p.left() - 2, 1), (p.right() + 2, -1)] {
            c.ellipse(x, 268, 17, 26, p.skin.shade(4));
            c.line(&format!("M{} 258q{} 10 0 22", x - 4 * side, 6 * side), 4, p.skin.shade(18));
            if p.earrings {
                c.circle(x - 2 * side, 302, 8, MARIGOLD);
            }
        }
    }
    c.path(&outline(p), p.skin);
    let blush = p.skin.mix(Colour::hex(0xe0604e), 30);
    for x in [300 - 58, 300 + 58] {
        c.veil(&circle_path(x, 306, 21), blush, 62);
    }
}

/// Eyes, nose, mouth, freckles and the marks of age.
pub(super) fn features(c: &mut Canvas, p: &Person) {
    if p.freckles {
        for (x, y) in [(-66, 292), (-54, 300), (-44, 290), (44, 290), (54, 300), (66, 292), (-34, 298), (34, 298)] {
            c.circle(300 + x, y, 3, p.skin.shade(22));
        }
    }
    let crease = p.skin.shade(16);
    let bearded = matches!(p.beard, Beard::Full | Beard::Short);
    if p.age == Age::Senior {
        c.line("M232 284q12 8 24 4M368 284q-12 8 -24 4", 4, crease);
        if !bearded {
            c.line("M256 304q-10 12 -10 26M344 304q10 12 10 26", 4, crease);
        }
        c.line("M268 198q32 -8 64 0", 4, crease);
    } else if p.age == Age::Middle && !bearded {
        c.line("M254 310q-7 9 -7 18M346 310q7 9 7 18", 4, p.skin.shade(11));
    }
    for (x, side) in [(258, -1), (342, 1)] {
        c.ellipse(x, 262, 9, 11, if p.skin.is_dark() { Colour::hex(0x100c0a) } else { INK });
        c.circle(x + 3, 258, if p.skin.is_dark() { 4 } else { 3 }, PAPER);
        if p.presentation == Presentation::Feminine {
            c.line(&format!("M{} 254l{} -7", x + 7 * side, 9 * side), 5, INK);
        }
    }
    let line = p.skin.shade(24);
    match p.nose {
        0 => c.line("M302 266Q314 296 304 302Q298 305 291 302", 6, line),
        1 => c.line("M286 298Q300 310 314 298", 6, line),
        _ => c.line("M298 264Q286 296 296 302Q302 304 309 301", 6, line),
    }
    mouth(c, p);
}

fn mouth(c: &mut Canvas, p: &Person) {
    let lip = if p.skin.brightness() < 95 {
        p.skin.mix(Colour::hex(0xe08c7c), 55)
    } else if p.presentation == Presentation::Feminine {
        p.skin.mix(Colour::hex(0xa8323a), 62)
    } else {
        p.skin.mix(Colour::hex(0x6b2a26), 62)
    };
    match p.mouth {
        0 => c.line("M266 330Q300 360 334 330", 8, lip),
        1 => {
            c.path("M260 326Q300 336 340 326Q334 364 300 364T260 326z", Colour::hex(0x7a2a2c));
            c.path("M266 328Q300 337 334 328Q332 342 300 343T266 328z", Colour::hex(0xfffdf8));
            c.path("M278 358Q300 344 322 358Q312 364 300 364T278 358z", Colour::hex(0xd9696a));
        }
        _ => {
            c.line("M272 334Q302 350 330 332", 8, lip);
            c.line("M334 326q4 4 4 9", 4, p.skin.shade(20));
        }
    }
}

/// Brows, in the colour of the hair but always visible.
pub(super) fn brows(c: &mut Canvas, p: &Person) {
    let tone = if p.hair.brightness() > 150 { p.hair.shade(30) } else { p.hair };
    let tone = if tone.brightness().abs_diff(p.skin.brightness()) < 28 { p.skin.shade(45) } else { tone };
    let width = if p.presentation == Presentation::Feminine { 7 } else { 10 };
    c.line("M238 236Q256 224 276 233M324 233Q344 224 362 236", width, tone);
}

/// Glasses, when worn.
pub(super) fn glasses(c: &mut Canvas, p: &Person) {
    if p.glasses == 0 {
        return;
    }
    let frame = if p.skin.is_dark() { MARIGOLD } else { INK.light(6) };
    if p.style != Hair::Headscarf {
        c.line(&format!("M222 258L{} 262M378 258L{} 262", p.left() + 2, p.right() - 2), 6, frame);
    }
    c.line("M292 258q8 -7 16 0", 6, frame);
    for x in [256, 344] {
        match p.glasses {
            1 => {
                c.veil(&circle_path(x, 262, 36), PAPER, 20);
                c.ring(x, 262, 36, 6, frame);
            }
            2 => {
                c.veil(&format!("M{} 236h68v52h-68z", x - 34), PAPER, 20);
                c.line(&format!("M{} 236h64q4 0 3 5l-4 36q-1 9-10 9h-42q-9 0-10-9l-4-36q-1-5 3-5z", x - 32), 7, frame);
            }
            _ => {
                c.veil(&format!("M{} 240h68q0 46-34 46t-34-46z", x - 34), PAPER, 20);
                c.line(&format!("M{} 240h68", x - 34), 8, frame);
                c.line(&format!("M{} 242q2 44 33 44t33-44", x - 33), 4, frame);
            }
        }
    }
}

/// The part of the face a beard may cover: from ear to ear along the jaw.
pub(super) fn jawline(p: &Person, length: i32) -> String {
    let (l, r, jaw) = (p.left(), p.right(), p.jaw);
    let chin = 384 + length;
    format!(
        "M{l} 252C{} 322 {} {chin} 300 {chin}C{} {chin} {} 322 {r} 252C{} 296 {} 312 340 309Q300 296 260 309C{} 312 {} 296 {l} 252z",
        l - 1,
        300 - jaw - length / 3,
        300 + jaw + length / 3,
        r + 1,
        r - 8,
        r - 30,
        l + 30,
        l + 8,
    )
}
