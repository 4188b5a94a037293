//! What all pages of a running marketplace share.

use crate::layout::AssetPaths;
use domain::kernel::Context;
use std::sync::Arc;

/// The state of the router: cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// Database, clock, chance.
    pub ctx: Context,
    /// Addresses of style sheet and scripts, which change with their content.
    pub assets: Arc<AssetPaths>,
    /// `https://example.org`, without a slash at the end: for canonical links and cards.
    pub public_url: Arc<str>,
    /// Whether pages for developers are served (`/kit`).
    pub development: bool,
}
