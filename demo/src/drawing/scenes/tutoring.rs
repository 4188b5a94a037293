//! Desks, blackboards, video lessons, music and science.

use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, MARIGOLD, OAK, PAPER, STEEL, WALNUT};
use crate::drawing::parts::{desks, furniture, hands, lamps, lessons, plants, rooms, walls, windows};
use crate::drawing::portrait::{self, Person, Presentation};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [study, blackboard, video_lesson, piano, experiment];

const SEA: Colour = Colour::hex(0x8fd0ea);

fn study(s: &mut Stage) {
    rooms::room(s);
    let (wood, lit) = (s.look.timber(), s.look.lit());
    corners::window(s, 380);
    walls::shelf(&mut s.c, (700, 230, 400), wood, &mut s.dice);
    s.c.at(560, 850, 100, |c| furniture::table(c, 900, 300, wood));
    let lamp = s.look.bright();
    s.c.at(200, 552, 116, |c| lamps::desk_lamp(c, lamp, lit));
    let cover = s.look.cloth();
    s.c.at(540, 552, 126, |c| desks::open_book(c, cover));
    s.c.at(806, 552, 100, |c| desks::globe(c, SEA));
    let height = s.dice.between(2, 4);
    s.c.at(940, 552, 78, |c| {
        let top = desks::book_stack(c, height, &mut s.dice);
        c.circle(0, -top - 40, 38, CLAY);
        c.circle(26, -top - 40, 34, CLAY.shade(6));
        c.line(&format!("M10 {}q4 -22 16 -26", -top - 72), 6, WALNUT);
        plants::leaf(c, (14, -top - 76), 60, (20, 36), LEAF);
    });
    let cup = s.look.hue.strong;
    s.c.at(706, 552, 68, |c| desks::pencils(c, cup));
    let seat = s.look.floor.seen(&[s.look.fabric, s.look.accent, s.look.hue.deep]);
    s.c.at(350, 872, 106, |c| furniture::swivel_chair(c, seat));
    corners::corner(s, 1110, 780);
}

fn blackboard(s: &mut Stage) {
    rooms::room(s);
    let (wood, board) =
        (s.look.timber(), s.dice.pick([Colour::hex(0x25503f), Colour::hex(0x2c4655), Colour::hex(0x134834)]));
    s.c.round((150, 60, 860, 480), 12, wood);
    s.c.rect(174, 84, 812, 432, board);
    let topic = s.dice.below(3);
    lessons::chalk(&mut s.c, topic);
    s.c.rect(150, 528, 860, 18, wood.shade(16));
    s.c.round((300, 520, 60, 12), 4, PAPER);
    s.c.round((380, 520, 40, 12), 4, MARIGOLD);
    let desk = s.look.wood;
    s.c.at(520, 870, 100, |c| furniture::table(c, 780, 240, desk));
    let count = s.dice.between(3, 5);
    s.c.at(300, 632, 90, |c| {
        desks::book_stack(c, count, &mut s.dice);
    });
    if s.dice.chance(50) {
        s.c.at(760, 632, 84, |c| desks::globe(c, SEA));
    } else {
        let cup = s.look.bright();
        s.c.at(770, 632, 96, |c| desks::pencils(c, cup));
    }
    let cover = s.look.accent;
    s.c.at(530, 634, 104, |c| desks::open_book(c, cover));
    let (seat, frame) = (s.look.hue.strong, s.look.wood);
    if s.dice.chance(50) {
        s.c.at(1040, 872, 104, |c| c.flipped(0, |c| furniture::chair(c, frame, seat)));
    } else {
        corners::corner(s, 1090, 790);
    }
}

fn video_lesson(s: &mut Stage) {
    rooms::room(s);
    let wood = s.look.timber();
    corners::window(s, 190);
    corners::wall_piece(s, 1020);
    s.c.rect(0, 726, 1200, 174, wood);
    s.c.rect(0, 726, 1200, 14, wood.light(25));
    s.c.rect(0, 880, 1200, 20, wood.shade(14));
    let shell = s.dice.pick([STEEL, PAPER.shade(10), INK.light(24)]);
    let glass = s.dice.pick([s.look.hue.tint, s.look.hue.mid, PAPER, Colour::hex(0xf4e3ab)]);
    let teacher = if s.dice.chance(50) { Presentation::Feminine } else { Presentation::Masculine };
    let person = Person::thrown(&mut s.dice, teacher);
    let pupil = Person::thrown(&mut s.dice, Presentation::Feminine);
    s.c.at(600, 806, 188, |c| {
        desks::laptop(c, shell, glass, |c| {
            c.circle(150, 130, 108, glass.light(40));
            c.under("translate(12 -16) scale(.46)", |c| portrait::bust(c, &person));
            c.rect(282, 0, 90, 236, glass.shade(12));
            c.round((290, 12, 74, 66), 8, MARIGOLD.light(45));
            c.inside("M290 12h74v66h-74z", |c| c.under("translate(285 8) scale(.14)", |c| portrait::bust(c, &pupil)));
            desks::writing(c, (296, 104, 60), 4, PAPER);
            c.circle(120, 216, 11, PAPER);
            c.circle(150, 216, 11, CLAY);
            c.circle(180, 216, 11, PAPER);
        });
    });
    let (cup, mug) = (s.look.bright(), s.look.accent);
    s.c.at(80, 800, 110, |c| desks::pencils(c, cup));
    s.c.at(1120, 830, 116, |c| desks::mug(c, mug));
    s.c.at(240, 884, 90, |c| desks::open_book(c, GREEN));
}

