//! Documents as people photograph them: an identity card with a face, and sheets with a mark, lines and a seal. No
//! letters, so that nobody takes them for real ones.

use super::canvas::{Canvas, Svg};
use super::category::Category;
use super::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, PAPER};
use super::dice::Dice;
use super::portrait::{Person, Presentation, bust};

/// What lies under a document: a table.
const TABLE: Colour = Colour::hex(0xc9a67f);

/// An identity card on a table, 860 by 600.
pub fn identity_card(seed: u64, presentation: Presentation) -> Svg {
    let mut dice = Dice::new(seed, "portrait");
    let person = Person::thrown(&mut dice, presentation);
    let mut dice = Dice::new(seed, "card");
    let hue = dice.pick_or(&Category::ALL, Category::Design).hue();
    let mut c = Canvas::new();
    table(&mut c, 860, 600, &mut dice);
    c.under("rotate(-2 430 300)", |c| {
        c.veil("M84 92h700v440h-700z", INK, 14);
        c.round((74, 76, 712, 448), 34, hue.tint.light(30));
        c.inside(
            "M74 110a34 34 0 0 1 34-34h644a34 34 0 0 1 34 34v380a34 34 0 0 1-34 34h-644a34 34 0 0 1-34-34z",
            |c| {
                for (ring, radius) in (0..9).map(|n| (n, 60 + 46 * n)) {
                    c.ring(700, 470, radius, 3, if ring % 2 == 0 { hue.tint.shade(5) } else { hue.tint.shade(9) });
                }
                c.rect(74, 76, 712, 78, hue.deep);
            },
        );
        c.round((112, 102, 210, 26), 13, PAPER);
        c.circle(726, 115, 24, MARIGOLD);
        c.ring(726, 115, 15, 4, hue.deep);
        c.inside("M112 190h210v270h-210z", |c| {
            c.rect(112, 190, 210, 270, hue.tint.shade(12));
            c.at(82, 205, 46, |c| bust(c, &person));
        });
        for (row, width) in [(0, 250), (1, 330), (2, 190), (3, 290)].map(|(row, width)| (row, width + dice.below(60))) {
            let (y, width) = (196 + row * 62, i32::try_from(width).unwrap_or(300));
            c.round((362, y, 90, 10), 5, hue.deep.light(45));
            c.round((362, y + 18, width.min(390), 20), 10, INK.light(18));
        }
        c.line("M366 480q26-34 44-6t36-10 34 8 52-16", 5, hue.deep);
        c.round((362, 440, 120, 10), 5, hue.deep.light(45));
    });
    c.finish(860, 600)
}

/// A certificate on a table, 640 by 880: a licence with a ribbon, or a policy with a stamp.
pub fn certificate(seed: u64, licence: bool) -> Svg {
    let mut dice = Dice::new(seed, "certificate");
    let hue = dice.pick_or(&Category::ALL, Category::Writing).hue();
    let mut c = Canvas::new();
    table(&mut c, 640, 880, &mut dice);
    c.under("rotate(1 320 440)", |c| {
        c.veil("M70 66h520v764h-520z", INK, 14);
        c.rect(60, 52, 520, 764, Colour::hex(0xfffdf8));
        if licence {
            for inset in [0, 12] {
                c.line(
                    &format!("M{0} {1}h{2}v{3}h-{2}z", 82 + inset, 74 + inset, 476 - 2 * inset, 720 - 2 * inset),
                    3,
                    hue.strong,
                );
            }
        } else {
            c.rect(60, 52, 520, 20, hue.strong);
        }
        c.circle(320, 158, 42, hue.strong);
        c.circle(320, 158, 22, PAPER);
        c.round((180, 226, 280, 30), 15, INK.light(12));
        c.round((230, 270, 180, 14), 7, INK.light(55));
        for row in 0..9 {
            let width = if row % 4 == 3 { 210 } else { 372 + i32::try_from(dice.below(24)).unwrap_or(0) };
            c.round((122, 330 + row * 34, width, 12), 6, INK.light(66));
        }
        c.round((122, 670, 150, 3), 1, INK.light(40));
        c.line("M130 660q22-44 40-8t30-14 26 10 44-22", 5, Colour::hex(0x2a5b8c));
        if licence {
            c.poly(&[(440, 700), (420, 786), (456, 764), (492, 786), (472, 700)], CLAY);
            c.circle(456, 676, 48, MARIGOLD);
            c.ring(456, 676, 34, 4, PAPER);
        } else {
            c.under("rotate(-14 450 676)", |c| {
                c.ring(450, 676, 58, 7, GREEN.light(25));
                c.ring(450, 676, 42, 3, GREEN.light(25));
                c.round((412, 667, 76, 18), 9, GREEN.light(25));
            });
        }
    });
    c.finish(640, 880)
}

fn table(c: &mut Canvas, width: i32, height: i32, dice: &mut Dice) {
    c.rect(0, 0, width, height, TABLE);
    for y in (0..height).step_by(110) {
        let shift = i32::try_from(dice.below(60)).unwrap_or(0);
        c.rect(0, y + shift, width, 3, TABLE.shade(9));
    }
}
