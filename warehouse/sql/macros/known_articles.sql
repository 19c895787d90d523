-- An article that nothing dates counts as known since its batch landed; so does one that supersedes others.
WITH undated AS (
    SELECT
        later.article_id,
        later.previous_version_id,
        batch.landed_at
    FROM core.article AS later
    INNER JOIN core.batch AS batch ON later.batch = batch.batch
    WHERE later.known_at IS NULL
),

replaced AS (
    SELECT
        previous_version_id AS article_id,
        landed_at
    FROM undated
    WHERE previous_version_id IS NOT NULL
    UNION ALL
    SELECT
        article.article_id,
        undated.landed_at
    FROM core.article AS article
    INNER JOIN undated ON article.superseded_by = undated.article_id
),

landed AS (
    SELECT
        article_id,
        min(landed_at) AS superseded_at
    FROM replaced
    GROUP BY article_id
)

SELECT
    article.article_id,
    article.source,
    article.cluster_id,
    article.cluster_first_article_id,
    article.published_at,
    article.known_at,
    -- Versions between may lead to the newest one: where none of them is dated, that one tells when.
    coalesce(
        coalesce(least(article.superseded_at, landed.superseded_at), newest.known_at, newest_batch.landed_at)
        <= ts::TIMESTAMP,
        FALSE
    ) AS superseded
FROM core.article AS article
INNER JOIN core.batch AS batch ON article.batch = batch.batch
LEFT JOIN landed ON article.article_id = landed.article_id
LEFT JOIN core.article AS newest ON article.superseded_by = newest.article_id
LEFT JOIN core.batch AS newest_batch ON newest.batch = newest_batch.batch
WHERE coalesce(article.known_at, batch.landed_at) <= ts::TIMESTAMP
