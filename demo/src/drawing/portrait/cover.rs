//! Headscarf, turban, beanie and cap.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, MARIGOLD, PAPER};

use super::person::Person;
use super::traits::{Hair, Presentation};

/// The cloth on the head: a colour apart from skin and clothes.
fn cloth(p: &Person) -> Colour {
    let far = |tone: &Colour| {
        tone.brightness().abs_diff(p.skin.brightness()) > 32 && tone.brightness().abs_diff(p.top.brightness()) > 24
    };
    let choices = [
        p.trim,
        Colour::hex(0x2f6f86),
        Colour::hex(0xa55a6c),
        Colour::hex(0xe9c9a8),
        Colour::hex(0x35587a),
        MARIGOLD,
        PAPER,
    ];
    choices.into_iter().find(far).unwrap_or(p.trim)
}

/// What hangs behind the neck.
pub(super) fn behind(c: &mut Canvas, p: &Person) {
    let (l, r) = (p.left(), p.right());
    if p.style == Hair::Headscarf {
        c.path(
            &format!("M{0} 250Q{0} 104 300 104T{1} 250L{2} 480H{3}z", l - 30, r + 30, r + 44, l - 44),
            cloth(p).shade(14),
        );
    } else if matches!(p.style, Hair::Beanie | Hair::Cap) {
        let long = p.presentation == Presentation::Feminine;
        let foot = if long { 420 } else { 286 };
        c.path(&format!("M{} 220H{}V{foot}Q300 {} {} {foot}z", l - 8, r + 8, foot - 30, l - 8), p.hair.shade(10));
    }
}

/// What lies over forehead, ears and shoulders.
pub(super) fn front(c: &mut Canvas, p: &Person) {
    let (l, r, tone) = (p.left(), p.right(), cloth(p));
    match p.style {
        Hair::Headscarf => {
            // An outer shape with the face left open.
            c.path(
                &format!(
                    "M300 98C{0} 98 {1} 170 {1} 250C{1} 330 {2} 400 {3} 446Q300 540 {4} 446C{5} 400 {6} 330 {6} 250C{6} 170 {7} 98 300 98zM300 172C{8} 172 {9} 206 {9} 256C{9} 316 {10} 376 300 378C{11} 376 {12} 316 {12} 256C{12} 206 {13} 172 300 172z",
                    l - 6, l - 28, l - 20, l - 36, r + 36, r + 20, r + 28, r + 6,
                    r - 30, r - 8, 300 + p.jaw - 14, 300 - p.jaw + 14, l + 8, l + 30
                ),
                tone,
            );
            c.path(
                &format!(
                    "M{} 446Q300 540 {} 446Q{} 500 300 540Q{} 520 {} 446z",
                    l - 36,
                    r + 36,
                    r + 10,
                    l + 10,
                    l - 36
                ),
                tone.shade(10),
            );
            c.line(&format!("M{} 300Q{} 400 330 470", l - 10, l + 10), 6, tone.shade(14));
            c.line(&format!("M{} 190Q{} 130 300 124", l, l + 40), 6, tone.light(22));
            c.line(&format!("M{} 206Q300 150 {} 206", l + 26, r - 26), 12, tone.shade(22));
        }
        Hair::Turban => {
            c.path(
                &format!("M{0} 236Q{1} 70 300 70T{2} 236Q{3} 190 300 178T{0} 236z", l - 16, l - 40, r + 16, r - 10),
                tone,
            );
            c.line(
                &format!("M{} 206Q260 110 360 92M{} 180Q300 110 390 116M{} 200Q340 130 250 84", l - 4, l + 16, r - 2),
                7,
                tone.shade(14),
            );
            c.path("M300 178L270 164Q286 130 300 122Q314 130 330 164z", tone.light(18));
        }
        Hair::Beanie => {
            c.path(&format!("M{0} 216Q{0} 84 300 84T{1} 216z", l - 10, r + 10), tone);
            c.round((l - 18, 186, 2 * p.half + 36, 46), 18, tone.shade(12));
            for x in [-72, -36, 0, 36, 72] {
                c.line(&format!("M{} 194V224", 300 + x), 4, tone.shade(24));
            }
            c.circle(300, 80, 20, tone.light(20));
        }
        Hair::Cap => {
            c.path(&format!("M{0} 208Q{0} 92 300 92T{1} 208z", l - 8, r + 8), tone);
            c.path(
                &format!(
                    "M{} 204Q300 168 {} 204Q{} 226 {} 224Q300 190 {} 224Q{} 226 {} 204z",
                    l - 12,
                    r + 12,
                    r + 22,
                    r,
                    l,
                    l - 22,
                    l - 12
                ),
                tone.shade(16),
            );
            c.line("M300 96V178", 4, tone.shade(14));
            c.circle(300, 92, 8, tone.shade(20));
        }
        _ => {}
    }
}
