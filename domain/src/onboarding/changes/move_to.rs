//! A business moves: its town and postal code follow at once, and so do the services that start from there. Further places,
//! hours and what is booked stay as they are.

use super::Registered;
use super::ask::registered;
use crate::catalog::listing::SERVICE_CHANGED;
use crate::catalog::{NewPlace, move_business, places_like};
use crate::kernel::geocoder::Sought;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, ProviderId, WriteError, write};
use crate::onboarding::store::changes as store;
use serde_json::json;

/// Where a business is, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// The town.
    pub city: String,
    /// May be empty.
    pub postal_code: String,
}

impl NewAddress {
    /// Reads a form.
    ///
    /// # Errors
    /// Messages beside `city` and `postal_code`.
    pub fn parse(city: &str, postal_code: &str) -> Result<Self, Error> {
        let mut wrong = FieldErrors::new();
        let city = city.split_whitespace().collect::<Vec<_>>().join(" ");
        let postal_code = postal_code.split_whitespace().collect::<Vec<_>>().join(" ");
        match city.chars().count() {
            0 => wrong.add("city", "Type the town you work from."),
            1..=120 => {}
            _ => wrong.add("city", "Please keep the town under 120 characters."),
        }
        if postal_code.chars().count() > 16 {
            wrong.add("postal_code", "A postal code has at most 16 characters.");
        }
        wrong.into_result()?;
        Ok(Self { city, postal_code })
    }
}

/// Why it did not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// Somebody, perhaps oneself in another window, has moved it since the form was opened.
    #[error("moved meanwhile")]
    Stale,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl WriteError for MoveError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Other(error) => Some(error),
            Self::Stale => None,
        }
    }
}

/// Moves a business within its country, in place of the address that was seen. Says how many services went along.
///
/// # Errors
/// [`MoveError::Stale`]; a message beside `city` when nobody knows it, or when its clocks are others: hours are civil
/// times, and would mean other moments; not found for people who do not manage it.
pub async fn move_business_to(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    seen: i32,
    to: NewAddress,
) -> Result<usize, MoveError> {
    let known = registered(ctx, actor, provider).await?;
    let place = locate(ctx, &known, to).await?;
    write(ctx, actor, move |tx| {
        let place = place.clone();
        Box::pin(async move {
            let Some(services) = move_business(tx.conn(), provider, seen, &place).await? else {
                return Err(MoveError::Stale);
            };
            for service in &services {
                tx.event(SERVICE_CHANGED, *service);
            }
            tx.audit(AuditEntry {
                action: "provider.changed_address",
                object_kind: "provider",
                object_id: provider.0,
                capacity: "provider",
                detail: json!({ "services": services.len() }),
                personal: json!({ "city": place.city, "postal_code": place.postal_code }),
            });
            Ok(services.len())
        })
    })
    .await
}

async fn locate(ctx: &Context, known: &Registered, to: NewAddress) -> Result<NewPlace, Error> {
    let NewAddress { city, postal_code } = to;
    let sought = Sought { city: city.clone(), country: known.country.clone(), postal_code: postal_code.clone() };
    let Some(there) = ctx.geocoder.locate(&sought).await? else {
        let alike = places_like(ctx, &city, &known.country).await?;
        let alike = if alike.is_empty() { String::new() } else { format!(" Is it {}?", alike.join(", or ")) };
        let words = format!("We do not know this place.{alike} Otherwise type the nearest larger town.");
        return Err(Error::invalid("city", words));
    };
    let zone = store::zone(&ctx.pool, known.id).await?;
    if there.zone.is_some_and(|there| there.name() != zone.name()) {
        let words = "The clocks there are others than yours, and your hours would mean other times. Write to us first.";
        return Err(Error::invalid("city", words));
    }
    Ok(NewPlace { city, postal_code, lat: there.lat, lng: there.lng })
}
