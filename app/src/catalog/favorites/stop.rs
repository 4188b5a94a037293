//! `/letters/stop/{token}`: the way out of letters about new services, without logging in. Looking changes nothing, because
//! mail programs look at links by themselves; the button, or one POST of the mail program (RFC 8058), does it.

use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{Button, ConfirmPage, LinkButton, Tone};
use axum::extract::Path;
use domain::catalog::saved::stop_alerts;
use leptos::prelude::*;

/// `GET /letters/stop/{token}`: asks.
///
/// # Errors
/// None of its own.
pub async fn ask(page: PageRequest) -> Answer {
    let action = page.path().to_owned();
    let body = view! {
        <div class="page-narrow">
            <ConfirmPage title="Stop letters about new services?" tone=Tone::Info
                text="Your saved searches stay. You can turn letters on again under your favourites.">
                <form method="post" action=action><Button>"Stop these letters"</Button></form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head(), Frame::Public, body))
}

/// `POST /letters/stop/{token}`: does it. Answers with a page and leads nowhere: mail programs follow no redirects.
///
/// # Errors
/// Not found: the word is not one of ours.
pub async fn stop(page: PageRequest, Path(word): Path<String>) -> Answer {
    stop_alerts(page.ctx(), page.actor(), &word).await?;
    let body = view! {
        <div class="page-narrow">
            <ConfirmPage title="Stopped" tone=Tone::Success text="You get no more letters about new services.">
                <LinkButton href="/favorites?show=searches">"Your searches"</LinkButton>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head(), Frame::Public, body))
}

fn head() -> Head {
    Head { title: "Letters".to_owned(), robots_noindex: true, ..Head::default() }
}
