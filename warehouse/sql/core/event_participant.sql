WITH participant AS (
    SELECT
        event_id,
        unnest(participants) AS who
    FROM stage.event
)

SELECT DISTINCT
    event_id,
    who.actor_id,
    who.role
FROM participant
