SELECT
    article.article_id,
    article.source,
    article.cluster_id,
    article.cluster_first_article_id,
    article.published_at,
    article.known_at,
    coalesce(article.superseded_from <= ts::TIMESTAMP, FALSE) AS superseded
FROM core.article AS article
WHERE article.known_from <= ts::TIMESTAMP
