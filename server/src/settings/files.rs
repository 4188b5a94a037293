//! Secrets from files: `SIGNING_KEY_FILE` names a file that holds what `SIGNING_KEY` would say. Vaults and service
//! managers hand secrets over like this, and then they stand in no environment and no list of processes.

use super::read::filled;
use super::{Given, Problem, Problems};

/// Longer files are not what was meant.
const LONGEST: usize = 64 << 10;

impl Given {
    /// Every setting that may be a secret: its name, its name as an argument, and its place.
    fn secrets(&mut self) -> [(&'static str, &'static str, &mut Option<String>); 8] {
        [
            ("DATABASE_URL", "database_url", &mut self.database_url),
            ("DATABASE_APP_URL", "database_app_url", &mut self.database_app_url),
            ("SIGNING_KEY", "signing_key", &mut self.signing_key),
            ("ENCRYPTION_KEY", "encryption_key", &mut self.encryption_key),
            ("OLD_ENCRYPTION_KEYS", "old_encryption_keys", &mut self.old_encryption_keys),
            ("SMTP_URL", "smtp_url", &mut self.smtp_url),
            ("METRICS_TOKEN", "metrics_token", &mut self.metrics_token),
            ("TWILIO_AUTH_TOKEN", "twilio_auth_token", &mut self.twilio_auth_token),
        ]
    }

    /// Reads secrets from the files that `environment` names under the setting's name with `_FILE` behind it.
    ///
    /// # Errors
    /// All files that cannot be read, and settings that are given twice.
    pub fn with_files(mut self, environment: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let (mut problems, mut from_files) = (Vec::new(), Vec::new());
        for (setting, id, value) in self.secrets() {
            let named = environment(&format!("{setting}_FILE"));
            let Some(file) = filled(&named) else { continue };
            let mut complain = |text: String| problems.push(Problem { setting, text });
            if filled(value).is_some() {
                complain(format!("is given, and {setting}_FILE as well; one of them is enough"));
                continue;
            }
            match std::fs::read_to_string(file) {
                Ok(text) if text.len() > LONGEST => complain(format!("is not what {file} holds: it is too long")),
                Ok(text) if text.trim().is_empty() => complain(format!("is to be in {file}, which is empty")),
                Ok(text) => {
                    *value = Some(text.trim().to_owned());
                    from_files.push(id);
                }
                Err(error) => complain(format!("is to be in {file}, which cannot be read: {error}")),
            }
        }
        self.from_files = from_files;
        if problems.is_empty() { Ok(self) } else { Err(Problems(problems)) }
    }
}
