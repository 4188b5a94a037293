//! Adding a category, and one category with everything that can be changed.

use super::fields::fields;
use super::{PATH, enter, id, path};
use crate::admin::head;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Checkbox, Choice, ErrorSummary, Field, Select, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, SummaryItem, SummaryList, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::categories::{self, Branch, CategoryPage, CategoryText, TINTS, TypedCategory};
use domain::kernel::Error;
use leptos::prelude::*;

fn typed(form: &Form) -> Result<CategoryText, Error> {
    CategoryText::parse(TypedCategory {
        name: form.text("name"),
        slug: form.text("slug"),
        parent: form.text("parent"),
        blurb: form.text("blurb"),
        keywords: form.text("keywords"),
        tint: form.text("tint"),
        picture: form.text("picture"),
        hidden: form.ticked("hidden"),
    })
}

/// `GET /admin/categories/new`.
///
/// # Errors
/// Not signed in; not found for those who may not.
pub async fn ask_add(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let tree = categories::tree(page.ctx(), page.actor()).await?;
    Ok(add_page(&page, StatusCode::OK, &FormState::default(), &tree))
}

/// `POST /admin/categories/new`.
///
/// # Errors
/// Not signed in; not found for those who may not.
pub async fn add(page: PageRequest, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let done = match typed(&form) {
        Ok(text) => categories::add(page.ctx(), page.actor(), text).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(category) => Ok(see_other(&format!("{PATH}/{}?said=saved", category.0))),
        Err(error) => {
            let state = form.rejected(error)?;
            let tree = categories::tree(page.ctx(), page.actor()).await?;
            Ok(add_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &state, &tree))
        }
    }
}

fn add_page(page: &PageRequest, status: StatusCode, state: &FormState, tree: &[Branch]) -> Response {
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Categories", PATH)] here="Add a category"/>
            <h1>"Add a category"</h1>
            <form class="form" method="post" action=format!("{PATH}/new") novalidate=true>
                <ErrorSummary form=state/>
                {inputs(state, None, tree)}
                <div class="row">
                    <Button>"Add the category"</Button>
                    <LinkButton href=PATH kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head("Add a category"), Frame::Admin, body)
}

/// `GET /admin/categories/{id}`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn show(page: PageRequest, Path(category): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let known = categories::category(page.ctx(), page.actor(), id(&category)?).await?;
    Ok(answer(&page, StatusCode::OK, &filled(&known), &known))
}

/// `POST /admin/categories/{id}`: with the `version` the form was made from.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn change(page: PageRequest, Path(category): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page)? {
        return Ok(elsewhere);
    }
    let category = id(&category)?;
    let version: i32 = form.parsed("version").unwrap_or(0);
    let done = match typed(&form) {
        Ok(text) => categories::change(page.ctx(), page.actor(), category, version, text).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{PATH}/{}?said=saved", category.0))),
        Err(error) => {
            let stale = matches!(error, Error::Conflict(_));
            let state = form.rejected(error)?;
            let known = categories::category(page.ctx(), page.actor(), category).await?;
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(answer(&page, status, &state, &known))
        }
    }
}

fn filled(known: &CategoryPage) -> FormState {
    FormState::with([
        ("name", known.branch.name.clone()),
        ("slug", known.branch.slug.clone()),
        ("parent", known.branch.parent.map(|parent| parent.0.to_string()).unwrap_or_default()),
        ("blurb", known.blurb.clone()),
        ("keywords", known.keywords.clone()),
        ("tint", known.tint.clone()),
        ("picture", known.picture.clone().unwrap_or_default()),
        ("hidden", if known.branch.hidden { "on".to_owned() } else { String::new() }),
    ])
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, known: &CategoryPage) -> Response {
    let branch = &known.branch;
    let base = format!("{PATH}/{}", branch.id.0);
    let now = (status == StatusCode::CONFLICT).then(|| as_it_is(known));
    let merge = format!("{base}/merge");
    let former = (!known.former.is_empty()).then(
        || view! { <p class="muted">{format!("Former addresses that lead here: {}", known.former.join(", "))}</p> },
    );
    let counted = match branch.services {
        1 => "1 live service".to_owned(),
        many => format!("{many} live services"),
    };
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=vec![Link::new("Categories", PATH)] here=branch.name.clone()/>
            <div class="row justify-between">
                <div><h1>{branch.name.clone()}</h1><p class="muted">{counted}</p></div>
                <LinkButton href=format!("/categories/{}", branch.slug) kind=ButtonKind::Quiet>"See it as customers do"</LinkButton>
            </div>
            {now}
            <div class="with-side">
                <form class="form" method="post" action=base.clone() novalidate=true>
                    <ErrorSummary form=state/>
                    <input type="hidden" name="version" value=branch.version.to_string()/>
                    {inputs(state, Some(known), &known.tree)}
                    {former}
                    <div class="row"><Button>"Save"</Button></div>
                </form>
                <aside class="stack">
                    {fields(known)}
                    <Card title="Not needed any more?" dense=true>
                        <div class="stack">
                            <p>"Make it part of another category: its services move there, its address leads there."</p>
                            <LinkButton href=merge kind=ButtonKind::Secondary>"Merge into another"</LinkButton>
                        </div>
                    </Card>
                </aside>
            </div>
        </div>
    };
    page.show_with(status, head(branch.name.clone()), Frame::Admin, body)
}

