//! The tree on one page, with buttons that move a category among its siblings.

use super::{PATH, enter, id};
use crate::admin::head;
use crate::forms::Form;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Badge, EmptyState, Glyph, Icon, IconSize, LinkButton, Table, Tone};
use axum::extract::Path;
use domain::catalog::categories::{self, Branch, Towards};
use domain::kernel::{CategoryId, Error};
use leptos::prelude::*;

/// `GET /admin/categories`.
///
/// # Errors
/// Not signed in; not found for those who may not see it.
pub async fn list(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let tree = categories::tree(page.ctx(), page.actor()).await?;
    let rows: Vec<_> = tree.iter().map(|branch| line(branch, ends(branch, &tree))).collect();
    let list = if rows.is_empty() {
        view! {
            <EmptyState title="No categories yet" text="Services stand in categories. Begin with one at the top.">
                <LinkButton href=format!("{PATH}/new")>"Add a category"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Table caption="Categories" quiet=true dense=true stacked=true>
                <thead><tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Address"</th>
                    <th scope="col" class="num">"Services"</th>
                    <th scope="col" class="num">"Fields"</th>
                    <th scope="col">"Order"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    };
    let body = view! {
        <div class="page stack">
            <div class="row justify-between">
                <h1>"Categories"</h1>
                <LinkButton href=format!("{PATH}/new") icon=Icon::PLUS>"Add a category"</LinkButton>
            </div>
            {list}
        </div>
    };
    Ok(page.show(head("Categories"), Frame::Admin, body))
}

/// Whether a category is the first and the last among its siblings.
fn ends(branch: &Branch, tree: &[Branch]) -> (bool, bool) {
    let siblings: Vec<CategoryId> =
        tree.iter().filter(|other| other.parent == branch.parent).map(|other| other.id).collect();
    (siblings.first() == Some(&branch.id), siblings.last() == Some(&branch.id))
}

fn line(branch: &Branch, (first, last): (bool, bool)) -> impl IntoView + use<> {
    let base = format!("{PATH}/{}", branch.id.0);
    let hidden = branch.hidden.then(|| view! { <Badge tone=Tone::Warning icon=Icon::EYE_OFF>"Hidden"</Badge> });
    let name = branch.name.clone();
    let class = if branch.parent.is_some() { "branch whole" } else { "branch branch-top whole" };
    let arrow = |towards: &'static str, icon: Icon, off: bool| {
        let label = format!("Move {name} {towards}");
        view! {
            <button class="btn btn-quiet btn-icon btn-sm" name="towards" value=towards disabled=off>
                <Glyph icon=icon size=IconSize::Small label=label/>
            </button>
        }
    };
    let (up, down) = (arrow("up", Icon::CHEVRON_UP, first), arrow("down", Icon::CHEVRON_DOWN, last));
    view! {
        <tr id=format!("category-{}", branch.id.0)>
            <td class=class><a href=base.clone()>{branch.name.clone()}</a>" "{hidden}</td>
            <td class="muted break-all whole">{branch.slug.clone()}</td>
            <td class="num">{branch.services}<span class="num-unit">" live"</span></td>
            <td class="num">{branch.fields}<span class="num-unit">" fields"</span></td>
            <td>
                <form method="post" action=format!("{base}/shift") class="row flex-nowrap">{up}{down}</form>
            </td>
        </tr>
    }
}

/// `POST /admin/categories/{id}/shift`: `towards` is `up` or `down`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn shift(page: PageRequest, Path(category): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let category = id(&category)?;
    let towards = Towards::parse(form.text("towards")).ok_or(Error::NotFound)?;
    categories::shift(page.ctx(), page.actor(), category, towards).await?;
    Ok(see_other(&format!("{PATH}#category-{}", category.0)))
}
