SELECT
    article.source,
    count(*) FILTER (WHERE article.superseded_by IS NULL) AS article_count,
    min(article.published_date) AS first_published_date,
    max(article.published_date) AS last_published_date,
    count(*) FILTER (WHERE article.superseded_by IS NULL AND first.source <> article.source) AS copy_count
FROM core.article AS article
INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
GROUP BY article.source
