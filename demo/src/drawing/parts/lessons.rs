//! What lessons are held with: instruments, flasks, chalk.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{Colour, INK, MARIGOLD, PAPER, WALNUT};

/// An upright piano, 640 wide and 430 high.
pub fn piano(c: &mut Canvas, body: Colour) {
    c.shadow(0, 0, 330, 14);
    c.rect(-310, -430, 620, 424, body);
    c.round((-326, -446, 652, 26), 8, body.light(16));
    c.rect(-280, -400, 560, 150, body.shade(14));
    c.round((-340, -220, 680, 34), 8, body.light(10));
    c.rect(-320, -244, 640, 30, PAPER);
    for key in 0..22 {
        c.rect(-320 + key * 29, -244, 3, 30, INK.light(50));
        if ![2, 6].contains(&(key % 7)) {
            c.rect(-300 + key * 29, -244, 15, 18, INK);
        }
    }
    c.rect(-280, -170, 560, 130, body.shade(12));
    c.rect(-320, -190, 26, 190, body.light(6));
    c.rect(294, -190, 26, 190, body.light(6));
    c.line("M-20 -20v14M20 -20v14", 15, MARIGOLD);
    c.rect(-120, -392, 240, 130, PAPER);
    c.rect(-2, -392, 4, 130, PAPER.shade(20));
    for (x, y) in [(-100, -370), (20, -370), (-100, -320), (20, -320)] {
        for line in 0..4 {
            c.rect(x, y + line * 9, 82, 2, PAPER.shade(36));
        }
        for (nx, ny) in [(14, 20), (40, 8), (66, 24)] {
            c.circle(x + nx, y + ny, 7, INK);
            c.rect(x + nx + 5, y + ny - 26, 3, 26, INK);
        }
    }
    c.round((-140, -264, 280, 14), 5, body.light(20));
}

/// A guitar standing on its body, 590 high.
pub fn guitar(c: &mut Canvas) {
    c.circle(0, -92, 92, MARIGOLD.shade(8));
    c.circle(0, -220, 68, MARIGOLD.shade(8));
    c.rect(-56, -200, 112, 90, MARIGOLD.shade(8));
    c.circle(0, -166, 34, INK.light(10));
    c.rect(-15, -520, 30, 360, WALNUT);
    c.round((-24, -590, 48, 84), 8, WALNUT.shade(20));
    c.rect(-40, -84, 80, 15, WALNUT.shade(20));
    c.line("M-7 -560V-80M0 -560V-80M7 -560V-80", 2, PAPER);
}

/// A conical flask with liquid, 220 high.
pub fn flask(c: &mut Canvas, liquid: Colour) {
    c.shadow(0, 0, 80, 8);
    let glass = Colour::hex(0xe6f3f4);
    c.path("M-26 -220H26V-140L86 -20Q92 0 72 0H-72Q-92 0 -86 -20L-26 -140z", glass);
    c.path("M-50 -92H50L86 -20Q92 0 72 0H-72Q-92 0 -86 -20z", liquid);
    c.path("M20 -92H50L86 -20Q92 0 72 0H30Q44 -40 20 -92z", liquid.shade(12));
    c.round((-36, -234, 72, 20), 8, glass.shade(10));
    for (x, y, r) in [(-24, -40, 11), (10, -62, 8), (30, -30, 13)] {
        c.circle(x, y, r, liquid.light(45));
    }
}

/// Chalk on a blackboard whose corners are at 174, 84 and 986, 516.
pub fn chalk(c: &mut Canvas, topic: usize) {
    let chalk = PAPER.shade(4);
    match topic {
        0 => {
            c.line("M240 450L240 180L560 450z", 7, chalk);
            c.line("M240 410h40v40", 5, chalk);
            c.line("M480 450q6-40 30-44", 5, MARIGOLD);
            c.line("M640 460V150M620 440H940", 6, chalk);
            c.line("M660 420Q740 420 790 300T920 170", 8, MARIGOLD);
        }
        1 => {
            c.ring(350, 300, 130, 7, chalk);
            c.line("M350 300H480M350 300L260 206", 6, chalk);
            c.line("M384 300q0-30-20-38", 5, MARIGOLD);
            for (y, w) in [(180, 260), (240, 200), (300, 280), (360, 160), (420, 230)] {
                c.line(&format!("M600 {y}h{w}"), 8, if y == 300 { MARIGOLD } else { chalk });
            }
        }
        _ => {
            for (x, h, tone) in [(270, 120, chalk), (350, 200, MARIGOLD), (430, 160, chalk), (510, 260, MARIGOLD)] {
                c.rect(x, 460 - h, 50, h, tone);
            }
            c.line("M240 160V460H590", 6, chalk);
            c.line("M700 180l60 60M760 180l-60 60M820 210h80M860 170v80", 8, chalk);
            c.line("M700 340h200M700 380h200", 8, MARIGOLD);
            c.ring(760, 450, 34, 7, chalk);
        }
    }
}
