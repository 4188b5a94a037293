//! What a business is told about its listings by mail: everybody who manages it.

use crate::catalog::store::listing as store;
use crate::kernel::{Context, Email, Error, ServiceId, Tx};
use crate::notifications::{self, Letter};

const WHY: &str =
    "You get this because you manage a business at ServiceHub, and a person has looked at what it offers.";

/// It is on show.
pub(super) async fn approved(ctx: &Context, tx: &mut Tx, service: ServiceId, title: &str) -> Result<(), Error> {
    let (slug, managers) = store::managers(tx.conn(), service).await?;
    for (user, email, first_name) in managers {
        let letter = Letter::new(&format!("“{title}” is on show"))
            .greeting(&format!("Hello {first_name},"))
            .paragraph(&format!("We have looked at “{title}”. Customers see it now just as you wrote it."))
            .button("See it as customers do", &ctx.absolute(&format!("/services/{slug}")))
            .paragraph("Small changes go on show at once. Others are looked at first, like this one.")
            .small_print(WHY);
        let Some(to) = Email::parse(&email) else { continue };
        notifications::email(tx, ctx, &to, Some(user), "catalog.listing_approved", &letter).await?;
    }
    Ok(())
}

/// It is sent back.
pub(super) async fn declined(
    ctx: &Context,
    tx: &mut Tx,
    service: ServiceId,
    title: &str,
    reason: &str,
) -> Result<(), Error> {
    let (slug, managers) = store::managers(tx.conn(), service).await?;
    for (user, email, first_name) in managers {
        let letter = Letter::new(&format!("“{title}” needs a change first"))
            .greeting(&format!("Hello {first_name},"))
            .paragraph(&format!("We have looked at “{title}” and cannot put it on show like this. The reason:"))
            .paragraph(reason)
            .paragraph("Nothing you wrote is lost. What customers saw before, they still see.")
            .button("Change it", &ctx.absolute(&format!("/provider/services/{slug}")))
            .small_print(WHY);
        let Some(to) = Email::parse(&email) else { continue };
        notifications::email(tx, ctx, &to, Some(user), "catalog.listing_declined", &letter).await?;
    }
    Ok(())
}
