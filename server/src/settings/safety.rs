//! Settings that are fine each and dangerous together.

use super::read::{Reading, loopback};
use super::{Environment, Settings};

impl Reading {
    /// Complains about what must not go together.
    pub(super) fn safe_together(&mut self, settings: &Settings) {
        match settings.environment {
            Environment::Production => {}
            Environment::Development => self.development_stays_here(settings),
        }
    }

    /// Development shows everybody's mail and every demo login.
    fn development_stays_here(&mut self, settings: &Settings) {
        if settings.development_in_public {
            return;
        }
        let host = settings.public_url.split("://").nth(1).unwrap_or_default();
        let host = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(h, _)| h);
        for (setting, here, value) in [
            ("LISTEN", settings.listen.ip().to_canonical().is_loopback(), settings.listen.to_string()),
            ("PUBLIC_URL", loopback(host) || host.ends_with(".localhost"), settings.public_url.clone()),
        ] {
            if !here {
                self.problem(
                    setting,
                    format!(
                        "'{value}' can be reached from elsewhere, and this is a development installation, which shows \
                         mail and demo logins. Say ENVIRONMENT=production; or DEVELOPMENT_IN_PUBLIC=on, if that is meant"
                    ),
                );
            }
        }
    }
}
