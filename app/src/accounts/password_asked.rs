//! The form of what asks for the password once more: whoever sits before a browser that was left open stops here.

use crate::forms::FormState;
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, LinkButton};
use leptos::prelude::*;

/// The form: `act` is how it looks and what it says, `back` where to and the words of the way out.
pub(super) fn password_form(
    state: &FormState,
    action: String,
    act: (ButtonKind, &'static str),
    back: (&'static str, &'static str),
) -> impl IntoView + use<> {
    let (kind, words) = act;
    let (href, keep) = back;
    view! {
        <form class="form" method="post" action=action novalidate=true>
            <ErrorSummary form=state/>
            <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                autocomplete="current-password"/>
            <div class="row">
                <Button kind=kind>{words}</Button>
                <LinkButton href=href kind=ButtonKind::Quiet>{keep}</LinkButton>
            </div>
        </form>
    }
}
