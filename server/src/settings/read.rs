//! From text to [`Settings`], collecting every problem on the way.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::{Environment, Given, LogFormat, Problem, Problems, RequestLimits, Settings};

impl Settings {
    /// Reads everything that was given.
    ///
    /// # Errors
    /// All settings that cannot be used, not only the first.
    pub fn read(given: &Given) -> Result<Self, Problems> {
        let mut reading = Reading::default();
        let base = RequestLimits::default();

        let environment = reading.choice(
            "ENVIRONMENT",
            &given.environment,
            &[("development", Environment::Development), ("production", Environment::Production)],
            Environment::Development,
        );
        let production = environment == Environment::Production;
        let listen = reading.listen(&given.listen);
        let limits = RequestLimits {
            timeout: Duration::from_secs(reading.number("REQUEST_TIMEOUT", &given.request_timeout, 15, 1, 600)),
            body: kibibytes(reading.number("REQUEST_BODY_LIMIT", &given.request_body_limit, 1024, 16, 1 << 20)),
            upload: kibibytes(reading.number("UPLOAD_LIMIT", &given.upload_limit, 12 << 10, 16, 1 << 20)),
            connections_per_address: usize::try_from(reading.number(
                "CONNECTIONS_PER_ADDRESS",
                &given.connections_per_address,
                100,
                1,
                1_000_000,
            ))
            .unwrap_or(base.connections_per_address),
            ..base
        };
        let settings = Self {
            listen,
            database_url: reading.database_url("DATABASE_URL", &given.database_url),
            database_app_url: reading.database_url("DATABASE_APP_URL", &given.database_app_url),
            signing_key: reading.key("SIGNING_KEY", &given.signing_key),
            public_url: reading.public_url(&given.public_url, listen, production),
            data_dir: PathBuf::from(filled(&given.data_dir).unwrap_or(".data")),
            environment,
            local_calendars: reading.switch("LOCAL_CALENDARS", &given.local_calendars, false),
            development_in_public: reading.switch("DEVELOPMENT_IN_PUBLIC", &given.development_in_public, false),
            metrics_token: reading.token("METRICS_TOKEN", &given.metrics_token),
            log: reading.log(&given.log),
            log_format: reading.choice(
                "LOG_FORMAT",
                &given.log_format,
                &[("text", LogFormat::Text), ("json", LogFormat::Json)],
                if production { LogFormat::Json } else { LogFormat::Text },
            ),
            trusted_proxies: reading.networks(&given.trusted_proxies),
            pool_size: u32::try_from(reading.number("POOL_SIZE", &given.pool_size, 16, 2, 1000)).unwrap_or(16),
            worker: reading.switch("WORKER", &given.worker, true),
            demo: reading.switch("DEMO", &given.demo, false),
            rate_limits: reading.switch("RATE_LIMITS", &given.rate_limits, true),
            limits,
            encryption_key: reading.key("ENCRYPTION_KEY", &given.encryption_key),
            old_encryption_keys: reading.keys("OLD_ENCRYPTION_KEYS", &given.old_encryption_keys),
            post: reading.post(given, production),
        };
        reading.safe_together(&settings);
        if production && !settings.rate_limits {
            reading.problem("RATE_LIMITS", "cannot be off in production");
        }
        if production && settings.demo {
            reading.problem(
                "DEMO",
                "demo data is never loaded in production; take it away or set ENVIRONMENT=development",
            );
        }
        let own_folder = (settings.database_url.is_none() && settings.database_app_url.is_none())
            || filled(&given.data_dir).is_some();
        for (name, key, what) in [
            ("ENCRYPTION_KEY", &given.encryption_key, "read the same secrets"),
            ("SIGNING_KEY", &given.signing_key, "sign the history with the same key"),
        ] {
            if production && !own_folder && filled(key).is_none() {
                reading.problem(
                    name,
                    format!(
                        "is needed in production with a DATABASE_URL: every process must {what}. Make one with \
                         `openssl rand -base64 32` and keep it secret; or name a DATA_DIR that stays, and one is made there"
                    ),
                );
            }
        }
        if reading.problems.is_empty() { Ok(settings) } else { Err(Problems(reading.problems)) }
    }
}

fn kibibytes(count: u64) -> usize {
    usize::try_from(count << 10).unwrap_or(usize::MAX)
}

