//! `/join/{token}`: what an invitation to a team offers, and accepting it. `/provider/switch`: from one business to
//! another, for people who work for several.

use crate::accounts::session;
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::{Button, ButtonKind, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::kernel::{Error, ProviderId};
use domain::team;
use leptos::prelude::*;
use tower_sessions::Session;

/// Key of the business somebody has switched to; the session store puts it first.
const BUSINESS: &str = "business";

fn head() -> Head {
    Head { title: "An invitation".to_owned(), robots_noindex: true, ..Head::default() }
}

/// `GET /join/{token}`.
///
/// # Errors
/// The database is away.
pub async fn open(page: PageRequest, Path(token): Path<String>) -> Answer {
    let Some(offer) = team::offer(page.ctx(), &token).await? else {
        return Ok(gone(&page));
    };
    let here = format!("/join/{token}");
    let next = percent_encoding::utf8_percent_encode(&here, percent_encoding::NON_ALPHANUMERIC).to_string();
    let act = if page.actor().user.is_some() {
        view! { <form method="post" action=here><Button>{format!("Join {}", offer.business)}</Button></form> }
            .into_any()
    } else {
        view! {
            <div class="row">
                <LinkButton href=format!("/login?next={next}")>"Log in and join"</LinkButton>
                <LinkButton href=format!("/register?next={next}") kind=ButtonKind::Secondary>"Make an account first"</LinkButton>
            </div>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>{format!("Work for {}", offer.business)}</h1>
                <p class="lead">{offer.by}" invites you as " <strong>{offer.role.title()}</strong> ". "{offer.role.about()}</p>
            </div>
            <Notice tone=Tone::Info title="For one address only">
                <p class="break-all">"Join with the account of " <strong>{offer.email}</strong> "."</p>
            </Notice>
            {act}
        </div>
    };
    Ok(page.show(head(), Frame::Focused, body))
}

/// `POST /join/{token}`.
///
/// # Errors
/// Not signed in.
pub async fn accept(page: PageRequest, session: Session, Path(token): Path<String>) -> Answer {
    match team::accept(page.ctx(), page.actor(), &token).await {
        Ok(provider) => {
            session::renew(&session).await?;
            enter(&session, provider).await?;
            Ok(see_other("/provider?said=team-joined"))
        }
        Err(Error::Conflict(_)) => Ok(gone(&page)),
        Err(error) => Err(error.into()),
    }
}

fn gone(page: &PageRequest) -> axum::response::Response {
    let body = view! {
        <div class="page-narrow">
            <h1 class="sr-only">"This invitation does not work"</h1>
            <EmptyState scene=Scene::Door title="This invitation does not work"
                text="It was used, taken back, sent anew, is older than seven days, or is for the account of another address. Whoever invited you can send it again.">
                <LinkButton href="/">"To the front page"</LinkButton>
            </EmptyState>
        </div>
    };
    page.show_with(StatusCode::CONFLICT, head(), Frame::Focused, body)
}

/// `POST /provider/switch`: `business` is one the person works for.
///
/// # Errors
/// Not found for any other.
pub async fn switch(page: PageRequest, session: Session, form: Form) -> Answer {
    page.actor().signed_in()?;
    let provider = form.parsed("business").map(ProviderId).ok_or(Error::NotFound)?;
    if !page.actor().works_for(provider) {
        return Err(Failure(Error::NotFound));
    }
    enter(&session, provider).await?;
    Ok(see_other("/provider"))
}

async fn enter(session: &Session, provider: ProviderId) -> Result<(), Failure> {
    let kept = session.insert(BUSINESS, provider.0.to_string()).await;
    kept.map_err(|error| Failure(Error::Unavailable(error.to_string())))
}
