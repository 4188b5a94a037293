//! Lawns, beds, hedges and autumn leaves.

use crate::drawing::colour::{CLAY, Colour, GREEN, LEAF, LEAF_DEEP, MARIGOLD, OAK, PAPER, WALNUT};
use crate::drawing::parts::{furniture, garden, hands, machines, plants, rooms, tools, walls, windows};
use crate::drawing::stage::{Mood, Stage};

use super::Scene;

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [mowing, raised_beds, hedge, potting_bench, autumn];

/// House, trees or poplars standing behind a garden at `y`.
fn background(s: &mut Stage, y: i32) {
    let green = garden::grass(s.look.mood).shade(20);
    let night = s.look.mood == Mood::Night;
    let (wall, roof) = (
        s.dice.pick([PAPER, s.look.hue.tint.light(40), Colour::hex(0xf1d9bd)]),
        s.dice.pick([CLAY, Colour::hex(0x6a5a4c), Colour::hex(0x35587a)]),
    );
    match s.dice.below(3) {
        0 => {
            s.c.at(840, y, 92, |c| garden::house(c, wall, roof, GREEN, night));
            s.c.at(200, y, 92, |c| garden::tree(c, green, None));
        }
        1 => {
            for (x, size) in [(90, 96), (210, 112), (1000, 104), (1120, 88)] {
                s.c.at(x, y, size, |c| garden::poplar(c, green.shade(12)));
            }
            s.c.at(600, y, 70, |c| garden::house(c, wall, roof, CLAY, night));
        }
        _ => {
            s.c.at(930, y, 104, |c| garden::tree(c, green, Some(CLAY)));
            s.c.at(260, y, 84, |c| garden::house(c, wall, roof, GREEN, night));
        }
    }
}

/// Nobody gardens by moonlight.
fn by_day(s: &mut Stage) {
    if s.look.mood == Mood::Night {
        s.look.mood = s.dice.pick([Mood::Morning, Mood::Noon, Mood::Evening]);
    }
}

fn mowing(s: &mut Stage) {
    by_day(s);
    garden::sky(s, 520);
    let green = garden::grass(s.look.mood);
    background(s, 530);
    let pickets = s.dice.pick([PAPER, OAK, s.look.hue.mid.light(20)]);
    if s.dice.chance(60) {
        garden::fence(&mut s.c, 545, pickets);
    } else {
        for x in [60, 330, 610, 880, 1130] {
            s.c.at(x, 556, 110, |c| garden::bush(c, green.shade(26), None));
        }
    }
    garden::lawn(&mut s.c, 530, green);
    for _ in 0..14 {
        let at = (s.dice.between(20, 1180), s.dice.between(640, 890));
        garden::tuft(&mut s.c, at, green.shade(22));
    }
    let body = green.seen(&[s.look.accent, CLAY, MARIGOLD]);
    s.c.at(530, 812, 150, |c| machines::mower(c, body));
    let bloom = s.dice.pick([CLAY, MARIGOLD, Colour::hex(0xd88c9a), PAPER]);
    garden::flowers(&mut s.c, (960, 890), 5, bloom, &mut s.dice);
}

fn raised_beds(s: &mut Stage) {
    by_day(s);
    garden::sky(s, 540);
    let green = garden::grass(s.look.mood);
    background(s, 560);
    garden::lawn(&mut s.c, 550, green);
    s.c.at(290, 700, 88, |c| garden::raised_bed(c, &mut s.dice));
    s.c.at(890, 720, 96, |c| garden::raised_bed(c, &mut s.dice));
    s.c.path("M470 900Q560 700 600 556H640Q700 700 820 900z", Colour::hex(0xdccbaa));
    let can = s.look.accent.mix(s.look.hue.tint, 10);
    s.c.at(760, 868, 110, |c| garden::watering_can(c, can));
    s.c.at(300, 884, 118, |c| garden::raised_bed(c, &mut s.dice));
    s.c.under("translate(1080 850) rotate(6) scale(1.05)", |c| tools::spade(c, CLAY));
}

