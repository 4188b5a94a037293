//! Homes, windows, kitchens and laundry made fresh.

use crate::drawing::colour::{Colour, GREEN, INK, MARIGOLD, OAK, PAPER, STEEL};
use crate::drawing::parts::{baths, furniture, hands, machines, plants, rooms, sparks, tools, vessels, walls, windows};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [living_room, bucket_and_mop, clear_window, kitchen, laundry];

const WHITE: Colour = Colour::hex(0xffffff);

fn living_room(s: &mut Stage) {
    rooms::room(s);
    corners::window(s, 300);
    corners::small_piece(s, 640);
    let (cloth, pillow, machine) =
        (s.look.cloth(), s.look.accent, s.look.floor.seen(&[s.look.hue.strong, GREEN, MARIGOLD]));
    s.c.at(720, 742, 116, |c| furniture::sofa(c, cloth, pillow));
    rooms::rug(&mut s.c, (640, 940), s.look.hue.mid.light(20));
    let hose = INK.light(16);
    s.c.line("M440 748C500 520 600 420 720 470", 26, hose);
    s.c.line("M724 466L858 832", 20, STEEL);
    s.c.path("M800 858L822 816H908Q930 822 934 858z", machine.shade(12));
    s.c.at(290, 856, 118, |c| machines::vacuum(c, machine));
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(s.look.wall));
    s.c.under("translate(736 498) rotate(-20) scale(.8)", |c| {
        hands::fist(c, skin, sleeve, |c| c.line("M0 -70V70", 34, INK.light(10)));
    });
    for (x, y, r) in [(1010, 800, 26), (1064, 838, 16), (520, 640, 20)] {
        sparks::glint(&mut s.c, (x, y), r, WHITE);
    }
}

fn bucket_and_mop(s: &mut Stage) {
    rooms::room(s);
    let (door, frame) = (s.look.wall.seen(&[s.look.hue.mid, s.look.hue.strong, s.look.hue.tint]), s.look.trim);
    if s.dice.chance(50) {
        s.c.at(920, 690, 106, |c| windows::door(c, door, frame));
        corners::small_piece(s, 420);
    } else {
        corners::window(s, 890);
        corners::small_piece(s, 400);
    }
    corners::corner(s, 150, 728);
    s.c.veil("M300 826Q620 770 1080 812Q1180 846 1000 868Q620 900 340 872Q240 850 300 826z", WHITE, 34);
    let bucket = s.look.floor.seen(&[s.look.hue.strong, s.look.accent, s.look.hue.tint]);
    let pole = s.look.wall.seen(&[OAK, s.look.accent, PAPER]);
    s.c.under("translate(830 846) rotate(-17) scale(1.3)", |c| tools::mop(c, PAPER, pole));
    s.c.at(470, 846, 150, |c| vessels::bucket(c, bucket, true));
    let bottle = s.look.floor.seen(&[s.look.hue.mid, s.look.accent, s.look.hue.deep]);
    let label = s.look.hue.tint;
    s.c.at(248, 858, 108, |c| vessels::spray(c, bottle, label));
    sparks::bubbles(&mut s.c, (380, 330, 300, 190), 6, &mut s.dice);
    for (x, y, r) in [(1040, 836, 28), (660, 856, 18), (960, 858, 16)] {
        sparks::glint(&mut s.c, (x, y), r, WHITE);
    }
}

fn clear_window(s: &mut Stage) {
    let frame = s.dice.pick([PAPER, OAK, s.look.hue.deep]);
    s.c.rect(0, 0, 1200, 900, s.look.wall);
    s.c.rect(56, 40, 1088, 760, frame);
    windows::view(s, (96, 80, 1008, 680));
    // Soap still on the glass, except where the blade has passed.
    s.c.veil("M96 330Q200 280 330 300Q470 330 380 410L690 470Q800 230 560 130Q460 92 300 80H1104V760H96z", WHITE, 52);
    s.c.inside("M96 80h1008v680h-1008z", |c| {
        sparks::foam(c, (330, 770), 520, &mut s.dice);
        sparks::foam(c, (860, 776), 620, &mut s.dice);
    });
    sparks::bubbles(&mut s.c, (160, 470, 860, 230), 8, &mut s.dice);
    s.c.rect(596, 80, 18, 680, frame);
    s.c.rect(0, 800, 1200, 100, frame.light(20));
    s.c.rect(0, 800, 1200, 14, frame.shade(16));
    let (glove, cuff) = hands::GLOVE;
    let grip = s.look.hue.strong;
    s.c.under("translate(616 590) rotate(-24) scale(1.2)", |c| {
        hands::fist(c, glove, cuff, |c| tools::squeegee(c, grip))
    });
    let pot = s.look.bright();
    s.c.at(196, 806, 80, |c| plants::any_plant(c, &mut s.dice, pot));
    sparks::glint(&mut s.c, (260, 190), 44, WHITE);
    sparks::glint(&mut s.c, (340, 250), 22, WHITE);
}

