//! Reading what a browser sends, url-encoded or multipart, through one door.

use super::FormState;
use crate::request::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::kernel::{Error, FieldErrors, words};
use std::str::FromStr;

/// More fields than any form of ours has. What has more is refused: dropping some would lose them without a word.
const MOST_FIELDS: usize = 600;

/// What the name of a field says whose value is neither changed nor shown again.
const SECRET: &str = "password";

/// A file that was sent along.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field it belongs to.
    pub field: String,
    /// What the browser calls it, as far as it can be seen. Never used as a path.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    files: Vec<Upload>,
}

impl Form {
    /// The text of a field without the space around it; empty if it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The text of a field exactly as typed: for passwords.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A field as a value, if it can be read as one.
    #[must_use]
    pub fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// All values of a field that may be given several times.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    }

    /// Everything that was typed, in its order; never passwords. For a page that asks before it goes on.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let kept = self.values.iter().filter(|(name, _)| !name.contains(SECRET));
        kept.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a checkbox is ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A file, if one was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// All files of a field that takes several.
    pub fn files(&self, name: &str) -> impl Iterator<Item = &Upload> {
        self.files.iter().filter(move |file| file.field == name && !file.bytes.is_empty())
    }

    /// What the page shows again: everything that was typed, except passwords.
    #[must_use]
    pub fn state(&self) -> FormState {
        FormState::rejected(self.kept(), FieldErrors::new())
    }

    /// The page again, if this error belongs beside the fields; any other error is a page of its own.
    ///
    /// # Errors
    /// The failure that has its own page.
    pub fn rejected(&self, error: Error) -> Result<FormState, Failure> {
        let errors = match error {
            Error::Invalid(errors) => errors,
            Error::Conflict(message) | Error::Outrun(message) => FieldErrors::one("", message),
            other => return Err(Failure(other)),
        };
        Ok(FormState::rejected(self.kept(), errors))
    }

    /// The same, to keep.
    #[must_use]
    pub fn kept(&self) -> Vec<(String, String)> {
        self.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// A form whose [`kept`](Self::kept) values have waited somewhere, as if it were sent once more.
    #[must_use]
    pub const fn sent_again(values: Vec<(String, String)>) -> Self {
        Self { values, files: Vec::new() }
    }

    async fn multipart(mut parts: Multipart) -> Result<Self, Response> {
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
            let field = part.name().unwrap_or_default().to_owned();
            if form.values.len() + form.files.len() >= MOST_FIELDS {
                return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
            }
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
                    form.files.push(Upload { field, name: words::visible(&name), bytes });
                }
                None => {
                    let value = part.text().await.map_err(IntoResponse::into_response)?;
                    let value = typed(&field, &value);
                    form.values.push((field, value));
                }
            }
        }
        Ok(form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or("application/x-www-form-urlencoded").to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            return Self::multipart(parts).await;
        }
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let values = form_urlencoded::parse(&bytes).take(MOST_FIELDS + 1);
        let values: Vec<_> = values.map(|(name, value)| (name.to_string(), typed(&name, &value))).collect();
        if values.len() > MOST_FIELDS {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        Ok(Self { values, files: Vec::new() })
    }
}

/// What a field holds: words without what cannot be seen, see [`words::visible`]. Passwords are kept as typed, with line
/// ends as everywhere, and without NUL, which the text of Postgres cannot hold.
fn typed(field: &str, value: &str) -> String {
    if field.contains(SECRET) { value.replace("\r\n", "\n").replace('\0', "") } else { words::visible(value) }
}
