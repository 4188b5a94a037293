//! One module per category, each with its scenes.

pub mod beauty;
pub mod cleaning;
pub mod corners;
pub mod design;
pub mod electrical;
pub mod gardening;
pub mod moving;
pub mod painting;
pub mod plumbing;
pub mod tutoring;
pub mod writing;

use super::canvas::{Canvas, Svg};
use super::category::Category;
use super::dice::Dice;
use super::stage::Stage;

/// Draws one scene on the stage.
pub type Scene = fn(&mut Stage);

/// The scenes of a category.
pub fn of(category: Category) -> [Scene; 5] {
    match category {
        Category::Cleaning => cleaning::SCENES,
        Category::Plumbing => plumbing::SCENES,
        Category::Electrical => electrical::SCENES,
        Category::Gardening => gardening::SCENES,
        Category::Moving => moving::SCENES,
        Category::Painting => painting::SCENES,
        Category::Beauty => beauty::SCENES,
        Category::Tutoring => tutoring::SCENES,
        Category::Design => design::SCENES,
        Category::Writing => writing::SCENES,
    }
}

/// The camera: half of the pictures step up to 14 percent closer, somewhat to one side.
fn framed(drawn: Canvas, dice: &mut Dice) -> Canvas {
    if dice.chance(50) {
        return drawn;
    }
    let percent = dice.between(106, 114);
    let (slack_x, slack_y) = (12 * (percent - 100), 9 * (percent - 100));
    let (x, y) = (slack_x * dice.between(20, 80) / 100, slack_y * dice.between(30, 70) / 100);
    drawn.transformed(&format!("translate(-{x} -{y}) scale(1.{:02})", percent - 100))
}

/// A picture for a service, 1200 by 900. Neighbouring seeds show different scenes; about
/// half of them are mirrored.
pub fn listing(category: Category, seed: u64) -> Svg {
    let scenes = of(category);
    let index = usize::try_from(seed % 5).unwrap_or(0);
    let mut stage = Stage::new(category, Dice::new(seed, category.slug()));
    let mirrored = stage.dice.chance(50);
    scenes[index](&mut stage);
    let drawn = if mirrored { stage.c.mirrored(1200) } else { stage.c };
    framed(drawn, &mut stage.dice).finish(1200, 900)
}
