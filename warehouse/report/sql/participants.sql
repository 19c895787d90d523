-- Who takes part in the events $1.
SELECT
    participant.event_id,
    participant.actor_id,
    participant.actor,
    participant.actor_kind,
    participant.country_code,
    participant.role
FROM marts.event_participants AS participant
WHERE participant.event_id IN (SELECT unnest($1))
ORDER BY participant.event_id, participant.actor, participant.actor_id, participant.role