/// An empty variable counts as not given: that is how shells unset things in files.
pub(super) fn filled(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

#[derive(Default)]
pub(super) struct Reading {
    problems: Vec<Problem>,
}

impl Reading {
    pub(super) fn problem(&mut self, setting: &'static str, text: impl Into<String>) {
        self.problems.push(Problem { setting, text: text.into() });
    }

    fn choice<T: Copy>(
        &mut self,
        setting: &'static str,
        value: &Option<String>,
        choices: &[(&str, T)],
        default: T,
    ) -> T {
        let Some(text) = filled(value) else {
            return default;
        };
        if let Some((_, found)) = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            return *found;
        }
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        self.problem(setting, format!("'{text}' is not one of: {}", names.join(", ")));
        default
    }

    fn switch(&mut self, setting: &'static str, value: &Option<String>, default: bool) -> bool {
        let Some(text) = filled(value) else {
            return default;
        };
        match text.to_ascii_lowercase().as_str() {
            "on" | "true" | "yes" | "1" => true,
            "off" | "false" | "no" | "0" => false,
            _ => {
                self.problem(setting, format!("'{text}' is neither on nor off"));
                default
            }
        }
    }

    fn number(&mut self, setting: &'static str, value: &Option<String>, default: u64, least: u64, most: u64) -> u64 {
        let Some(text) = filled(value) else {
            return default;
        };
        match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                self.problem(setting, format!("'{text}' is not a whole number from {least} to {most}"));
                default
            }
        }
    }

    fn listen(&mut self, value: &Option<String>) -> SocketAddr {
        let default = SocketAddr::from(([127, 0, 0, 1], 3000));
        let Some(text) = filled(value) else {
            return default;
        };
        let spelled = text.replacen("localhost:", "127.0.0.1:", 1);
        match spelled.parse() {
            Ok(address) => address,
            Err(_) => {
                self.problem("LISTEN", format!("'{text}' is not an address with a port, such as 127.0.0.1:3000"));
                default
            }
        }
    }

    /// 32 bytes in base64. The text is a secret and is never repeated.
    fn key(&mut self, setting: &'static str, value: &Option<String>) -> Option<secrecy::SecretString> {
        let text = filled(value)?;
        if crate::keys::decode(text).is_none() {
            self.problem(setting, "is not 32 bytes in base64, such as `openssl rand -base64 32` makes");
        }
        Some(text.into())
    }

    /// Something nobody guesses. It is never repeated.
    fn token(&mut self, setting: &'static str, value: &Option<String>) -> Option<secrecy::SecretString> {
        let text = filled(value)?;
        if text.len() < 20 || !text.bytes().all(|b| b.is_ascii_graphic()) {
            self.problem(setting, "is too short: 20 letters and digits or more, such as `openssl rand -hex 32` makes");
        }
        Some(text.into())
    }

    /// Several of them, separated by commas.
    fn keys(&mut self, setting: &'static str, value: &Option<String>) -> Vec<secrecy::SecretString> {
        let parts = filled(value).unwrap_or_default().split(',').filter(|part| !part.trim().is_empty());
        parts.filter_map(|part| self.key(setting, &Some(part.to_owned()))).collect()
    }

    fn database_url(&mut self, setting: &'static str, value: &Option<String>) -> Option<secrecy::SecretString> {
        let text = filled(value)?;
        let known_scheme = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if !known_scheme {
            // The text itself may hold a password, so it is not repeated.
            self.problem(setting, "must start with postgres://, such as postgres://user:password@host/database");
        } else if text.parse::<sqlx::postgres::PgConnectOptions>().is_err() {
            self.problem(setting, "cannot be read; write postgres://user:password@host:5432/database and percent-encode special characters");
        }
        Some(text.into())
    }

    fn public_url(&mut self, value: &Option<String>, listen: SocketAddr, production: bool) -> String {
        let Some(text) = filled(value) else {
            if production {
                self.problem("PUBLIC_URL", "is needed in production, such as https://www.example.com");
            }
            return format!("http://{}", reachable(listen));
        };
        let text = text.trim_end_matches('/');
        let url = text.parse::<axum::http::Uri>().ok();
        let host = url.as_ref().and_then(|url| url.authority()).filter(|authority| !authority.as_str().contains('@'));
        let scheme = url.as_ref().and_then(|url| url.scheme_str()).unwrap_or_default();
        let bare = url.as_ref().is_some_and(|url| url.path() == "/" && url.query().is_none());
        let web = matches!(scheme, "http" | "https");
        match host {
            Some(host) if bare && web => {
                if production && scheme != "https" && !loopback(host.host()) {
                    self.problem("PUBLIC_URL", format!("'{text}' must begin with https:// in production"));
                }
                format!("{scheme}://{}", host.as_str().to_ascii_lowercase())
            }
            _ => {
                self.problem(
                    "PUBLIC_URL",
                    format!("'{text}' is not an address such as https://www.example.com (no path, no user)"),
                );
                text.to_owned()
            }
        }
    }

    fn log(&mut self, value: &Option<String>) -> String {
        let text = filled(value).unwrap_or("info");
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(text) {
            self.problem("LOG", format!("'{text}' is not a filter such as info or info,sqlx=warn ({error})"));
        }
        text.to_owned()
    }

    fn networks(&mut self, value: &Option<String>) -> Vec<IpNet> {
        let Some(text) = filled(value) else {
            return Vec::new();
        };
        let mut networks = Vec::new();
        for part in text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
            let read = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            match read {
                Ok(network) => networks.push(network),
                Err(_) => self.problem(
                    "TRUSTED_PROXIES",
                    format!("'{part}' is neither an address nor a network such as 10.0.0.0/8"),
                ),
            }
        }
        networks
    }
}

/// What to type into a browser on the same machine.
fn reachable(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() || listen.ip().is_loopback() {
        format!("localhost:{}", listen.port())
    } else {
        listen.to_string()
    }
}

pub(super) fn loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
