WITH later AS (
    SELECT event_id, list(linked_event_id ORDER BY linked_event_id) AS next_event_ids
    FROM core.event_link
    WHERE linked_event_id IN (SELECT event_id FROM marts.event_calendar)
    GROUP BY event_id
),

earlier AS (
    SELECT linked_event_id AS event_id, list(event_id ORDER BY event_id) AS previous_event_ids
    FROM core.event_link
    WHERE event_id IN (SELECT event_id FROM marts.event_calendar)
    GROUP BY linked_event_id
)

SELECT
    calendar.event_id,
    calendar.event_type,
    calendar.status,
    calendar.stage,
    calendar.realised,
    thread.thread_id,
    coalesce(earlier.previous_event_ids, []) AS previous_event_ids,
    coalesce(later.next_event_ids, []) AS next_event_ids
FROM marts.event_calendar AS calendar
INNER JOIN core.event_thread AS thread ON calendar.event_id = thread.event_id
LEFT JOIN earlier ON calendar.event_id = earlier.event_id
LEFT JOIN later ON calendar.event_id = later.event_id
