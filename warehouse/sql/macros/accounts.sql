-- What a later version of its article has superseded has a say only where nothing else tells of the event: a
-- correction must not be outvoted by what it corrects. Copies speak with one voice.
SELECT
    article_event.*,
    article.cluster_id AS voice,
    article.superseded,
    {
        'known_at': coalesce(article.known_at, 'infinity'::TIMESTAMP),
        'article_event_id': article_event.article_event_id
    } AS ordinal
FROM core.article_event AS article_event
INNER JOIN core.known_articles(ts) AS article ON article_event.article_id = article.article_id
QUALIFY
    NOT article.superseded
    -- By type and status, which all accounts of an event share, so that a question for one type reads no other.
    OR bool_and(article.superseded) OVER (
        PARTITION BY article_event.event_id, article_event.event_type, article_event.status
    )
