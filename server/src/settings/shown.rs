//! `servicehub config`: what is in force and who said so.

use super::{Environment, LogFormat, Origin, Settings};

/// One line of `servicehub config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Name as in the environment.
    pub name: &'static str,
    /// The value in force; secrets only say that they are there.
    pub value: String,
    /// Who said so.
    pub origin: Origin,
}

impl Settings {
    /// All settings for people to read; `origin` tells where the flag with a given id came from.
    pub fn shown(&self, origin: impl Fn(&str) -> Origin) -> Vec<Shown> {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        let proxies: Vec<_> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        let lines = [
            ("LISTEN", "listen", self.listen.to_string()),
            (
                "DATABASE_URL",
                "database_url",
                if self.database_url.is_some() { "(set)" } else { "(own database under DATA_DIR)" }.to_owned(),
            ),
            (
                "DATABASE_APP_URL",
                "database_app_url",
                if self.database_app_url.is_some() { "(set)" } else { "(the owner steps down)" }.to_owned(),
            ),
            (
                "SIGNING_KEY",
                "signing_key",
                if self.signing_key.is_some() { "(set)" } else { "(kept in DATA_DIR)" }.to_owned(),
            ),
            ("PUBLIC_URL", "public_url", self.public_url.clone()),
            ("DATA_DIR", "data_dir", self.data_dir.display().to_string()),
            (
                "ENVIRONMENT",
                "environment",
                match self.environment {
                    Environment::Development => "development",
                    Environment::Production => "production",
                }
                .to_owned(),
            ),
            ("DEVELOPMENT_IN_PUBLIC", "development_in_public", switch(self.development_in_public)),
            ("LOCAL_CALENDARS", "local_calendars", switch(self.local_calendars)),
            (
                "METRICS_TOKEN",
                "metrics_token",
                if self.metrics_token.is_some() { "(set)" } else { "(none: no /metrics)" }.to_owned(),
            ),
            ("LOG", "log", self.log.clone()),
            (
                "LOG_FORMAT",
                "log_format",
                match self.log_format {
                    LogFormat::Text => "text",
                    LogFormat::Json => "json",
                }
                .to_owned(),
            ),
            (
                "TRUSTED_PROXIES",
                "trusted_proxies",
                if proxies.is_empty() { "(none)".to_owned() } else { proxies.join(", ") },
            ),
            ("POOL_SIZE", "pool_size", self.pool_size.to_string()),
            ("WORKER", "worker", switch(self.worker)),
            ("DEMO", "demo", switch(self.demo)),
            ("RATE_LIMITS", "rate_limits", switch(self.rate_limits)),
            (
                "ENCRYPTION_KEY",
                "encryption_key",
                if self.encryption_key.is_some() { "(set)" } else { "(kept under DATA_DIR)" }.to_owned(),
            ),
            (
                "OLD_ENCRYPTION_KEYS",
                "old_encryption_keys",
                match self.old_encryption_keys.len() {
                    0 => "(none)".to_owned(),
                    count => format!("({count} set)"),
                },
            ),
            ("REQUEST_TIMEOUT", "request_timeout", format!("{} seconds", self.limits.timeout.as_secs())),
            ("REQUEST_BODY_LIMIT", "request_body_limit", format!("{} KiB", self.limits.body >> 10)),
            ("UPLOAD_LIMIT", "upload_limit", format!("{} KiB", self.limits.upload >> 10)),
            ("CONNECTIONS_PER_ADDRESS", "connections_per_address", self.limits.connections_per_address.to_string()),
        ];
        lines
            .into_iter()
            .chain(self.post.shown())
            .map(|(name, id, value)| Shown { name, value, origin: origin(id) })
            .collect()
    }
}
