//! What stands behind `ctx.post`: a mail server, Twilio, or nobody, and then messages stay here to be looked at.

pub mod calendars;
mod development;
mod smtp;
mod twilio;

pub use smtp::Smtp;
pub use twilio::Twilio;

use std::sync::Arc;

use async_trait::async_trait;
use calendars::{Fetcher, Guard};
use domain::catalog::Gazetteer;
use domain::kernel::Context;
use domain::kernel::post::{Handed, Kept, OutgoingEmail, OutgoingSms, Post, Undelivered};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use sqlx::PgPool;

use crate::settings::{PostSettings, Settings, Way};
use crate::{keys, signing};

/// A context of this process: with its ways out, its keys, and the address people reach it at.
///
/// # Errors
/// A way out that cannot be prepared, in words.
pub fn context(settings: &Settings, pool: PgPool) -> Result<Context, String> {
    let post = Arc::new(Office::open(&settings.post)?);
    let sealer = keys::sealer(settings)?;
    let geocoder = Arc::new(Gazetteer::new(pool.clone()));
    let guard = if settings.local_calendars { Guard::at_home() } else { Guard::strict(&settings.public_url) };
    let calendars = Arc::new(Fetcher::new(guard)?);
    let public_url = settings.public_url.as_str().into();
    let ctx = Context { post, calendars, sealer, geocoder, public_url, ..Context::new(pool) };
    Ok(ctx.signing(signing::signer(settings)?))
}

/// Says at the start what will not leave.
pub fn announce(settings: &Settings) {
    if matches!(settings.post.mail, Way::Off) {
        tracing::warn!("no mail is sent (SMTP_URL is off): nobody can confirm an address or reset a password");
    }
    if matches!(settings.post.sms, Way::Off) {
        tracing::warn!("no short messages are sent: Twilio is not set up");
    }
}

/// The ways out, one for each kind of message.
#[derive(Debug)]
pub struct Office {
    mail: Way<Smtp>,
    sms: Way<Twilio>,
}

impl Office {
    /// Prepares the ways out; nobody is called yet.
    ///
    /// # Errors
    /// What cannot be prepared, in words.
    pub fn open(settings: &PostSettings) -> Result<Self, String> {
        Ok(Self { mail: prepared(&settings.mail, Smtp::new)?, sms: prepared(&settings.sms, Twilio::new)? })
    }
}

fn prepared<S, T>(way: &Way<S>, make: impl Fn(&S) -> Result<T, String>) -> Result<Way<T>, String> {
    Ok(match way {
        Way::Shown => Way::Shown,
        Way::Off => Way::Off,
        Way::By(settings) => Way::By(make(settings)?),
    })
}

#[async_trait]
impl Post for Office {
    fn keeps(&self) -> bool {
        matches!(self.mail, Way::Shown) || matches!(self.sms, Way::Shown)
    }

    fn sender(&self) -> String {
        match &self.mail {
            Way::By(smtp) => smtp.sender(),
            Way::Shown | Way::Off => Kept.sender(),
        }
    }

    async fn email(&self, email: &OutgoingEmail) -> Result<Handed, Undelivered> {
        match &self.mail {
            Way::Shown => Ok(development::keep(email.id)),
            Way::Off => Err(Undelivered::Never("mail is off (SMTP_URL)".to_owned())),
            Way::By(smtp) => smtp.send(email).await.map(|()| Handed::Over),
        }
    }

    async fn sms(&self, sms: &OutgoingSms) -> Result<Handed, Undelivered> {
        match &self.sms {
            Way::Shown => Ok(development::keep(sms.id)),
            Way::Off => Err(Undelivered::Never("short messages are off (TWILIO_ACCOUNT_SID)".to_owned())),
            Way::By(twilio) => twilio.send(sms).await.map(|()| Handed::Over),
        }
    }
}

/// Mozilla's list, with the same encryption as everywhere else in the process.
fn trust() -> Result<ClientConfig, String> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("encryption cannot be prepared: {error}"))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
