//! Fuse boxes, lamps, sockets and charging.

use crate::drawing::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, OAK, PAPER, STEEL};
use crate::drawing::parts::{furniture, garden, hands, lamps, machines, plants, rooms, tools, vehicles, vessels};
use crate::drawing::stage::{Mood, Stage};

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [fuse_box, hanging_lamp, wall_socket, charging, new_bulb];

const WIRES: [Colour; 3] = [Colour::hex(0x2f5f8a), Colour::hex(0x7a5138), Colour::hex(0x58a05c)];

fn fuse_box(s: &mut Stage) {
    rooms::room(s);
    let wall = s.look.wall;
    s.c.rect(380, -10, 44, 150, wall.shade(14));
    let shell = wall.seen(&[PAPER, s.look.hue.tint, STEEL]);
    let off = s.dice.below(18);
    s.c.at(430, 360, 116, |c| machines::fuse_box(c, shell, off));
    for (index, wire) in WIRES.into_iter().enumerate() {
        let x = 360 + i32::try_from(index).unwrap_or(0) * 60;
        s.c.line(&format!("M{x} 640Q{} 720 {} 700T{} 790", x - 10, x + 40, x + 90), 11, wire);
    }
    let (skin, sleeve, grip) = (s.look.skin, s.look.sleeve(wall), s.look.accent);
    s.c.under("translate(770 560) rotate(-42) scale(1.12)", |c| {
        hands::fist(c, skin, sleeve, |c| tools::screwdriver(c, grip))
    });
    let tools_box = s.look.bright();
    s.c.at(180, 850, 108, |c| vessels::toolbox(c, tools_box));
    s.c.under("translate(760 846) rotate(-86) scale(.7)", |c| tools::screwdriver(c, CLAY));
    s.c.at(1096, 762, 72, |c| tools::drill(c, grip));
}

fn hanging_lamp(s: &mut Stage) {
    rooms::room(s);
    let (wall, wood) = (s.look.wall, s.look.timber());
    corners::window(s, 960);
    let shade = wall.seen(&[s.look.accent, s.look.hue.strong, s.look.hue.deep]);
    for (x, drop) in [(500, 96), (730, 150)] {
        s.c.at(x, 0, 128, |c| lamps::pendant(c, drop, shade, true));
    }
    s.c.at(580, 800, 100, |c| furniture::table(c, 620, 240, wood));
    let (seat, pot) = (s.look.cloth(), s.look.bright());
    s.c.at(880, 830, 112, |c| c.flipped(0, |c| furniture::chair(c, wood, seat)));
    s.c.at(640, 562, 84, |c| plants::vase(c, s.look.hue.mid, CLAY));
    s.c.under("translate(480 548) rotate(90) scale(.55)", |c| tools::screwdriver(c, pot));
    let step = wall.seen(&[OAK, s.look.hue.mid, PAPER]);
    s.c.at(250, 842, 122, |c| tools::ladder(c, step));
    s.c.at(1040, 866, 84, |c| vessels::toolbox(c, pot));
}

fn wall_socket(s: &mut Stage) {
    let wall = s.look.wall;
    s.c.rect(0, 0, 1200, 900, wall);
    let pattern = s.dice.below(3);
    let tone = if wall.is_dark() { wall.light(9) } else { wall.light(28) };
    match pattern {
        0 => (0..6).for_each(|i| s.c.rect(i * 220, 0, 110, 900, tone)),
        1 => s.c.circle(480, 400, 380, tone),
        _ => s.c.rect(0, 0, 1200, 240, tone),
    }
    s.c.rect(0, 790, 1200, 110, s.look.floor);
    s.c.rect(0, 730, 1200, 66, s.look.trim);
    s.c.rect(0, 788, 1200, 8, s.look.trim.shade(20));
    if s.dice.chance(60) {
        s.c.at(410, 400, 165, |c| machines::socket(c, PAPER));
    } else {
        s.c.at(410, 400, 165, |c| machines::switches(c, PAPER));
    }
    let cord = wall.seen(&[INK.light(12), s.look.accent, PAPER]);
    s.c.line("M400 822Q560 834 700 814T1240 844", 22, cord);
    s.c.under("translate(230 822) rotate(-90) scale(1.05)", |c| machines::plug(c, cord));
    let (skin, sleeve, grip) = (s.look.skin, s.look.sleeve(wall), s.look.accent);
    s.c.under("translate(744 560) rotate(-50) scale(1.2)", |c| {
        hands::fist(c, skin, sleeve, |c| tools::screwdriver(c, grip))
    });
}

