//! `/provider/documents`: what a business has shown, and when it ends. And the pictures of documents, for the few who
//! may see them.

use super::apply::{add_shown, document_cards, document_form, shown_id};
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{EmptyState, Notice, Scene, Tone};
use axum::extract::{FromRequest, Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::kernel::{DocumentId, Error};
use domain::onboarding::{self, DocumentKind, Papers, papers_of_business, today_of};
use leptos::prelude::*;

/// Widths a picture of a document is kept in.
const WIDTHS: [u32; 3] = [320, 800, 1600];

/// `GET /provider/documents`.
///
/// # Errors
/// Not signed in; not found for those who do not run a business.
pub async fn show(page: PageRequest) -> Answer {
    answer(&page, StatusCode::OK, &FormState::default()).await
}

/// `POST /provider/documents`: shows a new one.
///
/// # Errors
/// Not signed in; not found for those who do not run a business.
pub async fn add(page: PageRequest, request: Request) -> Answer {
    papers_of_business(page.ctx(), page.actor()).await?;
    let form = match Form::from_request(request, &()).await {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    match add_shown(&page, &form).await {
        Ok(()) => Ok(see_other("/provider/documents?said=document-sent")),
        Err(error) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            answer(&page, status, &form.rejected(error)?).await
        }
    }
}

/// `POST /provider/documents/remove`.
///
/// # Errors
/// Not signed in; not theirs, or accepted already.
pub async fn remove(page: PageRequest, form: Form) -> Answer {
    papers_of_business(page.ctx(), page.actor()).await?;
    onboarding::remove_document(page.ctx(), page.actor(), shown_id(&form)?).await?;
    Ok(see_other("/provider/documents"))
}

async fn answer(page: &PageRequest, status: StatusCode, form: &FormState) -> Answer {
    let papers = papers_of_business(page.ctx(), page.actor()).await?;
    let list = match &papers.application {
        Some(application) => {
            let today = today_of(page.ctx(), &application.told);
            let missing = application.missing_documents(today);
            let first = missing.first().copied().unwrap_or(DocumentKind::Identity);
            view! {
                {document_cards(&application.documents, today, Some("/provider/documents/remove"))}
                {document_form(form, "/provider/documents", first)}
            }
            .into_any()
        }
        None => view! {
            <EmptyState scene=Scene::Held title="Nothing to show"
                text="Your business is from before we asked for documents. When we need one, we write to you."/>
        }
        .into_any(),
    };
    let head = Head { title: "Documents".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Documents"</h1>
                <p class="lead">"Only you and those who check them see these. We remind you 30 and 7 days before one ends."</p>
            </div>
            {hidden(&papers)}
            {list}
        </div>
    };
    Ok(page.show_with(status, head, Frame::Provider, body))
}

/// Says that the business is hidden, and why.
fn hidden(papers: &Papers) -> impl IntoView + use<> {
    let suspended = papers.suspended.clone().map(|reason| {
        view! {
            <Notice tone=Tone::Danger title="Your business is suspended">
                <p>"Your services are not shown and cannot be booked. What is booked already stays. This is why:"</p>
                <p class="whitespace-pre-line wrap-anywhere">{reason}</p>
            </Notice>
        }
    });
    let over = papers.over.then(|| {
        view! {
            <Notice tone=Tone::Warning title="A document is over">
                <p>"Your services are hidden until we have accepted a new one. Add it below: we look at it within a working day."</p>
            </Notice>
        }
    });
    view! { {suspended} {over} }
}

/// `GET /documents/{id}?width=`: the picture, never kept by anybody on the way.
///
/// # Errors
/// Not signed in; not found for everybody but the applicant, those who run the business, and those who check.
pub async fn picture(page: PageRequest, Path(id): Path<String>) -> Answer {
    let id = id.parse().map(DocumentId).map_err(|_| Error::NotFound)?;
    let wanted = page.param("width").and_then(|width| width.parse().ok());
    let width = wanted.filter(|width| WIDTHS.contains(width)).unwrap_or(WIDTHS[1]);
    let picture = onboarding::document_picture(page.ctx(), page.actor(), id, width).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((headers, picture).into_response())
}
