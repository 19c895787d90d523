WITH newest AS (
    SELECT
        max(article.published_date) AS newest_article,
        count(DISTINCT article.source) AS source_count
    FROM core.article AS article
    WHERE article.superseded_by IS NULL
)

SELECT
    publication.publication_id,
    publication.published_at,
    publication.version,
    publication.article_count,
    publication.event_count,
    newest.newest_article,
    newest.source_count
FROM core.publication AS publication
CROSS JOIN newest
ORDER BY publication.published_at DESC
LIMIT 1
