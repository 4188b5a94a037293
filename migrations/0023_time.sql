-- Keeping hours: which public holidays a business keeps, and how much a person takes on.

-- A region of the list in domain/src/availability/holidays/list.csv, such as DE or DE-BE; NULL works on holidays.
ALTER TABLE providers ADD COLUMN holidays text CHECK (holidays ~ '^[A-Z]{2}(-[A-Z]{2,3})?$');

-- Most visits of a person on one civil day, and in one week from Monday to Sunday, over all services; NULL is any number.
ALTER TABLE members
    ADD COLUMN most_a_day smallint CHECK (most_a_day BETWEEN 1 AND 50),
    ADD COLUMN most_a_week smallint CHECK (most_a_week BETWEEN 1 AND 200);
