//! What stands behind the link of an invitation, to a team or to the back office: what it offers, whom it is for, the
//! ways to accept it, and what people read whose link does not work.

use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{Button, ButtonKind, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::http::StatusCode;
use leptos::prelude::*;

/// An invitation in words.
pub(crate) struct Invited {
    /// Its own address.
    pub here: String,
    /// "Work for Berlin Plumbing".
    pub title: String,
    /// Who invites, and as what.
    pub lead: AnyView,
    /// The address it is for.
    pub email: String,
    /// Whether that is the address of whoever looks at it.
    pub own: bool,
    /// What accepting is called: the button, the same for somebody who logs in first, and at the head of a sentence.
    pub accept: (String, &'static str, &'static str),
}

/// The page of an invitation that stands.
pub(crate) fn invited(page: &PageRequest, invited: Invited) -> Answer {
    let Invited { here, title, lead, email, own, accept: (button, log_in, verb) } = invited;
    let next = percent_encoding::utf8_percent_encode(&here, percent_encoding::NON_ALPHANUMERIC).to_string();
    let act = if page.actor().user.is_some() && !own {
        return Ok(page.show(head(), Frame::Focused, elsewhere(here, title, &email, log_in)));
    } else if own {
        view! { <form method="post" action=here><Button>{button}</Button></form> }.into_any()
    } else {
        view! {
            <div class="row">
                <LinkButton href=format!("/login?next={next}")>{log_in}</LinkButton>
                <LinkButton href=format!("/register?next={next}") kind=ButtonKind::Secondary>"Make an account first"</LinkButton>
            </div>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
            <Notice tone=Tone::Info title="For one address only">
                <p class="break-all">{verb}" with the account of " <strong>{email}</strong> "."</p>
            </Notice>
            {act}
        </div>
    };
    Ok(page.show(head(), Frame::Focused, body))
}

/// What somebody reads who is logged in with another address than the one it is for.
fn elsewhere(here: String, title: String, email: &str, log_in: &'static str) -> impl IntoView + use<> {
    let whose = masked(email);
    view! {
        <div class="page-narrow stack">
            <h1>{title}</h1>
            <Notice tone=Tone::Warning title="This invitation is for another account">
                <p>"It went to " <strong>{whose}</strong> ", and you are logged in with another address. If that one is yours as well, log out here and log in with it; you come back to this page."</p>
            </Notice>
            <form method="post" action="/logout" class="row">
                <input type="hidden" name="next" value=here/>
                <Button>"Log out, then: "{log_in}</Button>
                <LinkButton href="/" kind=ButtonKind::Quiet>"Stay logged in"</LinkButton>
            </form>
        </div>
    }
}

/// Enough of an address to know one's own: "a…@example.com".
fn masked(email: &str) -> String {
    let (name, place) = email.split_once('@').unwrap_or((email, ""));
    format!("{}…@{place}", name.chars().take(1).collect::<String>())
}

/// The page of a link that does not work; `why` are all the reasons there can be.
pub(crate) fn gone(page: &PageRequest, why: &'static str) -> Answer {
    let body = view! {
        <div class="page-narrow">
            <h1 class="sr-only">"This invitation does not work"</h1>
            <EmptyState scene=Scene::Door title="This invitation does not work" text=why>
                <LinkButton href="/">"To the front page"</LinkButton>
            </EmptyState>
        </div>
    };
    Ok(page.show_with(StatusCode::CONFLICT, head(), Frame::Focused, body))
}

fn head() -> Head {
    Head { title: "An invitation".to_owned(), robots_noindex: true, ..Head::default() }
}
