//! Rows in the text format of COPY.

use std::fmt::{Display, Write};

/// Rows of one table.
#[derive(Debug)]
pub struct Sheet {
    /// The table and its columns, as COPY names them.
    pub target: &'static str,
    /// The rows.
    pub text: String,
    fresh: bool,
}

impl Sheet {
    /// An empty sheet for `table (columns)`.
    pub const fn new(target: &'static str) -> Self {
        Self { target, text: String::new(), fresh: true }
    }

    /// Writes a field.
    pub fn put(&mut self, value: impl Display) -> &mut Self {
        self.separate();
        let mut clean = Clean(&mut self.text);
        // Writing into a string cannot fail.
        let _ = write!(clean, "{value}");
        self
    }

    /// Writes a field, or nothing at all.
    pub fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => {
                self.separate();
                self.text.push_str("\\N");
                self
            }
        }
    }

    /// Writes a list of texts.
    pub fn list(&mut self, values: &[String]) -> &mut Self {
        let quoted: Vec<String> =
            values.iter().map(|value| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))).collect();
        self.put(format_args!("{{{}}}", quoted.join(",")))
    }

    /// Ends the row.
    pub fn end(&mut self) {
        self.text.push('\n');
        self.fresh = true;
    }

    fn separate(&mut self) {
        if !self.fresh {
            self.text.push('\t');
        }
        self.fresh = false;
    }
}

/// Escapes what means something to COPY.
struct Clean<'t>(&'t mut String);

impl Write for Clean<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for letter in text.chars() {
            match letter {
                '\\' => self.0.push_str("\\\\"),
                '\t' => self.0.push_str("\\t"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                plain => self.0.push(plain),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_copy_reads() {
        let mut sheet = Sheet::new("t (a, b, c)");
        sheet.put("a\tb").maybe(None::<&str>).list(&["x \"y\"".to_owned(), "z".to_owned()]).end();
        sheet.put(1).put(2).put("").end();
        assert_eq!(sheet.text, "a\\tb\t\\N\t{\"x \\\\\"y\\\\\"\",\"z\"}\n1\t2\t\n");
    }
}
