-- What the articles of some batches tell, each with the event into which it was merged.
WITH told AS (
    SELECT
        mentions.article_id,
        unnest(mentions.events, max_depth := 2)  -- noqa: AL03
    FROM stage.event_mentions AS mentions
    INNER JOIN stage.owned AS article
        ON mentions.article_id = article.article_id AND mentions.batch = article.batch
)

SELECT
    told.*,
    merged.event_id
FROM told
INNER JOIN stage.merged ON told.article_event_id = merged.article_event_id
