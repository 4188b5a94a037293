//! The envelope every request passes, whatever page or file it asks for.

pub mod address;
pub mod body;
pub mod headers;
pub mod limits;
pub mod origin;
pub mod patience;

use std::sync::Arc;

use app::site::Site;
use ipnet::IpNet;
use secrecy::ExposeSecret;

use crate::observe::{Metrics, token_hash};
use crate::settings::{RequestLimits, Settings};
use limits::Limits;

/// What the layers of the envelope share.
#[derive(Clone)]
pub struct Envelope {
    /// Pages' state; error pages need it too.
    pub site: Site,
    /// Rate limits over all processes.
    pub limits: Limits,
    /// Sizes and times.
    pub bounds: RequestLimits,
    /// Scheme and host of the site, as browsers write them in `Origin`.
    pub public_origin: Arc<str>,
    /// Whether people come over TLS.
    pub https: bool,
    /// Whether this is a development installation.
    pub development: bool,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Arc<[IpNet]>,
    /// The security policy around the nonce.
    pub policy: headers::Policy,
    /// Figures about this process.
    pub metrics: Arc<Metrics>,
    /// The hash of the token that opens them; `None`: nobody sees them.
    pub metrics_token: Option<[u8; 32]>,
}

impl Envelope {
    /// The envelope of these settings.
    pub fn new(settings: &Settings, site: Site) -> Self {
        Self {
            limits: Limits::new(site.ctx.clone(), settings.rate_limits),
            site,
            bounds: settings.limits,
            public_origin: settings.public_url.as_str().into(),
            https: settings.https(),
            development: settings.development(),
            trusted_proxies: settings.trusted_proxies.clone().into(),
            policy: headers::Policy::new(settings.https()),
            metrics: Arc::new(Metrics::new()),
            metrics_token: settings.metrics_token.as_ref().map(|token| token_hash(token.expose_secret())),
        }
    }
}
