SELECT DISTINCT ON (article_event_id, actor_id, role)
    article_event_id,
    actor_id,
    role,
    name
FROM stage.participant
ORDER BY article_event_id, actor_id, role, name
