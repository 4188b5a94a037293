//! The shapes of each scene. Class names carry the colours (see `style/drawings.css`).

use super::Scene;

/// What stands inside the `<svg>` of a scene.
pub(super) const fn shapes(scene: Scene) -> &'static str {
    match scene {
        Scene::Search | Scene::Calendar => "",
        _ => "<g></g>",
    }
}
