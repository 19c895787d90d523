SELECT
    participant.event_id,
    participant.actor_id,
    actor.actor,
    actor.actor_kind,
    actor.country_code,
    participant.role
FROM core.event_participant AS participant
INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
WHERE
    participant.event_id IN (
        SELECT event.event_id FROM core.event AS event
        WHERE event.article_count > 0
    )
