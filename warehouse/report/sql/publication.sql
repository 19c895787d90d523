-- The publication that the file is, and how fresh it is.
WITH newest AS (
    SELECT
        max(published_date) AS newest_article,
        count(DISTINCT source) AS source_count,
        count(*) AS article_count
    FROM core.article
    WHERE superseded_by IS NULL
)

SELECT
    publication.publication_id,
    publication.published_at,
    publication.version,
    newest.article_count,
    (SELECT count(*) FROM marts.events) AS event_count,
    newest.newest_article,
    newest.source_count
FROM core.publication AS publication
CROSS JOIN newest
ORDER BY publication.published_at DESC
LIMIT 1