fn piano(s: &mut Stage) {
    rooms::room(s);
    let body = s.look.wall.seen(&[
        s.dice.pick([WALNUT, INK.light(12), Colour::hex(0x5e4030), s.look.hue.strong]),
        WALNUT,
        OAK,
    ]);
    let (w, h) = s.dice.pick([(180, 200), (220, 170), (150, 190)]);
    walls::picture(&mut s.c, (540 - w / 2, 50, w, h), &mut s.dice);
    corners::window(s, 1010);
    rooms::round_rug(&mut s.c, 560, s.look.hue.strong);
    s.c.at(540, 770, 106, |c| lessons::piano(c, body));
    let (lamp, lit) = (s.look.bright(), s.look.lit());
    s.c.at(780, 298, 92, |c| lamps::table_lamp(c, lamp, PAPER, lit));
    s.c.at(290, 298, 72, |c| plants::sword_leaf(c, lamp));
    let seat = s.look.floor.seen(&[s.look.fabric, s.look.accent, CLAY]);
    s.c.at(560, 866, 110, |c| {
        c.shadow(0, 0, 140, 10);
        c.line("M-96 -110L-110 -6M96 -110L110 -6", 17, WALNUT.shade(14));
        c.round((-130, -150, 260, 50), 16, seat);
        c.round((-126, -150, 252, 16), 8, seat.light(20));
    });
    // A guitar or a music stand beside it.
    if s.dice.chance(50) {
        s.c.under("translate(1050 846) rotate(10)", lessons::guitar);
    } else {
        corners::corner(s, 1080, 800);
    }
}

fn experiment(s: &mut Stage) {
    rooms::room(s);
    let wall = s.look.wall;
    let chart = wall.seen(&[PAPER, s.look.hue.deep]);
    s.c.round((110, 80, 400, 330), 10, chart);
    let ink = chart.seen(&[s.look.hue.strong, PAPER]);
    for turn in [0, 60, 120] {
        s.c.under(&format!("translate(310 245) rotate({turn})"), |c| {
            c.path(
                "M-150 0a150 54 0 1 0 300 0a150 54 0 1 0 -300 0zM-138 0a138 43 0 1 1 276 0a138 43 0 1 1 -276 0z",
                ink,
            );
            c.circle(148, 0, 15, MARIGOLD);
        });
    }
    s.c.circle(310, 245, 32, CLAY);
    if s.dice.chance(50) {
        windows::window(s, (700, 90, 360, 290));
    } else {
        let wood = s.look.timber();
        walls::shelf(&mut s.c, (640, 220, 440), wood, &mut s.dice);
        walls::shelf(&mut s.c, (700, 400, 380), wood, &mut s.dice);
    }
    let wood = s.look.timber();
    s.c.at(600, 870, 100, |c| furniture::table(c, 1080, 270, wood));
    let tones = [s.look.accent, CLAY, SEA, s.look.hue.strong, Colour::hex(0xcaa4db)];
    let shift = s.dice.below(5);
    let tone = |index: usize| tones[(index + shift) % 5];
    s.c.at(220, 602, 116, |c| lessons::flask(c, tone(0)));
    s.c.at(400, 602, 88, |c| lessons::flask(c, tone(1)));
    // Test tubes in a rack.
    s.c.at(590, 602, 110, |c| {
        for (index, x) in [-72, -24, 24, 72].into_iter().enumerate() {
            c.round((x - 16, -170, 32, 156), 16, Colour::hex(0xe6f3f4));
            c.round((x - 16, -96, 32, 82), 16, tone(index + 1));
        }
        c.round((-110, -110, 220, 18), 5, OAK);
        c.round((-110, -18, 220, 18), 5, OAK.shade(12));
        c.rect(-110, -110, 14, 100, OAK.shade(20));
        c.rect(96, -110, 14, 100, OAK.shade(20));
    });
    // A molecule model.
    s.c.at(830, 602, 100, |c| {
        c.line("M-60 -60L20 -140L90 -70M20 -140V-230", 13, STEEL);
        for (x, y, r, ball) in
            [(-60, -46, 46, tone(2)), (20, -140, 40, CLAY), (90, -52, 50, tone(3)), (20, -236, 34, MARIGOLD)]
        {
            c.circle(x, y, r, ball);
            c.circle(x - r / 3, y - r / 3, r / 4, ball.light(45));
        }
    });
    let count = s.dice.between(2, 4);
    s.c.at(1030, 602, 82, |c| {
        desks::book_stack(c, count, &mut s.dice);
    });
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(wall));
    if s.dice.chance(40) {
        s.c.under("translate(470 340) rotate(-14) scale(.9)", |c| {
            hands::fist(c, skin, sleeve, |c| {
                c.round((-18, -100, 36, 190), 18, Colour::hex(0xe6f3f4));
                c.round((-18, 0, 36, 90), 18, CLAY);
            })
        });
    }
}
