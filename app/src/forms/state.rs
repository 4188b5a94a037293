//! What the fields of a form show: what was typed, and what was wrong with it.

use domain::kernel::FieldErrors;

/// Values and messages of a form. The default is a form nobody has filled in yet.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: FieldErrors,
}

impl FormState {
    /// A form that was filled in, with what was wrong.
    #[must_use]
    pub const fn rejected(values: Vec<(String, String)>, errors: FieldErrors) -> Self {
        Self { values, errors }
    }

    /// A form that starts with these values.
    pub fn with<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { values, errors: FieldErrors::new() }
    }

    /// The same form with complaints.
    #[must_use]
    pub fn complaining(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    /// The complaints alone.
    #[must_use]
    pub fn complaints(&self) -> FieldErrors {
        self.errors.clone()
    }

    /// What a field shows; empty if nothing was typed.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// All values of a field that may be given several times, such as checkboxes.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a checkbox or radio of this value is chosen.
    #[must_use]
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(field, given)| field == name && given == value)
    }

    /// Whether anything was typed or preset at all.
    #[must_use]
    pub const fn is_untouched(&self) -> bool {
        self.values.is_empty()
    }

    /// The message beside a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.of(name)
    }

    /// All messages in order, for the summary: field and message. An empty field means the whole form.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors.iter()
    }
}
