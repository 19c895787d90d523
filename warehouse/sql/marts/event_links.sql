SELECT
    link.event_id,
    link.linked_event_id,
    link.kind,
    earlier.event_type,
    earlier.status,
    earlier.start_date,
    earlier.end_date,
    earlier.summary,
    later.status AS linked_status,
    later.start_date AS linked_start_date,
    later.end_date AS linked_end_date,
    later.summary AS linked_summary,
    later.start_date - earlier.start_date AS days_between
FROM core.event_link AS link
INNER JOIN marts.events AS earlier ON link.event_id = earlier.event_id
INNER JOIN marts.events AS later ON link.linked_event_id = later.event_id