fn hedge(s: &mut Stage) {
    by_day(s);
    garden::sky(s, 600);
    let leaf = s.dice.pick([LEAF, LEAF_DEEP.light(12), s.look.hue.strong]);
    background(s, 470);
    // The left part is already trimmed straight, the right part still grows wild.
    for (x, y, r) in [(700, 380, 90), (820, 340, 110), (960, 370, 100), (1090, 330, 120), (1190, 390, 90)] {
        s.c.circle(x, y, r, leaf.shade(12));
    }
    s.c.rect(0, 400, 1200, 500, leaf);
    s.c.rect(0, 400, 640, 26, leaf.light(18));
    for _ in 0..46 {
        let (x, y) = (s.dice.between(0, 1200), s.dice.between(450, 890));
        let turn = s.dice.between(-60, 60);
        let tone = s.dice.pick([leaf.light(14), leaf.shade(12), leaf.shade(20)]);
        plants::leaf(&mut s.c, (x, y), turn, (32, 54), tone);
    }
    for _ in 0..9 {
        let at = (s.dice.between(380, 860), s.dice.between(180, 380));
        let turn = s.dice.between(0, 350);
        plants::leaf(&mut s.c, at, turn, (24, 44), leaf.light(8));
    }
    let (skin, sleeve, grip) = (s.look.skin, leaf.seen(&[s.look.accent, PAPER, CLAY]), MARIGOLD);
    s.c.under("translate(600 452) scale(1.3)", |c| {
        tools::shears(c, grip);
        for side in [1, -1] {
            c.under(&format!("scale({side} 1) translate(92 196) rotate(28) scale(.86)"), |c| {
                hands::fist(c, skin, sleeve, |c| c.turned(0, 0, -42, |c| c.line("M0 -60V66", 36, grip)));
            });
        }
    });
}

fn potting_bench(s: &mut Stage) {
    let wall = s.dice.pick([s.look.hue.tint, s.look.hue.mid, Colour::hex(0xf3eadb), s.look.hue.deep.light(8)]);
    s.look.wall = wall;
    s.c.rect(0, 0, 1200, 900, wall);
    for x in (0..1200).step_by(100) {
        s.c.rect(x, 0, 5, 700, wall.shade(9));
    }
    rooms::floor(s);
    let (wood, x) = (s.look.timber(), s.dice.pick([760, 640]));
    windows::window(s, (x, 80, 360, 300));
    walls::shelf(&mut s.c, (110, 260, 400), wood, &mut s.dice);
    s.c.at(620, 850, 100, |c| furniture::table(c, 980, 310, wood));
    s.c.round((200, 746, 840, 22), 6, wood.shade(10));
    for (px, size) in [(330, 74), (450, 60), (900, 66)] {
        s.c.at(px, 748, size, |c| plants::pot(c, 130, 100, CLAY));
    }
    let bloom = s.dice.pick([CLAY, MARIGOLD, Colour::hex(0xd88c9a)]);
    s.c.at(260, 542, 104, |c| plants::sword_leaf(c, CLAY));
    s.c.at(460, 542, 90, |c| {
        garden::flowers(c, (-50, -96), 3, bloom, &mut s.dice);
        plants::pot(c, 170, 110, CLAY.light(12));
    });
    let can = s.look.bright();
    s.c.at(700, 542, 98, |c| garden::watering_can(c, can));
    s.c.at(960, 542, 96, |c| plants::broad_leaf(c, Colour::hex(0x6b8f9c)));
    s.c.path("M1010 850Q990 690 1030 680H1150Q1190 690 1170 850z", s.look.hue.strong);
    s.c.round((1046, 730, 90, 70), 10, PAPER);
    plants::leaf(&mut s.c, (1090, 792), 10, (34, 50), LEAF);
    s.c.under("translate(80 858) rotate(-8) scale(1.05)", |c| tools::spade(c, MARIGOLD));
}

fn autumn(s: &mut Stage) {
    by_day(s);
    garden::sky(s, 560);
    let tones = [MARIGOLD, CLAY, Colour::hex(0xd9b24a), Colour::hex(0xb5563a)];
    background(s, 580);
    let green = garden::grass(s.look.mood).mix(Colour::hex(0xc7b06a), 35);
    s.c.rect(0, 570, 1200, 330, green);
    s.c.path("M0 640Q400 590 1200 680V900H0z", green.light(10));
    let crown = s.dice.pick([MARIGOLD, CLAY, Colour::hex(0xd9b24a)]);
    s.c.at(300, 740, 142, |c| garden::tree(c, crown, None));
    s.c.shadow(800, 850, 300, 22);
    s.c.path("M510 856Q600 700 760 670Q900 650 1000 730Q1080 790 1110 856z", tones[1].light(10));
    for index in 0..52 {
        let (x, lift) = (s.dice.between(530, 1090), s.dice.between(0, 100));
        let y = 850 - lift * (310 - (x - 810).abs()) / 175;
        let turn = s.dice.between(-90, 90);
        plants::leaf(&mut s.c, (x, y), turn, (44, 70), tones[index % 4]);
    }
    for index in 0..16 {
        let (x, y, turn) = (s.dice.between(20, 1180), s.dice.between(300, 880), s.dice.between(0, 359));
        plants::leaf(&mut s.c, (x, y), turn, (28, 46), tones[index % 4]);
    }
    s.c.under("translate(980 846) rotate(14) scale(1.16)", |c| tools::rake(c, WALNUT));
    let basket = s.dice.chance(50);
    if basket {
        s.c.at(440, 872, 104, |c| crate::drawing::parts::vessels::basket(c, MARIGOLD, CLAY));
    }
}
