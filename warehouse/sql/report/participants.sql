SELECT
    participant.event_id,
    participant.actor_id,
    participant.actor,
    participant.actor_kind,
    participant.country_code,
    participant.role
FROM marts.event_participants AS participant
WHERE participant.event_id IN (SELECT unnest($events))
ORDER BY participant.event_id, participant.actor, participant.actor_id, participant.role
