//! The part of the form that depends on the category: what its services say beside the usual. After another category was
//! chosen a button shows its fields; what was typed for the one before is kept in the form, should somebody go back.

use crate::forms::FormState;
use crate::ui::fields::{Choice, Field, FieldKind as Input, Select};
use crate::ui::{Button, ButtonKind, Icon};
use domain::catalog::listing::{Edited, told_field};
use domain::catalog::{CategoryField, FieldKind, Shelves};
use domain::kernel::CategoryId;
use leptos::prelude::*;

/// The category the form shows now.
pub(super) fn standing(state: &FormState, service: &Edited) -> CategoryId {
    state.value("category").parse().map_or(service.listing().category, CategoryId)
}

/// The fields of a category; nothing where no category asks anything.
pub(super) fn details(state: &FormState, category: CategoryId, shelves: &Shelves) -> Option<AnyView> {
    shelves.fields().next()?;
    let asked = shelves.asked(category);
    let fields = asked.iter().map(|field| one(state, field)).collect::<Vec<_>>();
    let elsewhere = shelves.fields().filter(|field| !asked.iter().any(|shown| shown.id == field.id));
    let kept = elsewhere.map(|field| told_field(field.id)).filter(|name| !state.value(name).is_empty());
    let kept = kept
        .map(|name| {
            let value = state.value(&name).to_owned();
            view! { <input type="hidden" name=name value=value/> }
        })
        .collect::<Vec<_>>();
    let fields = (!fields.is_empty()).then(|| {
        view! {
            <fieldset class="details">
                <legend class="field-label">"What services of this category say"</legend>
                <div class="form">{fields}</div>
            </fieldset>
        }
    });
    Some(
        view! {
            <div>
                <Button kind=ButtonKind::Secondary name="act" value="refresh" icon=Icon::ROTATE_CCW>
                    "Show its fields"<span class="sr-only">" after choosing another category"</span>
                </Button>
            </div>
            {kept}
            {fields}
        }
        .into_any(),
    )
}

fn one(state: &FormState, field: &CategoryField) -> AnyView {
    let (name, label) = (told_field(field.id), field.label.clone());
    let (required, optional) = (field.required, !field.required);
    let choose = |options: Vec<Choice>| {
        let empty = if required { "Choose one" } else { "Not said" };
        let (name, label) = (name.clone(), label.clone());
        view! { <Select form=state name=name label=label options=options empty=empty required=required optional=optional/> }
            .into_any()
    };
    match field.kind {
        FieldKind::YesNo => choose(vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]),
        FieldKind::Choice => choose(field.options.iter().map(|one| Choice::new(one, one)).collect()),
        FieldKind::Number => {
            let unit = field.unit.clone();
            view! { <Field form=state name=name label=label kind=Input::Amount suffix=unit required=required optional=optional maxlength=12/> }
                .into_any()
        }
        FieldKind::Text => {
            view! { <Field form=state name=name label=label required=required optional=optional maxlength=200/> }
                .into_any()
        }
    }
}
