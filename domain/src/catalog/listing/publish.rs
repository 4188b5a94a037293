//! Going on show: the document becomes the rows customers see, in the transaction that decided it.

use super::{Listing, keep};
use crate::catalog::Tier;
use crate::catalog::store::listing as store;
use crate::kernel::{Context, Error, PackageId, ServiceId, Tx, UserId};

/// What happened to services, for whoever keeps something about them: their openings are worked out again.
pub const SERVICE_CHANGED: &str = "service.changed";

/// Puts a revision on show. The one before is replaced, and so is what was sent back. A changed title makes a new
/// address; the old one leads to it from then on. A paused service stays paused.
pub(super) async fn publish(
    tx: &mut Tx,
    ctx: &Context,
    service: ServiceId,
    (number, listing): (i32, &Listing),
    reviewer: Option<UserId>,
) -> Result<(), Error> {
    let now = tx.now();
    keep::pictures(tx, listing).await?;
    store::go_live(tx.conn(), service, number, reviewer, now).await?;
    let before = store::title(tx.conn(), service).await?;
    let ids: Vec<_> = Tier::ALL.iter().map(|_| ctx.id::<PackageId>().0).collect();
    store::project(tx.conn(), service, listing, &ids).await?;
    if before != listing.title {
        store::readdress(tx.conn(), service, &keep::suffix(ctx)).await?;
    }
    tx.event(SERVICE_CHANGED, service);
    Ok(())
}
