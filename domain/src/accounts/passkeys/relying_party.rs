//! Who asks for passkeys: this site, by the name people reach it under.

use crate::kernel::{Context, Error};
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::ceremony::LASTS;

/// What devices show when they ask.
const NAME: &str = "ServiceHub";

/// The origin passkeys belong to, such as `https://example.org`; `None` where browsers have none to offer. They want TLS, or
/// the machine itself under the name `localhost`, and never an address made of numbers
/// (Web Authentication, 5.1.3: the effective domain is a valid domain).
#[must_use]
pub fn origin(ctx: &Context) -> Option<String> {
    Some(safe(&ctx.public_url)?.origin().ascii_serialization())
}

fn safe(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let host = url.domain()?;
    let own = host == "localhost" || host.ends_with(".localhost");
    (url.scheme() == "https" || own).then_some(url)
}

/// What makes challenges and checks answers. Answers count from exactly this origin: no other port, no part of the domain.
pub(super) fn relying_party(ctx: &Context) -> Result<Webauthn, Error> {
    let url = safe(&ctx.public_url).ok_or_else(|| {
        Error::Conflict("Passkeys work only where this site is reached by its name, over https.".to_owned())
    })?;
    let host = url.domain().unwrap_or_default();
    let party = WebauthnBuilder::new(host, &url).map_err(Error::internal)?;
    party.rp_name(NAME).timeout(LASTS.unsigned_abs()).build().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_want_a_name_and_a_safe_way() {
        for (address, expected) in [
            ("https://hub.example", Some("https://hub.example")),
            ("https://hub.example:443", Some("https://hub.example")),
            ("https://hub.example:8443", Some("https://hub.example:8443")),
            ("http://localhost:3000", Some("http://localhost:3000")),
            ("http://hub.localhost", Some("http://hub.localhost")),
            ("http://hub.example", None),
            ("http://127.0.0.1:3000", None),
            ("https://192.0.2.7", None),
            ("https://[::1]", None),
            ("http://notlocalhost", None),
            ("nonsense", None),
        ] {
            let origin = safe(address).map(|url| url.origin().ascii_serialization());
            assert_eq!(origin.as_deref(), expected, "{address}");
        }
    }
}
