-- What an article is to the others: worked out on narrow rows, before their texts are read.
WITH owner AS (  -- An article lands once, in the batch that landed first.
    SELECT
        raw.article_id,
        arg_min(
            { 'batch': raw.batch, 'text_id': raw.text_id, 'published_at': raw.published_at }, batch.ordinal
        ) AS landed
    FROM stage.raw_articles AS raw
    INNER JOIN stage.batch AS batch ON raw.batch = batch.batch
    GROUP BY raw.article_id
),

version AS (
    SELECT
        clustered.* EXCLUDE (batch),
        owner.landed.batch,
        owner.landed.text_id,
        batch.ordinal,
        batch.landed_at
    FROM stage.article_clusters AS clustered
    INNER JOIN owner ON clustered.article_id = owner.article_id
    INNER JOIN stage.batch AS batch ON owner.landed.batch = batch.batch
),

-- An article that nothing dates counts as known since its batch landed; so does one that supersedes others.
replaced AS (
    SELECT
        previous_version_id AS article_id,
        landed_at
    FROM version
    WHERE known_at IS NULL AND previous_version_id IS NOT NULL
    UNION ALL
    SELECT
        version.article_id,
        later.landed_at
    FROM version
    INNER JOIN version AS later ON version.superseded_by = later.article_id
    WHERE later.known_at IS NULL
),

landed_over AS (
    SELECT
        article_id,
        min(landed_at) AS landed_at
    FROM replaced
    GROUP BY article_id
),

sized AS (
    SELECT
        cluster_id,
        count(*) AS cluster_size
    FROM version
    GROUP BY cluster_id
)

SELECT
    version.*,
    first.landed.published_at AS cluster_first_published_at,
    sized.cluster_size,
    coalesce(version.known_at, version.landed_at) AS known_from,
    -- Versions between may lead to the newest one: where none of them is dated, that one tells when.
    coalesce(
        least(version.superseded_at, landed_over.landed_at), newest.known_at, newest.landed_at
    ) AS superseded_from
FROM version
INNER JOIN owner AS first ON version.cluster_first_article_id = first.article_id
INNER JOIN sized ON version.cluster_id = sized.cluster_id
LEFT JOIN landed_over ON version.article_id = landed_over.article_id
LEFT JOIN version AS newest ON version.superseded_by = newest.article_id
