-- An article lands once, in the batch that landed first. A later one with the same address, or of the same source with
-- the same source_id, is a later version; later is what was published later, a dated version
-- beating undated ones, and at one time what landed later.
WITH RECURSIVE landed AS (
    SELECT raw.*, batch.ordinal
    FROM stage.raw_articles AS raw
    INNER JOIN stage.batch AS batch ON raw.batch = batch.batch
    QUALIFY row_number() OVER (PARTITION BY raw.article_id ORDER BY batch.ordinal) = 1
),

clustered AS (
    SELECT
        landed.article_id,
        landed.source,
        landed.source_id,
        landed.published_at,
        clusters.* EXCLUDE (article_id, batch, row_in_file),
        row_number() OVER (
            ORDER BY
                landed.published_at DESC NULLS LAST, landed.ordinal DESC, landed.row_in_file DESC, landed.article_id
        ) AS age
    FROM landed
    INNER JOIN stage.article_clusters AS clusters ON landed.article_id = clusters.article_id
),

-- By age, 1 the youngest of all: the youngest version of each article, and the one before it.
aged AS (
    SELECT
        article_id,
        age,
        least(min(age) OVER by_url, min(age) OVER by_id) AS youngest,
        lead(age) OVER by_url AS before_by_url,
        lead(age) OVER by_id AS before_by_id
    FROM clustered
    WINDOW
        by_url AS (
            PARTITION BY coalesce(url_key, article_id)
            ORDER BY age ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ),
        by_id AS (
            PARTITION BY source, source_id
            ORDER BY age ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
),

-- A version that has its address with one article in common and its id with another leads on from the one to the other.
succession AS (
    SELECT age, youngest FROM aged
    WHERE youngest < age
    UNION ALL
    SELECT succession.age, aged.youngest
    FROM succession
    INNER JOIN aged ON succession.youngest = aged.age
    WHERE aged.youngest < aged.age
),

versions AS (
    SELECT
        aged.article_id,
        before.article_id AS previous_version_id,
        newest.article_id AS superseded_by
    FROM aged
    LEFT JOIN aged AS before
        ON before.age = least(coalesce(aged.before_by_url, aged.before_by_id), coalesce(aged.before_by_id, aged.before_by_url))
    LEFT JOIN (SELECT age, min(youngest) AS youngest FROM succession GROUP BY age) AS last ON aged.age = last.age
    LEFT JOIN aged AS newest ON last.youngest = newest.age
)

SELECT
    landed.article_id,
    landed.text_id,
    landed.source,
    landed.source_id,
    landed.url,
    landed.title,
    landed.author,
    landed.published_at,
    dates.published_date,
    landed.published_precision,
    landed.published_from,
    landed.origin,
    landed.extra,
    clean.language,
    clean.byline,
    clean.dateline,
    clean.text,
    dates.published_earliest,
    dates.published_latest,
    dates.published_basis,
    dates.published_likely,
    dates.published_likely_share,
    dates.published_method,
    dates.published_conflict,
    mentions.skipped,
    versions.superseded_by,
    landed.batch,
    clustered.cluster_id,
    clustered.cluster_first_article_id,
    first.published_at AS cluster_first_published_at,
    count(*) OVER (PARTITION BY clustered.cluster_id) AS cluster_size,
    clustered.similarity,
    landed.cluster_id AS exact_cluster_id,
    versions.previous_version_id,
    clustered.url_key
FROM landed
INNER JOIN clustered ON landed.article_id = clustered.article_id
INNER JOIN clustered AS first ON clustered.cluster_first_article_id = first.article_id
INNER JOIN versions ON landed.article_id = versions.article_id
-- Each batch keeps the clean text into which its own offsets lead.
INNER JOIN stage.clean_articles AS clean
    ON landed.text_id = clean.text_id AND landed.batch = clean.batch
INNER JOIN stage.time_expressions AS dates
    ON landed.article_id = dates.article_id AND landed.batch = dates.batch
INNER JOIN stage.event_mentions AS mentions
    ON landed.article_id = mentions.article_id AND landed.batch = mentions.batch
