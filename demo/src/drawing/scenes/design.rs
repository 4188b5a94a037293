//! Screens, sketches, boards, packages and plans.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, LEAF_DEEP, MARIGOLD, OAK, PAPER, STEEL};
use crate::drawing::parts::{desks, furniture, hands, lamps, layouts, plants, rooms, tools, vessels};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [studio, sketch, mood_board, packages, tablet];

fn studio(s: &mut Stage) {
    rooms::room(s);
    let (wood, lit) = (s.look.timber(), s.look.lit());
    corners::wall_piece(s, 180);
    corners::window(s, 1010);
    s.c.at(580, 860, 100, |c| furniture::table(c, 980, 280, wood));
    let look = s.look;
    s.c.at(560, 584, 104, |c| desks::monitor(c, PAPER, |c| layouts::layout(c, (520, 310), &look, &mut s.dice)));
    s.c.round((420, 570, 280, 16), 8, STEEL.light(30));
    s.c.ellipse(746, 578, 26, 10, STEEL.light(30));
    let (lamp, cup) = (s.look.bright(), s.look.hue.strong);
    s.c.at(190, 582, 108, |c| lamps::desk_lamp(c, lamp, lit));
    s.c.at(890, 582, 84, |c| desks::pencils(c, cup));
    s.c.at(990, 582, 74, |c| plants::sword_leaf(c, lamp));
    let seat = s.look.floor.seen(&[s.look.accent, s.look.fabric, s.look.hue.deep]);
    s.c.at(560, 884, 112, |c| furniture::swivel_chair(c, seat));
    s.c.at(910, 862, 88, |c| furniture::drawers(c, wood.light(12)));
    corners::corner(s, 1130, 800);
}

fn sketch(s: &mut Stage) {
    let desk = s.dice.pick([s.look.hue.tint, s.look.hue.mid, OAK, Colour::hex(0xf3eadb), s.look.hue.deep]);
    s.c.rect(0, 0, 1200, 900, desk);
    if desk == OAK {
        for y in [180, 420, 660] {
            s.c.rect(0, y, 1200, 5, desk.shade(10));
        }
    }
    let turn = s.dice.between(-8, 4);
    let (first, second) = (s.look.hue.strong, s.look.accent);
    let motif = s.dice.below(4);
    s.c.turned(460, 440, turn, |c| {
        c.rect(-380, -330, 790, 700, desk.shade(26));
        c.rect(-395, -345, 790, 700, PAPER);
        let guide = PAPER.shade(13);
        for dot in 0..63 {
            c.circle(-335 + (dot % 9) * 84, -290 + (dot / 9) * 98, 4, guide);
        }
        layouts::sign_study(c, motif, first, second);
        c.line("M-340 300H-120M-340 326H-200", 8, guide.shade(14));
    });
    for (index, tone) in [first, second, s.look.hue.mid, s.look.hue.deep, CLAY, MARIGOLD].into_iter().enumerate() {
        let fan = i32::try_from(index).unwrap_or(0) * 11 - 46;
        s.c.turned(1010, 330, fan, |c| {
            c.round((-50, -270, 100, 290), 10, PAPER);
            c.round((-42, -262, 84, 200), 6, tone);
        });
    }
    s.c.circle(1010, 324, 13, INK.light(30));
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(desk));
    let paint = s.dice.pick([MARIGOLD, CLAY, GREEN]);
    s.c.under("translate(560 560) scale(1.2)", |c| hands::pinch(c, skin, sleeve, |c| tools::pencil(c, paint)));
}

fn mood_board(s: &mut Stage) {
    rooms::room(s);
    let wood = s.look.timber();
    let board = s.look.wall.seen(&[Colour::hex(0xd8b98c), PAPER, s.look.hue.deep]);
    s.c.round((170, 50, 780, 500), 10, wood.shade(10));
    s.c.rect(188, 68, 744, 464, board);
    let look = s.look;
    let cards = [
        (216, 100, 210, 150, -3),
        (450, 90, 150, 190, 2),
        (626, 104, 270, 170, -1),
        (224, 290, 140, 200, 2),
        (394, 306, 230, 190, -2),
        (656, 304, 130, 130, 4),
        (804, 300, 110, 200, -2),
    ];
    for (index, (x, y, w, h, turn)) in cards.into_iter().enumerate() {
        s.c.turned(x, y, turn, |c| {
            c.rect(6, 8, w, h, board.shade(24));
            c.rect(0, 0, w, h, PAPER);
            c.inside(&format!("M8 8h{}v{}h-{}z", w - 16, h - 16, w - 16), |c| match index {
                3 | 6 => {
                    for (row, tone) in [look.hue.strong, MARIGOLD, look.hue.mid, CLAY].into_iter().enumerate() {
                        c.rect(8, 8 + i32::try_from(row).unwrap_or(0) * (h - 16) / 4, w, (h - 16) / 4, tone);
                    }
                }
                1 => {
                    c.rect(0, 0, w, h, look.hue.tint);
                    for turn in [-36, -8, 22, 48] {
                        plants::leaf(c, (w / 2, h - 20), turn, (40, 130), if turn < 0 { LEAF } else { LEAF_DEEP });
                    }
                }
                5 => {
                    c.rect(0, 0, w, h, look.accent);
                    c.circle(w / 2, h / 2, w / 4, PAPER);
                }
                _ => layouts::layout(c, (w, h), &look, &mut s.dice),
            });
            c.circle(w / 2, 6, 9, CLAY);
        });
    }
    corners::corner(s, 1070, 738);
    s.c.at(300, 846, 100, |c| furniture::drawers(c, wood));
    let (pot, cup, lit) = (s.look.bright(), s.look.hue.strong, s.look.lit());
    s.c.at(240, 596, 76, |c| lamps::table_lamp(c, pot, PAPER, lit));
    s.c.at(370, 596, 72, |c| desks::pencils(c, cup));
    let (cloth, pillow) = (s.look.cloth(), s.look.accent);
    s.c.at(700, 850, 118, |c| furniture::armchair(c, cloth, pillow));
}

