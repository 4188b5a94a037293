//! What people read when something did not work: what happened, what to do now, and the number to tell us.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::ui::{ButtonKind, Drawing, LinkButton, Scene};

struct Words {
    title: &'static str,
    text: &'static str,
    scene: Scene,
    /// The way on: words and address; an empty address is the same page again.
    on: (&'static str, &'static str),
}

/// `outrun`: somebody else was faster.
const fn words(status: StatusCode, outrun: bool) -> Words {
    match status.as_u16() {
        400 | 422 => Words {
            title: "Something in there needs another look",
            text: "We could not read everything that was sent. Go back one page: what you typed is usually still there.",
            scene: Scene::Form,
            on: ("Open the page again", ""),
        },
        401 => Words {
            title: "Please log in first",
            text: "This page is yours alone, so we need to know it is you.",
            scene: Scene::Door,
            on: ("Log in", "/login"),
        },
        403 => Words {
            title: "This door is not yours to open",
            text: "It belongs to somebody else. If you have a second account, it may open with that one.",
            scene: Scene::Door,
            on: ("Your bookings", "/bookings"),
        },
        404 | 410 => Words {
            title: "There is nothing at this address",
            text: "It may have moved, or a letter went missing on the way. The services are where they always are.",
            scene: Scene::Signpost,
            on: ("Find services", "/services"),
        },
        405 => Words {
            title: "This page does not work that way",
            text: "It was asked for something it cannot do, often after reloading a form. Open it afresh.",
            scene: Scene::Signpost,
            on: ("Open the page again", ""),
        },
        408 => Words {
            title: "That took too long",
            text: "The connection was slow and we stopped waiting. Nothing was changed. Please try once more.",
            scene: Scene::Tea,
            on: ("Try again", ""),
        },
        409 if !outrun => Words {
            title: "That is not possible now",
            text: "Things stand in a way that does not allow it. Open the page again to see how.",
            scene: Scene::Signpost,
            on: ("See how it stands now", ""),
        },
        409 => Words {
            title: "Someone was a moment faster",
            text: "This changed while you were looking at it. Open it again to see how it stands now.",
            scene: Scene::Taken,
            on: ("See how it stands now", ""),
        },
        413 | 431 => Words {
            title: "That is too big for our letterbox",
            text: "Send smaller pictures or shorter texts, and it will fit.",
            scene: Scene::Parcel,
            on: ("Back to the page", ""),
        },
        415 => Words {
            title: "We cannot read that kind of file",
            text: "Pictures can be JPEG, PNG or WebP.",
            scene: Scene::Parcel,
            on: ("Back to the page", ""),
        },
        429 => Words {
            title: "One moment, please",
            text: "That was a lot in a short time, so we slow down to stay fair to everyone. Put the kettle on and try again in a minute.",
            scene: Scene::Tea,
            on: ("Try again", ""),
        },
        503 => Words {
            title: "Back in a moment",
            text: "We are tidying up, or very busy. Nothing you booked is lost. Please try again in a minute.",
            scene: Scene::Shutters,
            on: ("Try again", ""),
        },
        _ => Words {
            title: "Something broke on our side",
            text: "It is not your doing. We have written it down and will look at it. Your bookings are safe.",
            scene: Scene::Pipe,
            on: ("Try again", ""),
        },
    }
}

/// Title and body of the page for a failed request; `outrun` says that somebody else was faster. `said` are better words than the status has;
/// `request` is the number people can tell us; `path` is the page they wanted.
pub fn error_body(
    (status, outrun): (StatusCode, bool),
    said: Option<&str>,
    request: &str,
    path: &str,
) -> (String, impl IntoView + use<>) {
    let words = words(status, outrun);
    let text = said.map_or_else(|| words.text.to_owned(), str::to_owned);
    let (on, to) = words.on;
    let to = if to.is_empty() { path.to_owned() } else { to.to_owned() };
    let body = view! {
        <div class="failure">
            <Drawing scene=words.scene/>
            <h1>{words.title}</h1>
            <p class="lead">{text}</p>
            <p class="row row-centre">
                <LinkButton href=to>{on}</LinkButton>
                <LinkButton href="/" kind=ButtonKind::Secondary>"Front page"</LinkButton>
            </p>
            <p class="failure-id">
                "If you write to us, mention " <code>{request.to_owned()}</code>" ("{status.as_u16()}")"
            </p>
        </div>
    };
    (words.title.to_owned(), body)
}
