WITH counted AS MATERIALIZED (
    SELECT
        event_id,
        event_type,
        status,
        stage,
        realised,
        start_date,
        end_date,
        month
    FROM marts.event_calendar
),

link AS (
    SELECT
        link.event_id,
        link.linked_event_id
    FROM core.event_link AS link
    INNER JOIN counted AS earlier ON link.event_id = earlier.event_id
    INNER JOIN counted AS later ON link.linked_event_id = later.event_id
),

following AS (
    SELECT
        event_id,
        list(linked_event_id ORDER BY linked_event_id) AS next_event_ids
    FROM link
    GROUP BY event_id
),

preceding AS (
    SELECT
        linked_event_id,
        list(event_id ORDER BY event_id) AS previous_event_ids
    FROM link
    GROUP BY linked_event_id
)

SELECT
    counted.event_id,
    counted.event_type,
    counted.status,
    counted.stage,
    counted.realised,
    counted.start_date,
    counted.end_date,
    counted.month,
    thread.thread_id,
    coalesce(preceding.previous_event_ids, []) AS previous_event_ids,
    coalesce(following.next_event_ids, []) AS next_event_ids
FROM counted
INNER JOIN core.event_thread AS thread ON counted.event_id = thread.event_id
LEFT JOIN preceding ON counted.event_id = preceding.linked_event_id
LEFT JOIN following ON counted.event_id = following.event_id
