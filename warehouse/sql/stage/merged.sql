SELECT
    event_id,
    unnest(article_event_ids) AS article_event_id
FROM stage.event
