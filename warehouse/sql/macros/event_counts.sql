SELECT
    article_event.event_id,
    count(DISTINCT article.article_id) AS article_count,
    count(*) AS mention_count,
    min(article.published_at) AS first_published_at,
    max(article.published_at) AS last_published_at,
    count(DISTINCT first.source) AS independent_source_count
FROM core.article_event AS article_event
INNER JOIN core.event_mention AS mention ON article_event.article_event_id = mention.article_event_id
INNER JOIN core.known_articles(ts) AS article ON article_event.article_id = article.article_id
INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
WHERE NOT article.superseded
GROUP BY article_event.event_id
