WITH told AS (
    SELECT
        mentions.article_id,
        unnest(mentions.events, max_depth := 2)  -- noqa: AL03
    FROM stage.event_mentions AS mentions
    INNER JOIN core.article AS article
        ON mentions.article_id = article.article_id AND mentions.batch = article.batch
),

merged AS (
    SELECT
        event_id,
        unnest(article_event_ids) AS article_event_id
    FROM stage.event
)

SELECT
    told.* EXCLUDE (participants),
    merged.event_id,
    [participant.name FOR participant IN told.participants] AS participants
FROM told
INNER JOIN merged ON told.article_event_id = merged.article_event_id
