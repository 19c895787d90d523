SELECT
    article_event_id,
    actor_id,
    role,
    min(name) AS name
FROM stage.participant
GROUP BY article_event_id, actor_id, role
