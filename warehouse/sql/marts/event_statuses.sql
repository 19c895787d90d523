SELECT
    event_type,
    status,
    stage,
    realised,
    meaning
FROM core.event_status