fn packages(s: &mut Stage) {
    let wall = s.look.wall;
    s.c.rect(0, 0, 1200, 900, wall);
    let tone = if wall.is_dark() { wall.light(9) } else { wall.light(30) };
    match s.dice.below(3) {
        0 => s.c.circle(600, 430, 370, tone),
        1 => s.c.path("M250 740V400a350 350 0 0 1 700 0V740z", tone),
        _ => s.c.rect(150, 90, 900, 650, tone),
    }
    s.c.rect(0, 720, 1200, 180, wall.shade(14));
    let hue = s.look.hue;
    let (base, mark) =
        s.dice.pick([(hue.strong, PAPER), (GREEN, MARIGOLD), (MARIGOLD, INK), (hue.mid, hue.deep), (CLAY, PAPER)]);
    let base = if base.brightness().abs_diff(tone.brightness()) < 24 { hue.deep } else { base };
    let petals = s.dice.below(3);
    let logo = |c: &mut Canvas, x: i32, y: i32, r: i32| {
        layouts::brand_mark(c, petals, (x, y, r), (mark, base));
    };
    // A tall bag, a box, a jar, a bottle and a card, all of one family.
    s.c.shadow(330, 792, 170, 14);
    s.c.line("M260 330Q260 240 330 240T400 330", 11, base.shade(30));
    s.c.rect(190, 330, 280, 460, base);
    s.c.poly(&[(470, 330), (520, 300), (520, 760), (470, 790)], base.shade(16));
    logo(&mut s.c, 330, 520, 70);
    s.c.line("M270 650H390M290 684H370", 9, mark);
    s.c.shadow(720, 800, 200, 14);
    let pale = base.light(55);
    s.c.rect(560, 560, 300, 236, pale);
    s.c.poly(&[(560, 560), (620, 520), (920, 520), (860, 560)], pale.light(40));
    s.c.poly(&[(860, 560), (920, 520), (920, 752), (860, 796)], pale.shade(14));
    s.c.rect(560, 640, 300, 90, base);
    logo(&mut s.c, 710, 685, 34);
    s.c.at(680, 522, 130, |c| vessels::bottle(c, 220, base, MARIGOLD));
    s.c.at(810, 522, 110, |c| {
        c.shadow(0, 0, 66, 8);
        c.round((-60, -110, 120, 110), 16, PAPER);
        c.rect(-60, -80, 120, 52, base);
        c.round((-66, -136, 132, 34), 10, mark.mix(OAK, 40));
    });
    s.c.at(980, 846, 112, |c| desks::mug(c, base));
    s.c.turned(520, 850, -7, |c| {
        c.rect(-104, -46, 220, 110, wall.shade(30));
        c.rect(-110, -54, 220, 110, PAPER);
        c.circle(-60, 0, 26, base);
        c.line("M-16 -14H80M-16 12H50", 8, base.light(20));
    });
    let pot = wall.seen(&[CLAY, PAPER]);
    s.c.at(1090, 756, 96, |c| plants::any_plant(c, &mut s.dice, pot));
}

fn tablet(s: &mut Stage) {
    let desk = s.dice.pick([s.look.hue.mid, s.look.hue.tint, s.look.hue.deep, Colour::hex(0xe9dfd0), s.look.wood]);
    s.c.rect(0, 0, 1200, 900, desk);
    let tone = if desk.is_dark() { desk.light(8) } else { desk.light(24) };
    s.c.circle(s.dice.between(200, 1000), s.dice.between(100, 800), 420, tone);
    let look = s.look;
    let turn = s.dice.between(-7, 5);
    s.c.turned(480, 430, turn, |c| {
        c.round((-400, -300, 820, 620), 44, desk.shade(26));
        c.round((-412, -314, 820, 620), 44, INK);
        c.rect(-370, -274, 736, 540, PAPER);
        c.inside("M-370 -274h736v540h-736z", |c| {
            c.under("translate(-370 -274)", |c| layouts::layout(c, (736, 540), &look, &mut s.dice))
        });
    });
    for (index, tone) in [look.hue.strong, look.accent, CLAY, GREEN, MARIGOLD].into_iter().enumerate() {
        let y = 120 + i32::try_from(index).unwrap_or(0) * 96;
        s.c.circle(1064, y + 6, 40, desk.shade(22));
        s.c.circle(1060, y, 40, tone);
        s.c.circle(1048, y - 12, 9, tone.light(45));
    }
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(desk));
    s.c.under("translate(590 540) scale(1.2)", |c| {
        hands::pinch(c, skin, sleeve, |c| {
            c.poly(&[(0, 0), (-11, -40), (11, -40)], INK);
            c.round((-16, -340, 32, 304), 14, PAPER);
            c.rect(2, -330, 14, 290, PAPER.shade(12));
        });
    });
    s.c.at(110, 800, 92, |c| desks::cup_from_above(c, desk));
}
