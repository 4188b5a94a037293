//! What people type when they register or sign in, made into what use cases take. There is no field for
//! a role: what one registers as is an [`Intent`], and it has two values.

use super::Email;
use super::password_rules::complaint;
use crate::kernel::{Error, FieldErrors, Zone};
use std::fmt;

const LONGEST_NAME: usize = 80;

/// What somebody comes for. Everyone can book; some also want to offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Intent {
    /// To book services.
    #[default]
    Customer,
    /// To offer services as well.
    Provider,
}

impl Intent {
    /// The intent a form names. Anything but the two known words is not one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "customer" => Some(Self::Customer),
            "provider" => Some(Self::Provider),
            _ => None,
        }
    }

    /// The name in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
        }
    }
}

/// Everything that is needed for an account, checked.
#[derive(Clone)]
pub struct Registration {
    /// What the person signs in with.
    pub email: Email,
    /// Given name, 1 to 80 characters.
    pub first_name: String,
    /// Family name, 1 to 80 characters.
    pub last_name: String,
    /// Digits with an optional `+` before them.
    pub phone: Option<String>,
    /// The secret, 10 to 200 characters.
    pub password: String,
    /// What for.
    pub intent: Intent,
    /// Where the person's clocks are.
    pub zone: Zone,
}

/// A registration as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// Field `first_name`.
    pub first_name: &'a str,
    /// Field `last_name`.
    pub last_name: &'a str,
    /// Field `email`.
    pub email: &'a str,
    /// Field `phone`.
    pub phone: &'a str,
    /// Field `password`.
    pub password: &'a str,
    /// Field `password_again`.
    pub password_again: &'a str,
    /// Field `intent`.
    pub intent: &'a str,
}

impl Registration {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(typed: &Typed<'_>, zone: Zone) -> Result<Self, Error> {
        let mut errors = FieldErrors::new();
        let intent = Intent::parse(typed.intent);
        if intent.is_none() {
            errors.add("intent", "Choose what you would like to do first. You can do both later.");
        }
        let first_name = name(typed.first_name, "first_name", "first name", &mut errors);
        let last_name = name(typed.last_name, "last_name", "last name", &mut errors);
        let email = Email::parse(typed.email);
        if email.is_none() {
            errors.add("email", email_complaint(typed.email));
        }
        let phone = phone(typed.phone);
        if phone == Err(()) {
            errors.add("phone", "This does not look like a phone number. Example: +49 30 901820");
        }
        let full_name = format!("{first_name} {last_name}");
        let local = email.as_ref().map_or("", Email::name);
        let address = email.as_ref().map_or("", Email::as_str);
        if let Some(words) = complaint(typed.password, &[&first_name, &last_name, &full_name, local, address]) {
            errors.add("password", words);
        } else if typed.password != typed.password_again {
            errors.add("password_again", "The two passwords differ. Type the same one twice.");
        }
        errors.into_result()?;
        let (Some(email), Some(intent), Ok(phone)) = (email, intent, phone) else {
            return Err(Error::internal("a registration without complaints is complete"));
        };
        Ok(Self { email, first_name, last_name, phone, password: typed.password.to_owned(), intent, zone })
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("intent", &self.intent).finish_non_exhaustive()
    }
}

/// An address and a secret, as typed. Nothing about them is checked but that they are there: whoever
/// could sign in yesterday can sign in today, whatever rules say now.
#[derive(Clone)]
pub struct Credentials {
    /// What was typed as the address, in lower case.
    pub email: String,
    /// The secret.
    pub password: String,
}

impl Credentials {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A field is empty.
    pub fn parse(email: &str, password: &str) -> Result<Self, Error> {
        let mut errors = FieldErrors::new();
        if email.trim().is_empty() {
            errors.add("email", "Type the email address of your account.");
        }
        if password.is_empty() {
            errors.add("password", "Type your password.");
        }
        errors.into_result()?;
        Ok(Self { email: email.trim().to_ascii_lowercase(), password: password.to_owned() })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

fn email_complaint(typed: &str) -> &'static str {
    if typed.trim().is_empty() {
        "Type your email address: you sign in with it."
    } else {
        "This does not look like an email address. Example: ana@example.org"
    }
}

/// A name with single spaces; people's names are their own business otherwise.
pub(super) fn name(typed: &str, field: &str, label: &str, errors: &mut FieldErrors) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add(field, format!("Type your {label}."));
    } else if name.chars().count() > LONGEST_NAME {
        errors.add(field, format!("Use at most {LONGEST_NAME} characters for your {label}."));
    } else if name.chars().any(char::is_control) {
        errors.add(field, format!("Your {label} holds characters that cannot be shown."));
    }
    name
}

/// `None` for nothing typed; an error for something that cannot be dialled.
pub(super) fn phone(typed: &str) -> Result<Option<String>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let (plus, rest) = typed.strip_prefix('+').map_or(("", typed), |rest| ("+", rest));
    if !rest.chars().all(|c| c.is_ascii_digit() || " -/.()".contains(c)) {
        return Err(());
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    // The longest international number has 15 digits (E.164).
    if (6..=15).contains(&digits.len()) { Ok(Some(format!("{plus}{digits}"))) } else { Err(()) }
}
