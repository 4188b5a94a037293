//! Settings that are fine each and dangerous together.

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::read::{Reading, loopback};
use super::{Environment, Settings};

impl Reading {
    /// Complains about what must not go together.
    pub(super) fn safe_together(&mut self, settings: &Settings) {
        match settings.environment {
            Environment::Production => {
                self.database_is_whose_it_says(settings);
                self.a_proxy_is_in_front(settings);
                if settings.local_calendars {
                    self.problem(
                        "LOCAL_CALENDARS",
                        "lets everybody who types an address look into this network: off in production",
                    );
                }
            }
            Environment::Development => self.development_stays_here(settings),
        }
    }

    /// A database elsewhere is spoken to over TLS, and only after its certificate has proved whose it is. The driver
    /// on its own takes TLS if it gets it, from anybody.
    fn database_is_whose_it_says(&mut self, settings: &Settings) {
        for (setting, url) in
            [("DATABASE_URL", &settings.database_url), ("DATABASE_APP_URL", &settings.database_app_url)]
        {
            if url.as_ref().is_none_or(is_proved) {
                continue;
            }
            self.problem(
                setting,
                "names another machine without sslmode=verify-full: in production add ?sslmode=verify-full, and \
                 &sslrootcert=/path/to/ca.pem when the certificate is from an authority of your own",
            );
        }
    }

    /// The program speaks plain HTTP. What other machines reach must be a proxy's way in, and the proxies are named.
    fn a_proxy_is_in_front(&mut self, settings: &Settings) {
        if !settings.listen.ip().to_canonical().is_loopback() && settings.trusted_proxies.is_empty() {
            self.problem(
                "TRUSTED_PROXIES",
                format!(
                    "is needed in production when other machines reach LISTEN ('{}'): TLS is the business of a proxy in \
                     front; name its address or network, or listen on 127.0.0.1 (docs/Caddyfile shows how)",
                    settings.listen
                ),
            );
        }
    }

    /// Development shows everybody's mail and every demo login.
    fn development_stays_here(&mut self, settings: &Settings) {
        if settings.development_in_public {
            return;
        }
        let host = settings.public_url.split("://").nth(1).unwrap_or_default();
        let host =
            host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(h, _)| h);
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

/// Whether a database is on this machine or has to prove who it is. What cannot be read is complained about elsewhere.
fn is_proved(url: &SecretString) -> bool {
    let Ok(options) = url.expose_secret().parse::<PgConnectOptions>() else {
        return true;
    };
    let here = options.get_socket().is_some() || options.get_host().starts_with('/') || loopback(options.get_host());
    here || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
}
