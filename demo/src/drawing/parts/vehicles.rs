//! Vans, cars and carts.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, INK, MARIGOLD, PAPER, STEEL, STEEL_DEEP};

fn wheel(c: &mut Canvas, x: i32, r: i32) {
    c.circle(x, -r, r, INK);
    c.circle(x, -r, r * 55 / 100, STEEL);
    c.circle(x, -r, r / 4, STEEL_DEEP);
}

/// A removal van facing right, about 760 wide and 370 high. An open side door shows `load`,
/// drawn with its origin on the loading floor.
pub fn van(c: &mut Canvas, body: Colour, stripe: Colour, load: Option<&dyn Fn(&mut Canvas)>) {
    let glass = Colour::hex(0xbfe0ea);
    c.shadow(0, 0, 390, 18);
    c.path("M-370 -350Q-370 -380 -340 -380H120V-60H-370z", body);
    c.path("M120 -330H236Q256 -330 268 -312L330 -206Q374 -196 378 -160V-60H120z", body.light(8));
    c.path("M150 -300H232L288 -204H150z", glass);
    c.path("M176 -300H204L172 -204H150V-220z", PAPER);
    c.rect(-370, -150, 490, 34, stripe);
    c.path("M120 -150H376Q378 -140 378 -116H120z", stripe);
    c.rect(114, -380, 7, 320, body.shade(20));
    if let Some(load) = load {
        c.rect(-300, -346, 330, 266, INK.mix(body, 22));
        c.inside("M-300 -346h330v266h-330z", |c| c.under("translate(-135 -80)", load));
        c.rect(-312, -84, 354, 12, STEEL_DEEP);
        c.rect(30, -346, 12, 266, body.shade(24));
    } else {
        c.circle(-130, -250, 60, stripe);
        c.path("M-166 -238L-130 -276L-94 -238H-106V-216H-154V-238z", stripe.seen(&[PAPER, body.shade(30)]));
    }
    c.round((-384, -78, 776, 30), 12, body.shade(35));
    c.round((352, -150, 28, 40), 10, MARIGOLD.light(35));
    c.round((-376, -160, 16, 50), 6, CLAY);
    c.round((160, -186, 44, 11), 5, body.shade(35));
    for x in [-240, 246] {
        c.circle(x, -64, 82, INK.mix(body, 20));
        wheel(c, x, 68);
    }
}

/// A small car facing right, about 560 wide.
pub fn car(c: &mut Canvas, body: Colour) {
    let glass = Colour::hex(0xc4e2ea);
    c.shadow(0, 0, 290, 15);
    c.path("M-270 -60V-130Q-268 -160 -230 -166L-150 -262Q-140 -276 -118 -276H60Q84 -276 100 -260L180 -172Q266 -164 274 -120V-60z", body);
    c.path("M-270 -60V-104H274V-60z", body.shade(12));
    c.path("M-122 -250H-30V-170H-186z", glass);
    c.path("M-8 -250H54Q68 -250 78 -240L144 -170H-8z", glass);
    c.path("M-100 -250H-74L-140 -170H-166z", PAPER);
    c.round((-70, -150, 44, 10), 5, body.shade(34));
    c.round((244, -146, 30, 32), 10, MARIGOLD.light(30));
    c.round((-276, -150, 18, 34), 6, CLAY);
    c.round((-286, -70, 572, 22), 10, INK.light(14));
    for x in [-166, 174] {
        c.circle(x, -58, 70, INK.mix(body, 22));
        wheel(c, x, 58);
    }
}

/// A two-wheeled hand truck leaning back to the right; the load is the scene's.
pub fn hand_truck(c: &mut Canvas, frame: Colour) {
    c.shadow(0, 0, 120, 12);
    c.line("M-120 -40L40 -40L150 -470Q160 -500 190 -496", 17, frame);
    c.line("M64 -140H100M92 -250H128", 13, frame.shade(16));
    c.circle(40, -54, 54, INK);
    c.circle(40, -54, 26, STEEL);
}
