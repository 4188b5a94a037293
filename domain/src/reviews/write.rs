//! Reviewing a completed booking, once.

use super::review::NewReview;
use super::store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, ReviewId, constraint, write as in_transaction};
use crate::{bookings, catalog};
use serde_json::json;

/// Publishes a review and adds it to the averages.
///
/// # Errors
/// Not found for anyone but the customer; a conflict when the booking is not completed or already
/// reviewed; complaints about the fields.
pub async fn write(ctx: &Context, actor: &Actor, reference: &str, review: NewReview) -> Result<(), Error> {
    let stars = review.stars()?;
    actor.in_person()?;
    let (for_tx, reference) = (ctx.clone(), reference.to_owned());
    let done = in_transaction(ctx, actor, move |tx| {
        let (ctx, reference, review) = (for_tx.clone(), reference.clone(), review.clone());
        Box::pin(async move {
            let booking = bookings::completed(tx, &reference).await?;
            let (id, now): (ReviewId, _) = (ctx.id(), tx.now());
            store::insert(tx.conn(), id, &booking, stars, &review, now).await?;
            catalog::add_rating(tx.conn(), booking.service, booking.provider, stars[0]).await?;
            tx.audit(AuditEntry {
                action: "booking.reviewed",
                object_kind: "review",
                object_id: id.0,
                capacity: "customer",
                detail: json!({ "booking": booking.id, "stars": stars }),
                personal: json!({ "title": review.title, "body": review.body }),
            });
            tx.event("booking.reviewed", booking.id);
            Ok(())
        })
    });
    match done.await {
        Err(Error::Internal(inner))
            if inner.downcast_ref::<sqlx::Error>().is_some_and(|error| constraint::violates(error, "reviews_once")) =>
        {
            Err(Error::Conflict("You have already reviewed this booking.".to_owned()))
        }
        done => done,
    }
}
