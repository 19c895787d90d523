SELECT
    article_event_id,
    unnest(participants, max_depth := 2)  -- noqa: AL03
FROM stage.account
