-- Events are numbered by their first trigger, as in show_events.sql.
WITH mention AS (
    SELECT
        trigger_start,
        trigger_end,
        event_type,
        article_event_id,
        min(trigger_start) OVER (PARTITION BY article_event_id) AS first_start
    FROM core.event_mention
    WHERE article_id = $1
)

SELECT
    trigger_start,
    trigger_end,
    event_type,
    dense_rank() OVER (ORDER BY first_start, article_event_id) AS number
FROM mention
ORDER BY trigger_start
