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
        SELECT article_event.event_id
        FROM core.article_event AS article_event
        INNER JOIN core.article AS article ON article_event.article_id = article.article_id
        WHERE article.superseded_by IS NULL
    )
