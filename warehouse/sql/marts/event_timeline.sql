SELECT
    event.thread_id,
    event.position,
    event.thread_size,
    event.event_id,
    event.event_type,
    event.status,
    event_status.stage,
    event_status.realised,
    event.start_date,
    event.end_date,
    event.date_precision,
    event.place,
    event.country_code,
    event.summary,
    event.previous_event_id,
    event.next_event_id,
    event.days_since_previous,
    event.confidence,
    event.article_count,
    event.first_published_at
FROM core.event AS event
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WHERE event.article_count > 0
