//! Walls, wallpaper, cans and brushes.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, OAK, PAPER};
use crate::drawing::parts::{furniture, hands, plants, rooms, tools, vessels, windows};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [fresh_wall, rolling, wallpaper, cans, window_frame];

/// The paint of this picture and the old wall it goes on.
fn paints(s: &mut Stage) -> (Colour, Colour) {
    let hue = s.look.hue;
    let paint = s.dice.pick([
        hue.mid,
        hue.strong,
        GREEN,
        MARIGOLD,
        Colour::hex(0x6fa8b8),
        hue.tint,
        Colour::hex(0x35587a),
        Colour::hex(0x9cb88a),
    ]);
    let mut walls = [Colour::hex(0xf3eadb), hue.tint, hue.deep.light(6), Colour::hex(0xbccfc0), Colour::hex(0xb9ccd6)];
    walls.rotate_left(s.dice.below(5));
    let old = paint.seen(&walls);
    (paint, old)
}

/// A cloth spread over the floor with a few drops of paint.
fn drop_cloth(c: &mut Canvas, drops: Colour) {
    let cloth = Colour::hex(0xe8dfcf);
    c.path("M40 900L150 760Q420 730 640 748T1080 752L1190 900z", cloth);
    c.path("M640 748Q700 820 660 900H700Q730 810 660 748z", cloth.shade(9));
    c.path("M330 740Q350 820 300 900H330Q380 820 350 738z", cloth.shade(7));
    for (x, y, r) in [(220, 850, 12), (540, 800, 9), (760, 866, 14), (900, 800, 8), (480, 872, 7)] {
        c.ellipse(x, y, r * 2, r, drops);
    }
}

fn fresh_wall(s: &mut Stage) {
    let (paint, old) = paints(s);
    s.look.wall = old;
    s.c.rect(0, 0, 1200, rooms::FLOOR, old);
    let edge = s.dice.between(600, 760);
    s.c.path(
        &format!("M0 0H{0}V120H{1}V250H{2}V380H{0}V500H{3}V600H{1}V690H0z", edge, edge + 50, edge - 30, edge + 20),
        paint,
    );
    for y in [60, 190, 320, 440, 560] {
        s.c.round((edge - 60, y, 130, 90), 30, paint);
    }
    rooms::floor(s);
    s.c.rect(0, rooms::FLOOR - 22, 1200, 22, PAPER);
    windows::window(s, (880, 110, 230, 300));
    drop_cloth(&mut s.c, paint);
    let wood = paint.seen(&[OAK, PAPER, CLAY]);
    s.c.at(360, 846, 112, |c| tools::ladder(c, wood));
    s.c.at(360, 212, 76, |c| vessels::paint_can(c, paint, true));
    s.c.at(660, 850, 120, |c| vessels::paint_can(c, paint, true));
    let grip = s.look.accent;
    s.c.under("translate(930 770) rotate(24) scale(1.05)", |c| tools::roller(c, paint, grip));
    s.c.at(860, 876, 96, |c| vessels::paint_can(c, grip, false));
}

fn rolling(s: &mut Stage) {
    let (paint, old) = paints(s);
    s.c.rect(0, 0, 1200, 900, old);
    if s.dice.chance(50) {
        for x in (0..1200).step_by(110) {
            s.c.rect(x, 0, 8, 900, old.shade(6));
        }
    }
    let top = s.dice.between(90, 200);
    for (x, y, h) in [(60, top, 620), (250, top - 50, 720), (440, top - 10, 440)] {
        s.c.round((x - 6, y, 226, h), 20, paint);
        s.c.round((x + 20, y + h - 50, 60, 110), 26, paint);
        s.c.round((x + 130, y + h - 50, 46, 76), 22, paint);
    }
    s.c.round((90, top + 30, 12, 420), 6, paint.light(22));
    s.c.round((282, top + 10, 12, 300), 6, paint.light(22));
    s.c.rect(0, 836, 1200, 64, s.look.trim);
    s.c.rect(0, 836, 1200, 9, s.look.trim.shade(18));
    let (skin, sleeve, grip) = (s.look.skin, s.look.sleeve(old), s.look.accent);
    s.c.under("translate(700 640) rotate(-18) scale(1.25)", |c| {
        hands::fist(c, skin, sleeve, |c| tools::roller(c, paint, grip));
    });
    let swatches = [paint, paint.light(35), paint.shade(22), s.look.hue.tint, MARIGOLD];
    if s.dice.chance(60) {
        for (index, tone) in swatches.into_iter().enumerate() {
            let x = 800 + i32::try_from(index).unwrap_or(0) * 72;
            s.c.rect(x + 4, 96, 64, 150, INK.mix(old, 70));
            s.c.rect(x, 90, 64, 150, PAPER);
            s.c.rect(x, 90, 64, 110, tone);
        }
    } else {
        windows::window(s, (850, 90, 250, 220));
    }
}

/// Repeats a motif over the papered part of a wall.
fn pattern(c: &mut Canvas, right: i32, motif: usize, (first, second): (Colour, Colour)) {
    for row in 0..7 {
        for column in 0..9 {
            let (x, y) = (70 + column * 130 + (row % 2) * 65, 50 + row * 110);
            if x > right - 40 {
                continue;
            }
            match motif {
                0 => {
                    for turn in [-40, 0, 40] {
                        plants::leaf(c, (x, y + 26), turn, (22, 56), first);
                    }
                    c.circle(x, y - 34, 8, second);
                }
                1 => {
                    c.circle(x, y, 26, first);
                    c.circle(x, y, 12, second);
                }
                _ => {
                    c.path(&format!("M{} {y}l34-40 34 40-34 40z", x - 34), first);
                    c.path(&format!("M{} {y}l14-17 14 17-14 17z", x - 14), second);
                }
            }
        }
    }
}

