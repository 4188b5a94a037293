//! `/join/{token}`: what an invitation to a team offers, and accepting it. `/provider/switch`: from one business to
//! another, for people who work for several.

use crate::accounts::invited::{Invited, gone, invited};
use crate::accounts::session;
use crate::forms::Form;
use crate::request::{Answer, Failure, PageRequest, see_other};
use axum::extract::Path;
use domain::accounts;
use domain::kernel::{Error, ProviderId};
use domain::team;
use leptos::prelude::*;
use tower_sessions::Session;

/// Key of the business somebody has switched to; the session store puts it first.
const BUSINESS: &str = "business";

const GONE: &str = "It was used, taken back, sent anew, is older than seven days, or is for the account of another address. \
    Whoever invited you can send it again.";

/// `GET /join/{token}`.
///
/// # Errors
/// The database is away.
pub async fn open(page: PageRequest, Path(token): Path<String>) -> Answer {
    let Some(offer) = team::offer(page.ctx(), &token).await? else {
        return gone(&page, GONE);
    };
    let lead = view! { {offer.by}" invites you as " <strong>{offer.role.title()}</strong> ". "{offer.role.about()} };
    let own = accounts::is_own_address(page.ctx(), page.actor(), &offer.email).await?;
    let offered = Invited {
        here: format!("/join/{token}"),
        title: format!("Work for {}", offer.business),
        lead: lead.into_any(),
        email: offer.email,
        own,
        accept: (format!("Join {}", offer.business), "Log in and join", "Join"),
    };
    invited(&page, offered)
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
        Err(Error::Conflict(_)) => gone(&page, GONE),
        Err(error) => Err(error.into()),
    }
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
