//! Links that prove something: who opens one reads the mail of the address it was sent to. Each works once,
//! for a while, and only as long as no newer one of its kind was asked for. Only hashes are stored.

use super::store::links::{self, Link};
use crate::kernel::{Context, Error, Tx, UserId};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The account's address is the person's own.
    VerifyEmail,
    /// A new address is the person's own.
    ChangeEmail,
    /// A new password may be chosen.
    ResetPassword,
}

impl Purpose {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ChangeEmail => "change_email",
            Self::ResetPassword => "reset_password",
        }
    }

    /// How long a link works. What opens an account is shorter-lived than what only proves an address.
    const fn lasts(self) -> SignedDuration {
        match self {
            Self::VerifyEmail => SignedDuration::from_hours(48),
            Self::ChangeEmail => SignedDuration::from_hours(24),
            Self::ResetPassword => SignedDuration::from_hours(1),
        }
    }
}

/// Makes a link's secret part; the address around it is the caller's.
pub(super) async fn issue(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    purpose: Purpose,
    email: &str,
) -> Result<String, Error> {
    let secret = ctx.chance.secret();
    let now = tx.now();
    let expires = now.checked_add(purpose.lasts()).map_err(Error::internal)?;
    links::put(tx.conn(), user, purpose, &hash(&secret), email, (now, expires)).await?;
    Ok(secret)
}

/// Uses a link up; `None` when it does not work (any more).
pub(super) async fn take(
    conn: &mut PgConnection,
    purpose: Purpose,
    secret: &str,
    now: jiff::Timestamp,
) -> Result<Option<Link>, Error> {
    links::take(conn, purpose, &hash(secret), now).await
}

/// Whether a link would work.
pub(super) async fn works(ctx: &Context, purpose: Purpose, secret: &str) -> Result<bool, Error> {
    Ok(links::peek(&ctx.pool, purpose, &hash(secret), ctx.clock.now()).await?.is_some())
}

/// What is stored of a secret of 256 random bits: no salt is needed for what cannot be guessed.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The complaint about a link that does not work.
pub(crate) fn stale() -> Error {
    Error::Conflict("This link has been used, is too old, or a newer one was sent.".to_owned())
}
