SELECT
    event_id,
    actor_id,
    role
FROM stage.participants