fn kitchen(s: &mut Stage) {
    let (wall, wood) = (s.look.wall, s.look.wood);
    s.c.rect(0, 0, 1200, 900, wall);
    let splash = wall.seen(&[s.look.hue.tint.light(50), s.look.hue.mid, s.look.hue.tint]);
    match s.dice.below(3) {
        0 => rooms::metro_tiles(&mut s.c, (300, 330), splash),
        1 => rooms::tiles(s, (0, 330, 1200, 310), 88, splash),
        _ => s.c.rect(0, 400, 1200, 240, splash),
    }
    if s.dice.chance(60) {
        walls::shelf(&mut s.c, (90, 220, 420), wood, &mut s.dice);
        windows::window(s, (720, 60, 320, 330));
    } else {
        windows::window(s, (130, 60, 400, 300));
        walls::shelf(&mut s.c, (700, 180, 400), wood, &mut s.dice);
        walls::shelf(&mut s.c, (700, 350, 400), wood, &mut s.dice);
    }
    let counter = s.dice.pick([s.look.hue.deep.mix(s.look.hue.strong, 40), s.look.hue.mid, PAPER.shade(8), GREEN]);
    s.c.rect(0, 690, 1200, 210, counter);
    for x in [40, 340, 640, 940] {
        s.c.round((x, 740, 270, 190), 8, counter.light(12));
        s.c.round((x + 95, 770, 80, 12), 6, MARIGOLD);
    }
    s.c.rect(0, 630, 1200, 64, wood.light(20));
    s.c.rect(0, 680, 1200, 14, wood.shade(20));
    s.c.at(960, 634, 130, |c| baths::tap(c, STEEL));
    s.c.round((700, 626, 300, 18), 9, STEEL.shade(14));
    let (bottle, label) = (s.look.hue.strong, s.look.accent);
    s.c.at(180, 640, 112, |c| vessels::spray(c, bottle, label));
    s.c.at(290, 640, 96, |c| vessels::bottle(c, 190, s.look.accent, INK));
    let pot = s.look.bright();
    s.c.at(1110, 634, 66, |c| plants::sword_leaf(c, pot));
    let (glove, cuff) = hands::GLOVE;
    s.c.veil("M330 652H800L760 674H350z", WHITE, 60);
    sparks::foam(&mut s.c, (560, 650), 130, &mut s.dice);
    s.c.path("M380 660Q372 610 430 596Q520 560 590 606Q640 640 626 660z", s.look.hue.strong.light(12));
    s.c.path("M380 660Q372 610 430 596Q450 620 440 660z", s.look.hue.strong.light(35));
    s.c.under("translate(520 566) rotate(12) scale(.94)", |c| hands::fist(c, glove, cuff, |_| {}));
    sparks::bubbles(&mut s.c, (330, 400, 130, 120), 5, &mut s.dice);
    sparks::glint(&mut s.c, (400, 560), 26, WHITE);
}

fn laundry(s: &mut Stage) {
    rooms::room(s);
    let cloths = [s.look.accent, PAPER, s.look.hue.strong, s.look.hue.tint];
    let rope = s.look.wall.seen(&[INK.light(30), PAPER]);
    s.c.line("M-10 110Q300 160 620 128T1210 100", 5, rope);
    for (index, x) in [70, 300, 560].into_iter().enumerate() {
        let tone = s.look.wall.seen(&[cloths[index], cloths[(index + 1) % 4]]);
        s.c.path(&format!("M{x} 136h150v220q-40 14-75 0t-75 0z"), tone);
        s.c.rect(x, 312, 150, 12, tone.shade(20));
        for peg in [x + 14, x + 128] {
            s.c.round((peg, 118, 12, 36), 5, OAK);
        }
    }
    s.c.path("M800 122l60 20q40 26 80 0l60-22 70 80-44 40-26-22v200H860V228l-26 22-44-44z", s.look.bright());
    let wood = s.look.timber();
    let (first, second) = (s.look.cloth(), s.look.accent);
    s.c.at(330, 742, 112, |c| machines::washer(c, first));
    let bottle = s.look.wall.seen(&[s.look.hue.strong, s.look.hue.tint]);
    s.c.at(700, 740, 100, |c| furniture::table(c, 420, 220, wood));
    s.c.at(640, 522, 84, |c| vessels::basket(c, second, first));
    s.c.at(820, 522, 80, |c| vessels::spray(c, bottle, second));
    corners::corner(s, 1080, 736);
    s.c.at(860, 862, 108, |c| vessels::basket(c, PAPER, second));
    sparks::bubbles(&mut s.c, (200, 470, 280, 80), 3, &mut s.dice);
}
