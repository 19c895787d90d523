SELECT
    event.event_id,
    event.event_type,
    event.status,
    event_status.stage,
    event_status.realised,
    event.start_date,
    event.end_date,
    core.period('month', event.start_date, event.end_date) AS month,
    event.thread_id,
    event.previous_event_ids,
    event.next_event_ids
FROM core.event AS event
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WHERE event.article_count > 0
