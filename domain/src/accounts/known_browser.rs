//! Browsers people have signed in with before: those have allowances of their own, which strangers cannot use up.

use super::log_in::device_hash;
use super::store::devices;
use crate::kernel::{Context, Error};

/// Whether the account of an address has been signed in to with the browser that was given this secret. What is typed as
/// the address is read as signing in reads it.
///
/// # Errors
/// The database is away.
pub async fn knows_browser(ctx: &Context, typed: &str, device: &str) -> Result<bool, Error> {
    devices::known_at(&ctx.pool, &typed.trim().to_ascii_lowercase(), &device_hash(device)).await
}
