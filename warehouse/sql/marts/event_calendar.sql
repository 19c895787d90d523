-- Both ends of an event's interval must lie in a week, month, quarter or year for the event to be placed in it.
-- Counted are the events of marts.events: those of which only superseded versions tell are none.
SELECT
    event.event_id,
    event.event_type,
    event.status,
    event_status.stage,
    event_status.realised,
    event.start_date,
    event.end_date,
    event.end_date - event.start_date + 1 AS days,
    CASE WHEN event.start_date = event.end_date THEN event.start_date END AS day,
    core.period('week', event.start_date, event.end_date) AS week,
    core.period('month', event.start_date, event.end_date) AS month,
    core.period('quarter', event.start_date, event.end_date) AS quarter,
    core.period('year', event.start_date, event.end_date) AS year
FROM core.event AS event
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WHERE event.article_count > 0
