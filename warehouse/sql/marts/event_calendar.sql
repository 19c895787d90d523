-- Both ends of an event's interval must lie in a week, month, quarter or year for the event to be placed in it.
-- Counted are the events of marts.events: those of which only superseded versions tell are none.
WITH counted AS (
    SELECT DISTINCT article_event.event_id
    FROM core.article_event AS article_event
    INNER JOIN core.article AS article ON article_event.article_id = article.article_id
    WHERE article.superseded_by IS NULL
)

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
    CASE
        WHEN date_trunc('week', event.start_date) = date_trunc('week', event.end_date)
            THEN CAST(date_trunc('week', event.start_date) AS DATE)
    END AS week,
    CASE
        WHEN date_trunc('month', event.start_date) = date_trunc('month', event.end_date)
            THEN CAST(date_trunc('month', event.start_date) AS DATE)
    END AS month,
    CASE
        WHEN date_trunc('quarter', event.start_date) = date_trunc('quarter', event.end_date)
            THEN CAST(date_trunc('quarter', event.start_date) AS DATE)
    END AS quarter,
    CASE
        WHEN date_trunc('year', event.start_date) = date_trunc('year', event.end_date)
            THEN CAST(date_trunc('year', event.start_date) AS DATE)
    END AS year
FROM core.event AS event
INNER JOIN counted ON event.event_id = counted.event_id
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
