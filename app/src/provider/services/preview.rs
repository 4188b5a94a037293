//! `/provider/services/{slug}/preview`: the page as it would be, for the business alone.

use super::{PATH, head};
use crate::catalog::preview::parts_of;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{ButtonKind, Icon, LinkButton, Notice, Tone};
use axum::extract::Path;
use domain::catalog::listing::preview;
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
