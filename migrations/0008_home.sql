-- What the front page and services' pages look up: the best of each branch in one time zone, and praise that
-- fits a card.

CREATE INDEX listings_zone_top_score ON listings (zone, top_category_id, score DESC, service_id DESC)
    INCLUDE (category_id) WHERE kind = 'visit';

CREATE INDEX reviews_praise ON reviews (created_at DESC, id DESC)
    WHERE rating = 5 AND length(body) BETWEEN 60 AND 240;
