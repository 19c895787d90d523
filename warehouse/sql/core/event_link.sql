SELECT
    event_id,
    unnest(later_stages) AS linked_event_id,
    'stage' AS kind
FROM stage.event
