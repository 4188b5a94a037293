-- Running a business: questions that wait for applicants have a deadline and a reminder, and who looked at documents is
-- on record.

-- When the applicant was reminded of the present question.
ALTER TABLE applications ADD COLUMN reminded_at timestamptz;

-- The last look of each checker at each document that is in the history. One row per pair: a page shows a document in
-- several sizes, and looks within an hour are one.
CREATE TABLE document_looks (
    document_id uuid NOT NULL REFERENCES application_documents ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users,
    at timestamptz NOT NULL,
    PRIMARY KEY (document_id, user_id)
);
