SELECT
    thread.thread_id,
    row_number() OVER in_order AS position,
    count(*) OVER (PARTITION BY thread.thread_id) AS thread_size,
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
    lag(event.event_id) OVER in_order AS previous_event_id,
    lead(event.event_id) OVER in_order AS next_event_id,
    event.start_date - lag(event.start_date) OVER in_order AS days_since_previous,
    event.confidence,
    event.article_count,
    event.first_published_at
FROM marts.events AS event
INNER JOIN core.event_thread AS thread ON event.event_id = thread.event_id
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WINDOW in_order AS (
    PARTITION BY thread.thread_id
    ORDER BY event.start_date NULLS LAST, event_status.stage, event.first_published_at NULLS LAST, event.event_id
)
