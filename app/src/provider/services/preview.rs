//! `/provider/services/{slug}/preview`: the page as it would be, for the business alone: with the text that was saved, and
//! beside the form with what is typed.

use super::{PATH, head};
use crate::catalog::preview::parts_of;
use crate::forms::Form;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{ButtonKind, Icon, LinkButton, Notice, Tone};
use axum::extract::Path;
use axum::response::Response;
use domain::catalog::listing::{Typed, preview, preview_typed};
use leptos::prelude::*;

/// `GET /provider/services/{slug}/preview`.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let shown = preview(page.ctx(), page.actor(), &slug).await?;
    let back = format!("{PATH}/{}", shown.slug);
    let title = format!("Preview: {}", shown.priced.title);
    let body = view! {
        <div class="page stack">
            <Notice tone=Tone::Info title="Only you see this">
                <div class="stack">
                    <p>"This is how the page looks with the text you last saved."</p>
                    <div><LinkButton href=back kind=ButtonKind::Secondary icon=Icon::ARROW_LEFT>"Back to the text"</LinkButton></div>
                </div>
            </Notice>
            {parts_of(&shown)}
        </div>
    };
    Ok(page.show(head(title), Frame::Provider, body))
}

/// `POST /provider/services/{slug}/preview`: the parts of the page, made of the form as it is typed just now.
///
/// # Errors
/// Not signed in; not found, also for members who do not manage.
pub async fn typed(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    let shown = preview_typed(page.ctx(), page.actor(), &slug, &Typed(form.kept())).await?;
    Ok::<Response, _>(page.fragment(parts_of(&shown)))
}
