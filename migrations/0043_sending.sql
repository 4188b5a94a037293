-- Messages are found by when they are tried next; no job is kept for each.

-- When a message that waits is tried next. Whoever tries puts this off first: should they die, another one tries then.
-- Processes of the version before know nothing of it: what they write is due at once.
ALTER TABLE outbound_messages ADD COLUMN next_try_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX outbound_messages_due ON outbound_messages (next_try_at) WHERE sent_at IS NULL AND failed_at IS NULL;

DO $$
BEGIN
    IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
        DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
        WHERE t.id = j.task_id AND t.identifier = 'notifications.send';
    END IF;
END
$$;
