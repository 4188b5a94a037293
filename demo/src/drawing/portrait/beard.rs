//! Beards; the mouth is drawn over them afterwards.

use crate::drawing::canvas::Canvas;

use super::face;
use super::person::Person;
use super::traits::Beard;

/// Draws what grows on the chin.
pub(super) fn draw(c: &mut Canvas, p: &Person) {
    match p.beard {
        Beard::None => {}
        Beard::Stubble => c.veil(&face::jawline(p, 0), p.hair, 24),
        Beard::Short => beard(c, p, 8),
        Beard::Full => beard(c, p, 40),
        Beard::Moustache => moustache(c, p),
        Beard::Goatee => {
            moustache(c, p);
            c.path("M262 340Q264 396 300 398T338 340Q332 362 300 364T262 340z", p.hair);
            c.path(
                "M256 318Q252 336 262 350L270 344Q262 332 266 320zM344 318Q348 336 338 350L330 344Q338 332 334 320z",
                p.hair,
            );
        }
    }
}

fn beard(c: &mut Canvas, p: &Person, length: i32) {
    c.path(&face::jawline(p, length), p.hair);
    // Bare skin around the lips keeps the smile readable.
    c.path("M262 326Q300 314 338 326Q338 368 300 370T262 326z", p.skin);
    moustache(c, p);
}

fn moustache(c: &mut Canvas, p: &Person) {
    c.path("M250 328Q262 304 300 311Q338 304 350 328Q326 330 300 322Q274 330 250 328z", p.hair);
}
