SELECT
    event_id,
    linked_event_id,
    'stage' AS kind
FROM stage.event_link
