//! What services of a category are asked for: the list on its page, and the form of one field.

use super::{PATH, enter, id};
use crate::admin::head;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Checkbox, Choice, ErrorSummary, Field, Select, TextArea};
use crate::ui::{AskFirst, Breadcrumbs, Button, ButtonKind, Card, Glyph, Icon, IconSize, Link, LinkButton};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::categories::{self, CategoryPage, FieldText, Towards, TypedField};
use domain::catalog::{CategoryField, FieldKind};
use domain::kernel::Error;
use leptos::prelude::*;
use uuid::Uuid;

/// The fields of a category, with their order.
pub(super) fn fields(known: &CategoryPage) -> impl IntoView + use<> {
    let base = format!("{PATH}/{}/fields", known.branch.id.0);
    let last = known.fields.len().saturating_sub(1);
    let items: Vec<_> =
        known.fields.iter().enumerate().map(|(place, field)| line(&base, field, (place == 0, place == last))).collect();
    let list = if items.is_empty() {
        view! { <p class="muted">"Services tell the usual here, and nothing else."</p> }.into_any()
    } else {
        view! { <ol class="stack">{items}</ol> }.into_any()
    };
    view! {
        <Card title="Fields of its own" dense=true>
            <div class="stack">
                {list}
                <LinkButton href=base kind=ButtonKind::Secondary icon=Icon::PLUS>"Add a field"</LinkButton>
            </div>
        </Card>
    }
}

fn line(base: &str, field: &CategoryField, (first, last): (bool, bool)) -> impl IntoView + use<> {
    let unit = if field.unit.is_empty() { String::new() } else { format!(" in {}", field.unit) };
    let required = if field.required { " · required" } else { "" };
    let sought = if field.searchable && field.kind.narrows() { " · searched by" } else { "" };
    let about = format!("{}{unit}{required}{sought} · {} filled in", field.kind.title(), field.used);
    let options = (!field.options.is_empty()).then(|| view! { <p class="muted">{field.options.join(" · ")}</p> });
    let arrow = |towards: &'static str, icon: Icon, off: bool| {
        let label = format!("Move {} {towards}", field.label);
        view! {
            <button class="btn btn-quiet btn-icon btn-sm" name="act" value=towards disabled=off>
                <Glyph icon=icon size=IconSize::Small label=label/>
            </button>
        }
    };
    let (up, down) = (arrow("up", Icon::CHEVRON_UP, first), arrow("down", Icon::CHEVRON_DOWN, last));
    let (base, id) = (base.to_owned(), field.id.to_string());
    let href = format!("{base}?field={id}");
    view! {
        <li class="row justify-between">
            <div>
                <p><a href=href>{field.label.clone()}</a></p>
                <p class="muted">{about}</p>
                {options}
            </div>
            <form method="post" action=base class="row flex-nowrap">
                <input type="hidden" name="field" value=id/>
                {up}{down}
            </form>
        </li>
    }
}

/// `GET /admin/categories/{id}/fields?field=`: the form of one, or of a new one.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn field(page: PageRequest, Path(category): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let known = categories::category(page.ctx(), page.actor(), id(&category)?).await?;
    let state = match page.param("field") {
        None => FormState::with([("searchable", "on")]),
        Some(field) => {
            let field = known.fields.iter().find(|one| one.id.to_string() == field).ok_or(Error::NotFound)?;
            FormState::with([
                ("field", field.id.to_string()),
                ("label", field.label.clone()),
                ("kind", field.kind.name().to_owned()),
                ("unit", field.unit.clone()),
                ("options", field.options.join("\n")),
                ("required", if field.required { "on".to_owned() } else { String::new() }),
                ("searchable", if field.searchable { "on".to_owned() } else { String::new() }),
            ])
        }
    };
    Ok(form_page(&page, StatusCode::OK, &state, &known))
}

/// `POST /admin/categories/{id}/fields`: `act` is `save`, `remove`, `up` or `down`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn save_field(page: PageRequest, Path(category): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let category = id(&category)?;
    let (ctx, actor) = (page.ctx(), page.actor());
    let field: Option<Uuid> = match form.text("field") {
        "" => None,
        field => Some(field.parse().map_err(|_| Error::NotFound)?),
    };
    let version: i32 = form.parsed("version").unwrap_or(0);
    let back = format!("{PATH}/{}?said=saved", category.0);
    if let Some(towards) = Towards::parse(form.text("act")) {
        categories::shift_field(ctx, actor, category, field.ok_or(Error::NotFound)?, towards).await?;
        return Ok(see_other(&back));
    }
    let done = match (form.text("act"), field) {
        ("remove", Some(field)) => categories::remove_field(ctx, actor, (category, version), field).await,
        _ => {
            let typed = TypedField {
                label: form.text("label"),
                kind: form.text("kind"),
                unit: form.text("unit"),
                options: form.text("options"),
                required: form.ticked("required"),
                searchable: form.ticked("searchable"),
            };
            match FieldText::parse(typed) {
                Ok(text) => categories::save_field(ctx, actor, (category, version), field, text).await,
                Err(error) => Err(error),
            }
        }
    };
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(error) => {
            let stale = matches!(error, Error::Conflict(_));
            let state = form.rejected(error)?;
            let known = categories::category(ctx, actor, category).await?;
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(form_page(&page, status, &state, &known))
        }
    }
}

fn form_page(page: &PageRequest, status: StatusCode, state: &FormState, known: &CategoryPage) -> Response {
    let base = format!("{PATH}/{}", known.branch.id.0);
    let field = state.value("field").to_owned();
    let present = known.fields.iter().find(|one| one.id.to_string() == field);
    let title = if present.is_some() { "Change a field" } else { "Add a field" };
    let kinds = FieldKind::ALL.map(|kind| Choice::new(kind.name(), kind.title())).to_vec();
    let trail = vec![Link::new("Categories", PATH), Link::new(known.branch.name.clone(), base.clone())];
    let remove = present.map(|one| {
        let words = match one.used {
            0 => "Remove this field".to_owned(),
            1 => "Remove this field and what one service says".to_owned(),
            many => format!("Remove this field and what {many} services say"),
        };
        view! {
            <AskFirst label="Remove this field" text="The field and all answers to it are gone at once.">
                <Button kind=ButtonKind::Danger name="act" value="remove">{words}</Button>
            </AskFirst>
        }
    });
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here=title/>
            <h1>{title}</h1>
            <form class="form" method="post" action=format!("{base}/fields") novalidate=true>
                <ErrorSummary form=state/>
                <input type="hidden" name="version" value=known.branch.version.to_string()/>
                <input type="hidden" name="field" value=field/>
                <Field form=state name="label" label="What is asked" required=true maxlength=80/>
                <Select form=state name="kind" label="Kind" options=kinds required=true/>
                <Field form=state name="unit" label="Unit" optional=true maxlength=20 hint="Of a number: m², years, people."/>
                <TextArea form=state name="options" label="Choices" optional=true rows=4 hint="Of one of several: one a line."/>
                <Checkbox form=state name="required" label="Has to be filled in"/>
                <Checkbox form=state name="searchable" label="Can be searched by" hint="Customers narrow lists by it. Of one of several, and of yes or no."/>
                <div class="row">
                    <Button name="act" value="save">"Save"</Button>
                    <LinkButton href=base.clone() kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
                {remove}
            </form>
        </div>
    };
    page.show_with(status, head(title), Frame::Admin, body)
}
