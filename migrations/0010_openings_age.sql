-- Which openings are to be worked out again is asked all the time, so it must be a look at the end of an index:
-- every live service that takes visits has a row from the beginning, as old as can be.

CREATE INDEX service_openings_refreshed ON service_openings (refreshed_at);

CREATE FUNCTION expect_openings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO service_openings (service_id, base_date, days, refreshed_at)
    VALUES (NEW.id, '2000-01-01', B'', '2000-01-01Z')
    ON CONFLICT (service_id) DO UPDATE SET refreshed_at = excluded.refreshed_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER services_expected_in AFTER INSERT ON services
    FOR EACH ROW WHEN (NEW.kind = 'visit' AND NEW.status = 'live') EXECUTE FUNCTION expect_openings();
CREATE TRIGGER services_expected_again AFTER UPDATE OF kind, status ON services
    FOR EACH ROW WHEN (NEW.kind = 'visit' AND NEW.status = 'live' AND (OLD.kind, OLD.status) IS DISTINCT FROM (NEW.kind, NEW.status))
    EXECUTE FUNCTION expect_openings();

INSERT INTO service_openings (service_id, base_date, days, refreshed_at)
SELECT id, '2000-01-01', B'', '2000-01-01Z' FROM services WHERE kind = 'visit' AND status = 'live'
ON CONFLICT DO NOTHING;
