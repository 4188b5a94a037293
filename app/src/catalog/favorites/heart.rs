//! The heart on a card: a button of one form for the whole page, so that a list of hearts costs little. Pressing it
//! leads back to the same card.

use super::wish;
use crate::forms::Form;
use crate::request::{Answer, PageRequest, local_path, see_other};
use crate::ui::{Button, ButtonKind, ButtonSize, Icon};
use axum::extract::Path;
use domain::catalog::{self, search::Hit};
use domain::kernel::Error;
use leptos::prelude::*;
use tower_sessions::Session;

/// Id of the form that sends all hearts of a page.
pub(crate) const FORM: &str = "hearts";

/// `POST /services/{slug}/favorite`. Visitors log in first; then it is done.
///
/// # Errors
/// Not found; too many.
pub async fn keep(page: PageRequest, session: Session, Path(slug): Path<String>, form: Form) -> Answer {
    let back = local_path(form.raw("back"), "/favorites");
    match catalog::keep(page.ctx(), page.actor(), &slug).await {
        Ok(()) => Ok(see_other(&returned(&back, &slug, "kept"))),
        Err(Error::SignIn) => wish::remember(&page, &session, slug, back).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /services/{slug}/favorite/remove`.
///
/// # Errors
/// Not signed in.
pub async fn let_go(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    catalog::let_go(page.ctx(), page.actor(), &slug).await?;
    let back = local_path(form.raw("back"), "/favorites");
    Ok(see_other(&returned(&back, &slug, "let-go")))
}

/// The page people came from, at the same card, with a word about what was done.
pub(super) fn returned(back: &str, slug: &str, said: &str) -> String {
    let (path, query) = back.split('#').next().unwrap_or_default().split_once('?').unwrap_or((back, ""));
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.retain(|(name, _)| name != "said");
    pairs.push(("said".to_owned(), said.to_owned()));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{}?{query}#{}", path.split('#').next().unwrap_or_default(), mark(slug))
}

/// Id of a service's card on a page.
pub(crate) fn mark(slug: &str) -> String {
    format!("s-{slug}")
}

/// The form of all hearts of a page; the buttons stand on the cards.
pub(crate) fn hearts(page: &PageRequest) -> impl IntoView + use<> {
    view! { <form id=FORM method="post" action="/favorites">{back(page)}</form> }
}

/// Where to send a heart: the address of the deed, and whether the service is kept.
pub(crate) fn button(hit: &Hit) -> (String, bool) {
    let kept = hit.kept;
    (deed(&hit.slug, kept), kept)
}

fn deed(slug: &str, kept: bool) -> String {
    if kept { format!("/services/{slug}/favorite/remove") } else { format!("/services/{slug}/favorite") }
}

/// A heart with words, for the page of a service.
pub(crate) fn large(page: &PageRequest, slug: &str, kept: bool) -> impl IntoView + use<> {
    let words = if kept { "In your favourites" } else { "Keep in favourites" };
    let title = kept.then_some("Press to let it go");
    view! {
        <form class="keep" method="post" action=deed(slug, kept) title=title>
            {back(page)}
            <span class=if kept { "keep-on" } else { "" }>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=Icon::HEART>{words}</Button>
            </span>
        </form>
    }
}

fn back(page: &PageRequest) -> impl IntoView + use<> {
    let back =
        if page.query().is_empty() { page.path().to_owned() } else { format!("{}?{}", page.path(), page.query()) };
    view! { <input type="hidden" name="back" value=back/> }
}

#[cfg(test)]
mod tests {
    use super::returned;

    #[test]
    fn people_come_back_to_the_card_they_pressed() {
        assert_eq!(
            returned("/services?q=tap+%26+sink&said=let-go", "fix", "kept"),
            "/services?q=tap+%26+sink&said=kept#s-fix"
        );
        assert_eq!(returned("/services#s-other", "fix", "kept"), "/services?said=kept#s-fix");
    }
}
