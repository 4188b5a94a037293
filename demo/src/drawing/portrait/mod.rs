//! Drawn portraits: a head and shoulders put together from features.

mod beard;
mod clothes;
mod cover;
mod face;
mod hair_long;
mod hair_short;
mod person;
mod traits;

pub use person::Person;
pub use traits::Presentation;

use super::canvas::{Canvas, Svg};
use super::category::Category;
use super::colour::Colour;
use super::dice::Dice;

/// A square portrait, 600 by 600, of whoever the seed brings.
pub fn portrait(seed: u64) -> Svg {
    let presentation =
        if Dice::new(seed, "presentation").chance(50) { Presentation::Feminine } else { Presentation::Masculine };
    portrait_of(seed, presentation)
}

/// A portrait that suits a name: the same seed always brings the same person.
pub fn portrait_of(seed: u64, presentation: Presentation) -> Svg {
    let mut dice = Dice::new(seed, "portrait");
    let person = Person::thrown(&mut dice, presentation);
    let mut c = Canvas::new();
    let backdrop = backdrop(&mut dice, &person);
    c.rect(0, 0, 600, 600, backdrop);
    match dice.below(3) {
        0 => c.circle(300, 300, 236, backdrop.light(38)),
        1 => c.path("M0 600V380Q300 250 600 380V600z", backdrop.shade(7)),
        _ => {}
    }
    // Close enough that a face still reads in a 40-pixel circle.
    c.under("translate(-48 -40) scale(1.16)", |c| bust(c, &person));
    c.finish(600, 600)
}

/// A calm colour that neither hair nor clothes disappear in.
fn backdrop(dice: &mut Dice, person: &Person) -> Colour {
    let mut tints = [Colour::hex(0xf3e6d0); 12];
    for (place, category) in tints.iter_mut().zip(Category::ALL) {
        *place = if dice.chance(75) { category.tint() } else { category.hue().mid };
    }
    tints.rotate_left(dice.below(12));
    let calm = |tint: &Colour| {
        let far = |other: Colour| tint.brightness().abs_diff(other.brightness()) > 34;
        far(person.hair) && far(person.skin) && far(person.top)
    };
    tints.iter().copied().find(calm).unwrap_or(tints[0])
}

/// The person alone, in the same 600 by 600 area, for use inside other drawings.
pub fn bust(c: &mut Canvas, person: &Person) {
    hair_short::behind(c, person);
    hair_long::behind(c, person);
    cover::behind(c, person);
    c.under("translate(0 -14)", |c| clothes::draw(c, person));
    face::head(c, person);
    beard::draw(c, person);
    face::features(c, person);
    hair_short::front(c, person);
    hair_long::front(c, person);
    cover::front(c, person);
    face::brows(c, person);
    face::glasses(c, person);
}
