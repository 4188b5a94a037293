//! Sweeping out what has no more use.

use super::{api_keys, phone, privacy, second_factor, store};
use crate::kernel::{Context, Error};
use jiff::SignedDuration;

/// How long the history of signing in goes back.
pub(super) const SIGN_INS: SignedDuration = SignedDuration::from_hours(365 * 24);
/// A browser that was not seen for so long is a stranger again.
const DEVICES: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Deletes links, codes, waits, logins, dead keys and copies that are too old to matter; says how many.
///
/// # Errors
/// The database is away.
pub async fn sweep(ctx: &Context) -> Result<u64, Error> {
    let now = ctx.clock.now();
    let copies = privacy::forget_copies(ctx).await?;
    let budgets = phone::forget_budgets(ctx).await?;
    let keys = api_keys::forget_dead(ctx).await?;
    // Keys are renewed now and then; what the old one sealed follows within the hour.
    loop {
        match second_factor::reseal(ctx).await {
            Ok(0) => break,
            Ok(_) => {}
            // A key that is lost must not keep the rest from being swept.
            Err(error) => {
                tracing::error!(%error, "secrets of an earlier key were not sealed anew");
                break;
            }
        }
    }
    let before = |age| now.checked_sub(age).map_err(Error::internal);
    Ok(copies + budgets + keys + store::sweep(&ctx.pool, now, before(SIGN_INS)?, before(DEVICES)?).await?)
}