/// What somebody else has saved meanwhile.
fn as_it_is(known: &CategoryPage) -> impl IntoView + use<> {
    let (name, slug) = (path(&known.branch, &known.tree), known.branch.slug.clone());
    let (blurb, keywords, tint) = (known.blurb.clone(), known.keywords.clone(), hue(&known.tint));
    let shown = if known.branch.hidden { "No" } else { "Yes" };
    view! {
        <Notice tone=Tone::Warning title="How it is now">
            <SummaryList>
                <SummaryItem label="Name">{name}</SummaryItem>
                <SummaryItem label="Address">{slug}</SummaryItem>
                <SummaryItem label="In a sentence">{blurb}</SummaryItem>
                <SummaryItem label="Other words">{keywords}</SummaryItem>
                <SummaryItem label="Colour">{tint}</SummaryItem>
                <SummaryItem label="Shown">{shown}</SummaryItem>
            </SummaryList>
        </Notice>
    }
}

/// The words of a colour, which is called after the first category that had it.
fn hue(tint: &str) -> String {
    let mut letters = tint.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("As {first}{}", letters.as_str())
}

fn inputs(form: &FormState, known: Option<&CategoryPage>, tree: &[Branch]) -> impl IntoView + use<> {
    let own = known.map(|known| known.branch.id);
    let tops = tree.iter().filter(|branch| branch.parent.is_none() && Some(branch.id) != own);
    let parents = tops.map(|branch| Choice::new(branch.id.0.to_string(), branch.name.clone())).collect::<Vec<_>>();
    let tints = TINTS.map(|tint| Choice::new(tint, hue(tint))).to_vec();
    let pictures = known.map(|known| pictures(form, known));
    view! {
        <Field form=form name="name" label="Name" required=true maxlength=60/>
        <Field form=form name="slug" label="Address" optional=true maxlength=60 prefix="/categories/"
            hint="Small letters, digits, hyphens. Kept when the name changes; with another one, the former leads here."/>
        <Select form=form name="parent" label="Part of" options=parents empty="Nothing: it stands at the top"/>
        <TextArea form=form name="blurb" label="In a sentence" optional=true rows=2 maxlength=200/>
        <TextArea form=form name="keywords" label="Other words people use" optional=true rows=2 maxlength=500
            hint="Found by search, shown nowhere: plumber leak tap"/>
        <Select form=form name="tint" label="Colour" options=tints value="cleaning" required=true/>
        {pictures}
        <Checkbox form=form name="hidden" label="Hide it" hint="Not on the front page, in suggestions or the site map. Its services can still be found and booked."/>
    }
}

/// The pictures there are, to choose from.
fn pictures(form: &FormState, known: &CategoryPage) -> impl IntoView + use<> {
    let picked = form.value("picture").to_owned();
    let items: Vec<_> = known
        .pictures
        .iter()
        .enumerate()
        .map(|(number, key)| {
            let src = format!("/pictures/{key}-400.jpg");
            view! {
                <label class="pick">
                    <input type="radio" name="picture" value=key.clone() checked=*key == picked/>
                    <img src=src width="400" height="300" loading="lazy" alt=format!("Picture {}", number + 1)/>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend class="field-label">"Picture"</legend>
            <div class="picks">
                <label class="pick pick-none">
                    <input type="radio" name="picture" value="" checked=picked.is_empty()/>
                    <span>"None"</span>
                </label>
                {items}
            </div>
        </fieldset>
    }
}
