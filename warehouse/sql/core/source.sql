SELECT
    source,
    count(*) FILTER (WHERE superseded_by IS NULL) AS article_count,
    min(published_date) AS first_published_date,
    max(published_date) AS last_published_date
FROM core.article
GROUP BY source
