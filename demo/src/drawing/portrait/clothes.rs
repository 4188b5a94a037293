//! Neck, shoulders and what is worn on them.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{INK, MARIGOLD, PAPER};

use super::person::Person;
use super::traits::{Clothes, Presentation};

/// Shoulders as a filled shape from the collar to the lower edge.
fn shoulders(p: &Person) -> &'static str {
    match p.presentation {
        Presentation::Feminine => "M92 600C96 506 150 474 246 446H354C450 474 504 506 508 600z",
        Presentation::Masculine => "M56 600C62 500 132 470 244 440H356C468 470 538 500 544 600z",
    }
}

/// Neck with the shadow of the chin.
fn neck(c: &mut Canvas, p: &Person) {
    c.path("M252 330H348V436Q350 482 300 486T252 436z", p.skin.shade(5));
    c.path("M252 352Q300 430 348 352V396Q300 446 252 390z", p.skin.shade(16));
}

/// Draws body and neck.
pub(super) fn draw(c: &mut Canvas, p: &Person) {
    let (top, trim) = (p.top, p.trim);
    let dark = top.shade(14);
    if p.clothes == Clothes::Hoodie {
        c.path("M176 470Q160 380 300 372T424 470Q400 530 300 536T176 470z", dark);
    }
    c.path(shoulders(p), top);
    c.line("M150 600Q150 556 160 534M450 600Q450 556 440 534", 6, dark);
    match p.clothes {
        Clothes::Tee => {
            c.path("M236 436Q244 508 300 510T364 436z", dark);
            neck(c, p);
        }
        Clothes::Scoop => {
            c.path("M222 444Q230 540 300 542T378 444L348 436H252z", p.skin.shade(5));
            neck(c, p);
            c.line("M262 462Q300 520 338 462", 4, MARIGOLD);
            c.circle(300, 494, 7, MARIGOLD);
        }
        Clothes::Shirt => {
            neck(c, p);
            c.path("M292 486H308V600H292z", dark);
            for y in [520, 560] {
                c.circle(300, y, 6, if top.is_dark() { PAPER } else { INK.light(30) });
            }
            c.path("M250 420L300 492L262 526L212 452z", top.light(22));
            c.path("M350 420L300 492L338 526L388 452z", top.light(22));
            c.line("M262 526L300 492L338 526", 4, dark);
        }
        Clothes::Hoodie => {
            neck(c, p);
            c.path(
                "M246 436Q230 440 206 462Q250 540 300 540T394 462Q370 440 354 436Q346 498 300 500T246 436z",
                top.light(10),
            );
            c.line("M272 526V576M328 526V568", 6, trim);
        }
        Clothes::Blazer => {
            let shirt = if p.top.brightness() > 200 { trim } else { PAPER };
            c.path("M246 438L300 600L354 438z", shirt);
            neck(c, p);
            c.path("M252 424L300 488L276 516L236 446zM348 424L300 488L324 516L364 446z", shirt.shade(7));
            c.path("M240 440L300 600H262L196 500L222 486L206 462z", top.shade(12));
            c.path("M360 440L300 600H338L404 500L378 486L394 462z", top.shade(12));
        }
        Clothes::RollNeck => {
            neck(c, p);
            c.path("M230 452Q300 420 370 452V520H230z", top);
            c.round((240, 392, 120, 76), 22, top.light(8));
            c.line("M262 404V456M300 408V460M338 404V456", 4, dark);
        }
        Clothes::Dungarees => {
            neck(c, p);
            c.path("M240 440Q250 500 300 502T360 440L372 446Q360 520 300 522T228 446z", dark);
            c.path("M176 470L214 456L236 540H204zM424 470L386 456L364 540H396z", trim);
            c.path("M190 532H410V600H190z", trim);
            c.circle(220, 550, 10, MARIGOLD.light(30));
            c.circle(380, 550, 10, MARIGOLD.light(30));
        }
        Clothes::Apron => {
            neck(c, p);
            c.path("M250 424L300 484L264 512L220 450zM350 424L300 484L336 512L380 450z", top.light(22));
            c.path("M214 454L240 448L262 540H226zM386 454L360 448L338 540H374z", trim);
            c.path("M206 536Q300 520 394 536V600H206z", trim);
        }
        Clothes::Cardigan => {
            let under = if trim.brightness().abs_diff(top.brightness()) > 40 { trim } else { PAPER };
            c.path("M240 440L276 600H324L360 440z", under);
            neck(c, p);
            c.path("M240 438Q250 500 300 502T360 438L368 444Q356 518 300 520T232 444z", under.shade(10));
            c.path("M236 438L286 600H252L206 470zM364 438L314 600H348L394 470z", top.light(14));
        }
    }
}
