//! Small scenes in the house style: flat shapes, the palette, a tool or a room. Colours follow light and dark.

use leptos::prelude::*;

mod scenes;

/// What a scene tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// Looking and not finding.
    #[default]
    Search,
    /// An empty calendar.
    Calendar,
    /// No post.
    Letterbox,
    /// No reviews yet.
    Reviews,
    /// Nothing on the shelf.
    Shelf,
    /// A signpost: no such page.
    Signpost,
    /// A closed door: not for you.
    Door,
    /// Two wanted the same: just taken.
    Taken,
    /// A parcel too big for the slot.
    Parcel,
    /// Tea while waiting: too fast.
    Tea,
    /// A burst pipe: our fault.
    Pipe,
    /// The shop's shutters: back soon.
    Shutters,
    /// A form with a pencil.
    Form,
    /// A promise: the time is yours alone.
    OneTime,
    /// A promise: money held.
    Held,
    /// A promise: on record.
    Record,
}

/// A scene, 200 by 150, decoration only.
#[component]
pub fn Drawing(#[prop(optional)] scene: Scene) -> impl IntoView {
    view! { <svg class="drawing" viewBox="0 0 200 150" aria-hidden="true" inner_html=scenes::shapes(scene)></svg> }
}