fn charging(s: &mut Stage) {
    let night = s.look.mood == Mood::Night;
    garden::sky(s, 640);
    let (facade, roof) = (s.look.hue.tint.mix(PAPER, 40), s.look.fabric);
    let facade = if night { facade.shade(34) } else { facade };
    s.c.rect(0, 110, 520, 620, facade);
    for y in (150..700).step_by(54) {
        s.c.rect(0, y, 520, 5, facade.shade(9));
    }
    s.c.poly(&[(0, 60), (500, 60), (580, 132), (0, 132)], roof);
    let pane = if night { Colour::hex(0xffdf8c) } else { Colour::hex(0xcfe6ec) };
    s.c.round((44, 210, 170, 220), 6, PAPER);
    s.c.rect(58, 224, 142, 192, pane);
    s.c.rect(122, 224, 12, 192, PAPER);
    s.c.rect(34, 430, 190, 16, PAPER.shade(14));
    let green = garden::grass(s.look.mood);
    s.c.rect(520, 640, 680, 90, green);
    s.c.at(1090, 668, 66, |c| garden::tree(c, green.shade(22), None));
    s.c.rect(0, 724, 1200, 176, Colour::hex(0xc9c6bd).shade(if night { 40 } else { 0 }));
    s.c.rect(0, 724, 1200, 10, Colour::hex(0xa8a59c));
    s.c.at(370, 420, 112, |c| machines::wall_charger(c, PAPER));
    let body = s.dice.pick([s.look.accent, CLAY, PAPER, s.look.hue.mid, Colour::hex(0x2f5f8a)]);
    s.c.at(780, 850, 136, |c| vehicles::car(c, body));
    s.c.line("M370 500Q380 760 440 760T500 672", 17, INK.light(10));
    s.c.round((478, 636, 50, 40), 12, INK);
    s.c.circle(370, 488, 22, INK);
    s.c.at(110, 740, 84, |c| garden::bush(c, green.shade(24), Some(MARIGOLD)));
}

fn new_bulb(s: &mut Stage) {
    let wall = s.dice.pick([s.look.hue.deep, Colour::hex(0x24405c), GREEN, Colour::hex(0x5b4a3a), s.look.hue.strong]);
    s.c.rect(0, 0, 1200, 900, wall);
    let tone = wall.light(8);
    s.c.circle(560, 450, 430, tone);
    s.c.circle(560, 450, 330, tone.light(8));
    let shades = [s.look.hue.strong, s.look.accent, s.look.hue.deep, CLAY];
    for (x, drop) in [(150, 210), (1060, 130)] {
        let shade = wall.seen(&[shades[s.dice.below(4)], PAPER]);
        s.c.at(x, 0, 110, |c| lamps::pendant(c, drop, shade, false));
    }
    let cord = wall.seen(&[INK, PAPER]);
    s.c.line("M560 -10V112", 12, cord);
    s.c.round((510, 100, 100, 92), 18, cord);
    s.c.at(560, 190, 176, |c| lamps::bulb(c, true));
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(tone));
    s.c.under("translate(590 654) rotate(20) scale(1.35)", |c| hands::offering(c, skin, sleeve));
    for turn in [-74, -52, 52, 74] {
        s.c.turned(560, 480, turn, |c| c.line("M0 -250V-310", 12, MARIGOLD));
    }
    s.c.line("M-20 860Q100 800 240 850T430 900", 14, cord);
}
