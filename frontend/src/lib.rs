//! What the browser runs: the islands of `app`, started by `style/boot.js`.

// Nothing here names an island; without this line the linker would leave them all out.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the page for its islands. The boot script calls this once, then starts each island by name.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