fn wallpaper(s: &mut Stage) {
    let bare = Colour::hex(0xe9e0d2);
    s.c.rect(0, 0, 1200, rooms::FLOOR, bare);
    let hue = s.look.hue;
    let (paper, first, second) = s.dice.pick([
        (hue.tint, hue.strong, MARIGOLD),
        (GREEN, hue.mid, MARIGOLD),
        (hue.mid, hue.tint, hue.deep),
        (Colour::hex(0x35587a), hue.tint, MARIGOLD),
    ]);
    let edge = s.dice.pick([690, 780]);
    let motif = s.dice.below(3);
    s.c.rect(0, 0, edge, rooms::FLOOR, paper);
    s.c.inside(&format!("M0 0h{edge}v690h-{edge}z"), |c| pattern(c, edge + 60, motif, (first, second)));
    // The last strip still curls away from the wall.
    s.c.path(&format!("M{edge} 690V0h60V560q0 90 60 100q-60 50-120 30z"), paper.shade(7));
    s.c.path(&format!("M{0} 560q0 90 60 100q60-10 56-60q-40 20-56-10z", edge + 60), PAPER.shade(10));
    s.look.wall = bare;
    rooms::floor(s);
    s.c.rect(0, rooms::FLOOR - 22, 1200, 22, PAPER);
    let wood = s.look.wood;
    s.c.at(800, 850, 100, |c| furniture::table(c, 720, 270, wood));
    for (x, tone) in [(600, hue.mid), (720, hue.strong), (660, s.look.accent)] {
        let y = if x == 660 { 520 } else { 580 };
        s.c.circle(x, y - 30, 30, tone);
        s.c.circle(x, y - 30, 18, tone.light(40));
        s.c.circle(x, y - 30, 8, tone.shade(40));
    }
    s.c.at(850, 582, 84, |c| vessels::bucket(c, s.look.accent, false));
    s.c.under("translate(1040 562) rotate(68) scale(.56)", |c| tools::brush(c, PAPER, OAK));
    s.c.at(190, 846, 124, |c| tools::ladder(c, OAK));
    s.c.at(470, 862, 100, |c| vessels::paint_can(c, s.look.accent, false));
}

fn cans(s: &mut Stage) {
    rooms::room(s);
    let hue = s.look.hue;
    let wall = s.look.wall;
    let tones = [hue.strong, MARIGOLD, GREEN, hue.mid, Colour::hex(0x35587a), CLAY, hue.tint, Colour::hex(0x9cb88a)];
    let shift = s.dice.below(8);
    let tone = move |index: usize| tones[(index + shift) % 8];
    // Sample strokes on the wall.
    for index in 0..4 {
        let x = 150 + i32::try_from(index).unwrap_or(0) * 170;
        let paint = wall.seen(&[tone(index), tone(index + 3), tone(index + 5)]);
        s.c.round((x, 110, 140, 190), 18, paint);
        s.c.round((x + 10, 270, 40, 70), 18, paint);
        s.c.round((x + 76, 270, 34, 50), 16, paint);
    }
    corners::corner(s, 1080, 730);
    drop_cloth(&mut s.c, tone(2));
    for (index, (x, y, size)) in
        [(300, 820, 130), (560, 820, 130), (820, 820, 130), (430, 586, 130), (690, 586, 130)].into_iter().enumerate()
    {
        s.c.at(x, y, size, |c| vessels::paint_can(c, tone(index), index == 4));
    }
    s.c.under("translate(986 800) rotate(16) scale(1.1)", |c| tools::brush(c, tone(1), OAK));
    s.c.under("translate(150 838) rotate(-78) scale(.95)", |c| tools::roller(c, tone(4), s.look.accent));
}

fn window_frame(s: &mut Stage) {
    let (paint, old) = paints(s);
    s.c.rect(0, 0, 1200, 900, old);
    let tone = if old.is_dark() { old.light(8) } else { old.shade(6) };
    for x in (0..1200).step_by(160) {
        s.c.rect(x, 0, 80, 900, tone);
    }
    let frame = PAPER.shade(4);
    s.c.rect(110, 70, 620, 700, frame.shade(12));
    s.c.rect(110, 70, 610, 690, frame);
    windows::view(s, (180, 140, 470, 550));
    s.c.rect(400, 140, 30, 550, frame);
    s.c.rect(180, 380, 470, 26, frame);
    // Already painted: the left and the top of the frame, and part of the right.
    s.c.path("M110 70H720V430L690 410L650 440V140H180V690H110z", paint);
    s.c.rect(400, 140, 30, 240, paint);
    s.c.rect(70, 760, 700, 44, paint);
    s.c.rect(70, 792, 700, 12, paint.shade(18));
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(old));
    s.c.under("translate(690 410) scale(1.15)", |c| {
        hands::pinch(c, skin, sleeve, |c| c.under("rotate(180) translate(0 262)", |c| tools::brush(c, paint, OAK)));
    });
    s.c.at(250, 762, 84, |c| vessels::paint_can(c, paint, true));
    let pot = old.seen(&[CLAY, GREEN]);
    s.c.at(560, 762, 74, |c| plants::any_plant(c, &mut s.dice, pot));
}
