//! How many codes may be sent, counted in the transaction that sends one: exact, however many ask at the same moment.
//! What is refused costs nothing.

use super::calling_code::calling_code;
use crate::accounts::store::phone as store;
use crate::kernel::{Context, Error, Tx, UserId};
use jiff::SignedDuration;
use std::net::IpAddr;

/// So many in a window that begins with the first.
struct Budget {
    kind: &'static str,
    allowed: i32,
    window: SignedDuration,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Whose phone it is, who asks, from where. The country's bounds what a fraud with expensive numbers can cost.
const NUMBER_HOUR: Budget = Budget { kind: "number_hour", allowed: 3, window: HOUR };
const NUMBER_DAY: Budget = Budget { kind: "number_day", allowed: 6, window: DAY };
const PERSON_DAY: Budget = Budget { kind: "person_day", allowed: 10, window: DAY };
const ADDRESS_DAY: Budget = Budget { kind: "address_day", allowed: 20, window: DAY };
const COUNTRY_HOUR: Budget = Budget { kind: "country_hour", allowed: 200, window: HOUR };

/// Counts one code, or refuses it with the time until the next can go.
pub(super) async fn spend(ctx: &Context, tx: &mut Tx, user: UserId, number: &str) -> Result<(), Error> {
    let (now, address) = (tx.now(), neighbourhood(tx.actor().address));
    let budgets: [(Budget, &[u8]); 5] = [
        (ADDRESS_DAY, &address),
        (COUNTRY_HOUR, calling_code(number).as_bytes()),
        (NUMBER_DAY, number.as_bytes()),
        (NUMBER_HOUR, number.as_bytes()),
        (PERSON_DAY, user.0.as_bytes()),
    ];
    let mut wanted = Vec::with_capacity(budgets.len());
    for (budget, subject) in &budgets {
        wanted.push((budget.kind, ctx.sealer.hash(budget.kind, &[subject])?, budget.window));
    }
    let spent = store::spend(tx.conn(), &wanted, now).await?;
    let over = spent.into_iter().filter(|counter| {
        let budget = budgets.iter().find(|(budget, _)| budget.kind == counter.kind);
        budget.is_none_or(|(budget, _)| counter.spent > budget.allowed)
    });
    let Some(longest) = over.max_by_key(|counter| counter.until) else { return Ok(()) };
    // Without a name: what a country is used up by is for operators to look at.
    tracing::warn!(budget = longest.kind, "a code was not sent: too many lately");
    let seconds = longest.until.duration_since(now).as_secs().max(1);
    Err(Error::TooMany { retry_after: u32::try_from(seconds).unwrap_or(u32::MAX) })
}

/// The part of an address that one household holds: an IPv6 client owns a whole /64.
fn neighbourhood(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}

/// Forgets counters whose window is over; says how many.
pub(in crate::accounts) async fn forget(ctx: &Context) -> Result<u64, Error> {
    store::forget_budgets(&ctx.pool, ctx.clock.now()).await
}
