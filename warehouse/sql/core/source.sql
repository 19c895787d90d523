WITH described AS (
    -- Where two of the sources file supply one source, the first by name describes it.
    SELECT
        source,
        address,
        licence,
        language,
        timezone
    FROM stage.watched_sources
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY watched) = 1
)

SELECT
    article.source,
    count(*) FILTER (WHERE article.superseded_by IS NULL) AS article_count,
    min(article.published_date) AS first_published_date,
    max(article.published_date) AS last_published_date,
    count(*) FILTER (WHERE article.superseded_by IS NULL AND first.source <> article.source) AS copy_count,
    any_value(described.address) AS address,
    any_value(described.licence) AS licence,
    any_value(described.language) AS language,
    any_value(described.timezone) AS timezone
FROM core.article AS article
INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
LEFT JOIN described ON article.source = described.source
GROUP BY article.source
