//! Tiles for the home page: one clear object group per category on its tint.

use super::canvas::{Canvas, Svg};
use super::category::Category;
use super::colour::{CLAY, Colour, GREEN, INK, LEAF, MARIGOLD, OAK, PAPER, STEEL, WALNUT};
use super::dice::Dice;
use super::parts::{baths, desks, garden, lamps, machines, plants, sparks, tools, vehicles, vessels, walls};

const WHITE: Colour = Colour::hex(0xffffff);

/// The picture of a category, 800 by 600, filled to the edges with its tint.
pub fn category_tile(category: Category) -> Svg {
    let hue = category.hue();
    let mut c = Canvas::new();
    c.rect(0, 0, 800, 600, hue.tint);
    c.circle(400, 300, 250, hue.tint.light(42));
    c.path("M0 600V500Q400 440 800 500V600z", hue.mid.light(10));
    match category {
        Category::Cleaning => cleaning(&mut c, hue.strong),
        Category::Plumbing => plumbing(&mut c, hue.strong),
        Category::Electrical => electrical(&mut c),
        Category::Gardening => gardening(&mut c),
        Category::Moving => moving(&mut c),
        Category::Painting => painting(&mut c, hue.strong),
        Category::Beauty => beauty(&mut c, hue.strong, hue.mid),
        Category::Tutoring => tutoring(&mut c, hue.strong),
        Category::Design => design(&mut c, hue.strong, hue.mid),
        Category::Writing => writing(&mut c, hue.strong),
    }
    c.finish(800, 600)
}

fn cleaning(c: &mut Canvas, strong: Colour) {
    c.under("translate(560 520) rotate(9) scale(.86)", |c| tools::broom(c, MARIGOLD, OAK));
    c.at(350, 530, 128, |c| vessels::bucket(c, strong, true));
    c.at(206, 540, 96, |c| vessels::spray(c, CLAY, PAPER));
    for (x, y, r) in [(640, 170, 34), (690, 240, 18), (180, 190, 24)] {
        sparks::glint(c, (x, y), r, WHITE);
    }
}

fn plumbing(c: &mut Canvas, strong: Colour) {
    c.at(350, 262, 112, |c| baths::tap(c, STEEL));
    c.under("translate(310 262) scale(1.2)", |c| baths::basin(c, baths::COPPER));
    baths::drop(c, (216, 196), 60);
    c.under("translate(650 420) rotate(20) scale(.92)", |c| tools::wrench(c, CLAY));
    c.at(160, 566, 70, |c| vessels::bucket(c, strong, false));
}

fn electrical(c: &mut Canvas) {
    c.circle(400, 300, 250, MARIGOLD.light(16));
    c.under("translate(400 30) scale(1.5)", |c| lamps::bulb(c, true));
    c.line("M232 536Q330 536 420 552T640 548T830 580", 15, INK.light(10));
    c.under("translate(80 536) rotate(-90) scale(.95)", |c| machines::plug(c, INK.light(10)));
    c.at(640, 560, 84, |c| vessels::toolbox(c, CLAY));
}

fn gardening(c: &mut Canvas) {
    c.at(240, 540, 96, |c| plants::broad_leaf(c, CLAY));
    c.at(470, 548, 104, |c| garden::watering_can(c, MARIGOLD));
    garden::flowers(c, (680, 560), 3, CLAY, &mut Dice::new(2, "tile"));
    for x in [96, 350, 610] {
        garden::tuft(c, (x, 556), LEAF);
    }
}

fn moving(c: &mut Canvas) {
    c.at(410, 520, 80, |c| vehicles::van(c, PAPER, MARIGOLD, None));
    let mut dice = Dice::new(2, "tile");
    c.at(110, 560, 66, |c| vessels::carton(c, (230, 180), &mut dice));
    c.at(104, 441, 66, |c| vessels::carton(c, (180, 130), &mut dice));
    c.at(724, 566, 52, |c| vessels::open_carton(c, (200, 150), |c| c.at(0, 40, 90, |c| plants::sword_leaf(c, CLAY))));
}

fn painting(c: &mut Canvas, strong: Colour) {
    c.round((96, 80, 330, 140), 30, strong);
    for (x, h) in [(120, 60), (220, 44), (330, 80)] {
        c.round((x, 180, 54, h), 27, strong);
    }
    c.under("translate(520 380) rotate(12) scale(1.06)", |c| tools::roller(c, strong, MARIGOLD));
    c.at(240, 550, 108, |c| vessels::paint_can(c, strong, true));
    c.at(660, 556, 84, |c| vessels::paint_can(c, GREEN, false));
}

fn beauty(c: &mut Canvas, strong: Colour, mid: Colour) {
    walls::mirror(c, (250, 70, 300, 380), strong);
    c.poly(&[(360, 440), (440, 440), (480, 540), (320, 540)], strong.shade(12));
    c.round((300, 528, 200, 22), 11, strong);
    c.at(200, 548, 104, |c| vessels::bottle(c, 200, mid, MARIGOLD));
    c.at(128, 552, 84, |c| vessels::bottle(c, 160, CLAY, INK));
    c.at(620, 552, 116, |c| plants::vase(c, PAPER, strong));
}

fn tutoring(c: &mut Canvas, strong: Colour) {
    c.at(590, 540, 156, |c| desks::globe(c, Colour::hex(0x8fd0ea)));
    let mut dice = Dice::new(6, "tile");
    c.at(260, 548, 156, |c| {
        let top = desks::book_stack(c, 4, &mut dice);
        c.at(0, -top, 84, |c| desks::open_book(c, strong));
    });
    c.at(430, 568, 104, |c| desks::pencils(c, MARIGOLD));
}

fn design(c: &mut Canvas, strong: Colour, mid: Colour) {
    c.at(400, 530, 96, |c| {
        desks::monitor(c, PAPER, |c| {
            c.circle(210, 155, 96, strong);
            c.circle(310, 155, 96, MARIGOLD);
            c.path("M260 73a96 96 0 0 1 0 164a96 96 0 0 1 0 -164z", CLAY);
            c.round((24, 30, 36, 190), 10, mid);
            c.line("M400 250H480M400 276H450", 9, mid);
        })
    });
    c.under("translate(660 540) rotate(22) scale(.9)", |c| tools::pencil(c, CLAY));
    c.at(140, 550, 96, |c| desks::mug(c, strong));
}

fn writing(c: &mut Canvas, strong: Colour) {
    c.at(380, 540, 128, |c| machines::typewriter(c, strong));
    c.at(690, 556, 100, |c| desks::mug(c, MARIGOLD));
    c.under("translate(120 540) rotate(-14) scale(.86)", |c| tools::pen(c, WALNUT));
}
