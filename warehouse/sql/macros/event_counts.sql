WITH mentioned AS (
    SELECT
        mention.event_id,
        mention.event_type,
        mention.status,
        mention.article_id,
        count(*) AS mentions
    FROM core.event_mention AS mention
    GROUP BY mention.event_id, mention.event_type, mention.status, mention.article_id
)

SELECT
    mentioned.event_id,
    mentioned.event_type,
    mentioned.status,
    count(*) AS article_count,
    sum(mentioned.mentions)::BIGINT AS mention_count,
    min(article.published_at) AS first_published_at,
    max(article.published_at) AS last_published_at,
    count(DISTINCT first.source) AS independent_source_count
FROM mentioned
INNER JOIN core.known_articles(ts) AS article ON mentioned.article_id = article.article_id
INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
WHERE NOT article.superseded
GROUP BY mentioned.event_id, mentioned.event_type, mentioned.status
