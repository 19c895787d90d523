SELECT
    event.event_id,
    event.event_type,
    event.status,
    event_status.stage,
    event_status.realised,
    event.start_date,
    event.end_date,
    CASE
        WHEN date_trunc('month', event.start_date) = date_trunc('month', event.end_date)
            THEN cast(date_trunc('month', event.start_date) AS DATE)
    END AS month,
    event.thread_id,
    event.previous_event_ids,
    event.next_event_ids
FROM core.event AS event
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WHERE event.article_count > 0
