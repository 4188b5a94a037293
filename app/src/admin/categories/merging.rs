//! Making a category part of another one: asks first, and says what moves.

use super::{PATH, enter, id, path};
use crate::admin::head;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Select};
use crate::ui::{Breadcrumbs, Button, ButtonKind, ConfirmPage, Link, LinkButton, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::categories::{self, CategoryPage};
use domain::kernel::{CategoryId, Error};
use leptos::prelude::*;

/// `GET /admin/categories/{id}/merge`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn ask_merge(page: PageRequest, Path(category): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let known = categories::category(page.ctx(), page.actor(), id(&category)?).await?;
    Ok(ask(&page, StatusCode::OK, &FormState::default(), &known))
}

/// `POST /admin/categories/{id}/merge`: `into` is the other one.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn merge(page: PageRequest, Path(category): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let category = id(&category)?;
    let (version, into) = (form.parsed("version").unwrap_or(0), form.parsed("into").map(CategoryId));
    match categories::merge(page.ctx(), page.actor(), category, version, into).await {
        Ok(_) => {
            let into = into.unwrap_or(category);
            Ok(see_other(&format!("{PATH}/{}?said=category-merged", into.0)))
        }
        Err(error) => {
            let stale = matches!(error, Error::Conflict(_));
            let state = form.rejected(error)?;
            let known = categories::category(page.ctx(), page.actor(), category).await?;
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(ask(&page, status, &state, &known))
        }
    }
}

fn ask(page: &PageRequest, status: StatusCode, state: &FormState, known: &CategoryPage) -> Response {
    let branch = &known.branch;
    let base = format!("{PATH}/{}", branch.id.0);
    let branches = known.tree.iter().filter(|other| other.parent == Some(branch.id)).count();
    let others = known.tree.iter().filter(|other| other.id != branch.id && (branches == 0 || other.parent.is_none()));
    let options = others.map(|other| Choice::new(other.id.0.to_string(), path(other, &known.tree))).collect::<Vec<_>>();
    let moves = match branches {
        0 => format!("All its services move there; on show now: {}.", branch.services),
        1 => format!("Its branch and all services move there; on show now: {}.", branch.services),
        _ => format!("Its {branches} branches and all services move there; on show now: {}.", branch.services),
    };
    let text = format!("{moves} Its fields go along, and its address leads to the other one. It cannot be undone.");
    let title = format!("Merge {} into another category?", branch.name);
    let trail = vec![Link::new("Categories", PATH), Link::new(branch.name.clone(), base.clone())];
    let action = format!("{base}/merge");
    let form = view! {
        <form class="form" method="post" action=action novalidate=true>
            <ErrorSummary form=state/>
            <input type="hidden" name="version" value=branch.version.to_string()/>
            <Select form=state name="into" label="Into" options=options empty="Choose a category" required=true/>
            <div class="row">
                <Button kind=ButtonKind::Danger>"Merge"</Button>
                <LinkButton href=base kind=ButtonKind::Quiet>"Back"</LinkButton>
            </div>
        </form>
    }
    .into_any();
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Merge"/>
            <ConfirmPage title=title.clone() text=text tone=Tone::Danger>
                {form}
            </ConfirmPage>
        </div>
    };
    page.show_with(status, head(title), Frame::Admin, body)
}
