//! Marks for companies: one simple sign without letters.

use super::canvas::{Canvas, Svg};
use super::category::Category;
use super::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, PAPER};
use super::dice::Dice;
use super::parts::lamps::circle_path;
use super::parts::plants;

/// A square company mark, 400 by 400, filled to the edges.
pub fn logo_for_company(seed: u64) -> Svg {
    let mut dice = Dice::new(seed, "company");
    let hue = dice.pick_or(&Category::ALL, Category::Tutoring).hue();
    let (ground, first, second) = match dice.below(6) {
        0 => (hue.tint, hue.strong, hue.deep),
        1 => (hue.strong, PAPER, MARIGOLD),
        2 => (GREEN, PAPER, MARIGOLD),
        3 => (PAPER.shade(4), hue.strong, MARIGOLD),
        4 => (hue.deep, hue.tint, MARIGOLD),
        _ => (hue.tint, GREEN, CLAY),
    };
    let mut c = Canvas::new();
    c.rect(0, 0, 400, 400, ground);
    sign(&mut c, usize::try_from(seed % 12).unwrap_or(0), ground, first, second);
    c.finish(400, 400)
}

fn sign(c: &mut Canvas, number: usize, ground: Colour, first: Colour, second: Colour) {
    match number {
        0 => {
            for turn in (0..360).step_by(60) {
                c.turned(200, 200, turn, |c| c.ellipse(0, -74, 34, 58, first));
            }
            c.circle(200, 200, 34, second);
        }
        1 => {
            c.path("M200 80L320 176V310H80V176z", first);
            c.path("M160 310V240a40 40 0 0 1 80 0V310z", second);
        }
        2 => {
            for (y, x, w, tone) in [(104, 92, 160, first), (172, 92, 216, second), (240, 148, 160, first)] {
                c.round((x, y, w, 52), 26, tone);
            }
        }
        3 => {
            plants::leaf(c, (200, 312), -32, (100, 190), first);
            plants::leaf(c, (200, 312), 32, (100, 190), second);
            plants::leaf(c, (200, 312), 0, (84, 230), first.mix(second, 45));
        }
        4 => {
            for step in 0..3 {
                let (r, tone) = (120 - step * 40, if step % 2 == 0 { first } else { ground });
                c.path(&format!("M{} 270a{r} {r} 0 0 1 {} 0z", 200 - r, 2 * r), tone);
            }
            c.round((80, 286, 240, 26), 13, second);
        }
        5 => {
            c.circle(262, 132, 38, second);
            c.poly(&[(72, 304), (172, 128), (272, 304)], first);
            c.poly(&[(190, 304), (262, 190), (334, 304)], first.mix(second, 35));
        }
        6 => {
            c.poly(&[(200, 76), (324, 200), (200, 324), (76, 200)], first);
            c.poly(&[(200, 138), (262, 200), (200, 262), (138, 200)], second);
        }
        7 => {
            c.inside(&circle_path(200, 200, 124), |c| {
                c.rect(60, 60, 280, 230, first);
                c.path("M60 230Q130 170 200 230T340 230V340H60z", second);
            });
        }
        8 => {
            for (turn, tone) in [(0, first), (90, second), (180, first), (270, second)] {
                c.turned(200, 200, turn, |c| c.path("M8 8H116V116A108 108 0 0 1 8 8z", tone));
            }
        }
        9 => {
            c.path("M200 70L310 112V200Q310 290 200 332Q90 290 90 200V112z", first);
            c.line("M150 200L190 240L256 160", 26, second);
        }
        10 => {
            c.circle(200, 220, 92, first);
            for turn in [-75, -45, -15, 15, 45, 75] {
                c.turned(200, 220, turn, |c| c.line("M0 -118V-146", 18, second));
            }
            c.rect(76, 236, 248, 100, ground);
            c.round((90, 246, 220, 18), 9, first);
        }
        _ => {
            c.ring(200, 200, 100, 36, first);
            c.circle(271, 129, 40, ground);
            c.circle(271, 129, 28, if second == ground { INK } else { second });
        }
    }
}
