//! The questions of a listing as fields of its form, as lines of its history, and what they must say.

use super::Listing;
use super::typed::{Reading, Typed};
use crate::catalog::questions::{LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, MOST_QUESTIONS};
use crate::catalog::{AnswerKind, Question};
use crate::kernel::FieldErrors;

/// The name of a field of a question: `text`, `kind`, `options`, `required`.
#[must_use]
pub fn question_field(row: usize, what: &str) -> String {
    format!("question-{row}-{what}")
}

/// How many rows of questions a form has.
#[must_use]
pub fn question_rows(typed: &Typed) -> usize {
    (0..MOST_QUESTIONS).take_while(|row| typed.given(&question_field(*row, "text"))).count()
}

impl Reading<'_> {
    /// Reads the rows in their order. A row without words is no question.
    pub(super) fn questions(&mut self, into: &mut Vec<Question>) {
        if !self.typed.given("questions-shown") {
            return;
        }
        let mut found = Vec::new();
        for row in 0..question_rows(self.typed) {
            let field = |what: &str| question_field(row, what);
            let said = ["text", "options"].iter().any(|what| !self.typed.text(&field(what)).is_empty());
            if !said {
                continue;
            }
            let required = !self.typed.text(&field("required")).is_empty();
            let mut question = Question { text: String::new(), kind: AnswerKind::Text, required, options: Vec::new() };
            self.line(&field("text"), &mut question.text, LONGEST_QUESTION);
            self.chosen(&field("kind"), &mut question.kind, AnswerKind::parse);
            if question.kind == AnswerKind::Choice {
                question.options = self.options(&field("options"));
            }
            found.push(question);
        }
        *into = found;
    }

    /// One answer a line; the same one twice is one.
    fn options(&mut self, name: &str) -> Vec<String> {
        let mut options: Vec<String> = Vec::new();
        for line in self.typed.text(name).lines() {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if !line.is_empty() && !options.contains(&line) {
                options.push(line);
            }
        }
        if options.len() > MOST_OPTIONS {
            self.wrong.add(name, format!("Please keep it under {MOST_OPTIONS} lines."));
            options.truncate(MOST_OPTIONS);
        }
        if options.iter().any(|option| option.chars().count() > LONGEST_OPTION) {
            self.wrong.add(name, format!("Please keep each line under {LONGEST_OPTION} characters."));
            options.retain(|option| option.chars().count() <= LONGEST_OPTION);
        }
        options
    }
}

/// The fields a form starts with.
pub(super) fn fields(listing: &Listing, put: &mut impl FnMut(String, String)) {
    put("questions-shown".to_owned(), "yes".to_owned());
    for (row, question) in listing.questions.iter().enumerate() {
        put(question_field(row, "text"), question.text.clone());
        put(question_field(row, "kind"), question.kind.name().to_owned());
        put(question_field(row, "options"), question.options.join("\n"));
        if question.required {
            put(question_field(row, "required"), "yes".to_owned());
        }
    }
}

/// Each question as a line that tells all of it.
pub(super) fn lines(listing: &Listing) -> Vec<String> {
    let line = |question: &Question| {
        let answer = match question.kind {
            AnswerKind::Text => "in words".to_owned(),
            AnswerKind::YesNo => "yes or no".to_owned(),
            AnswerKind::Choice => question.options.join(" / "),
        };
        let needed = if question.required { "needed" } else { "if they like" };
        format!("{} ({answer}; {needed})", question.text)
    };
    listing.questions.iter().map(line).collect()
}

/// Complaints about questions nobody could answer.
pub(super) fn missing(listing: &Listing, wrong: &mut FieldErrors) {
    for (row, question) in listing.questions.iter().enumerate() {
        if question.text.is_empty() {
            wrong.add(&question_field(row, "text"), "Write what you would like to know.");
        }
        if question.kind == AnswerKind::Choice && question.options.len() < 2 {
            wrong.add(&question_field(row, "options"), "Give at least two answers to choose from, one a line.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::leak;
    use super::super::{changes, fields, missing, needs_review, read};
    use super::*;

    fn asking() -> Listing {
        let question = |text: &str, kind, required, options: &[&str]| Question {
            text: text.to_owned(),
            kind,
            required,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
        };
        let questions = vec![
            question("Where is the stopcock?", AnswerKind::Text, true, &[]),
            question("Is there a lift?", AnswerKind::YesNo, false, &[]),
            question("What are the pipes made of?", AnswerKind::Choice, true, &["Copper", "Lead", "No idea"]),
        ];
        Listing { questions, ..leak() }
    }

    #[test]
    fn an_untouched_form_changes_nothing() {
        let (again, wrong) = read(&Typed(fields(&asking())), &asking());
        assert_eq!((again, wrong.is_empty()), (asking(), true));
        let (again, _) = read(&Typed(vec![("title".into(), "Another title".into())]), &asking());
        assert_eq!(again.questions, asking().questions, "what is not shown stays");
    }

    #[test]
    fn empty_rows_are_no_questions_and_there_are_at_most_twelve() {
        let mut typed = vec![("questions-shown".to_owned(), "yes".to_owned())];
        for row in 0..MOST_QUESTIONS + 3 {
            typed.push((question_field(row, "text"), if row == 0 { " ".into() } else { format!("Question {row}?") }));
        }
        let (listing, wrong) = read(&Typed(typed), &asking());
        assert_eq!((listing.questions.len(), wrong.is_empty()), (MOST_QUESTIONS - 1, true));
        assert_eq!(listing.questions[0].text, "Question 1?");
        let (none, _) = read(&Typed(vec![("questions-shown".into(), "yes".into())]), &asking());
        assert_eq!(none.questions, []);
    }

    #[test]
    fn a_choice_needs_something_to_choose_from() {
        let mut listing = asking();
        listing.questions[2].options.truncate(1);
        listing.questions[0].text.clear();
        let wrong = missing(&listing);
        let wrong: Vec<&str> = wrong.iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, ["question-0-text", "question-2-options"]);
    }

    #[test]
    fn nonsense_stands_beside_its_field() {
        for (field, typed) in [
            ("question-0-text", "x".repeat(LONGEST_QUESTION + 1)),
            ("question-1-kind", "poem".to_owned()),
            ("question-2-options", "x\n".to_owned() + &"y".repeat(LONGEST_OPTION + 1)),
        ] {
            let mut all = fields(&asking());
            all.retain(|(name, _)| name != field);
            all.push((field.to_owned(), typed));
            let (_, wrong) = read(&Typed(all), &asking());
            assert!(wrong.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn history_tells_what_was_asked_and_nobody_looks_first() {
        let told = changes(&leak(), &asking(), &|id| id.to_string());
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].after[2], "What are the pipes made of? (Copper / Lead / No idea; needed)");
        assert!(!needs_review(&leak(), &asking()));
    }
}
