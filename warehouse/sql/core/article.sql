-- An article lands once, in the batch that landed first.
WITH landed AS (
    SELECT
        raw.*,
        batch.ordinal
    FROM stage.raw_articles AS raw
    INNER JOIN stage.batch AS batch ON raw.batch = batch.batch
    QUALIFY row_number() OVER (PARTITION BY raw.article_id ORDER BY batch.ordinal) = 1
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
    clustered.superseded_by,
    landed.batch,
    clustered.cluster_id,
    clustered.cluster_first_article_id,
    first.published_at AS cluster_first_published_at,
    count(*) OVER (PARTITION BY clustered.cluster_id) AS cluster_size,
    clustered.similarity,
    landed.cluster_id AS exact_cluster_id,
    clustered.previous_version_id,
    clustered.known_at,
    clustered.superseded_at,
    clustered.url_key
FROM landed
INNER JOIN stage.article_clusters AS clustered ON landed.article_id = clustered.article_id
INNER JOIN landed AS first ON clustered.cluster_first_article_id = first.article_id
-- Each batch keeps the clean text into which its own offsets lead.
INNER JOIN stage.clean_articles AS clean
    ON landed.text_id = clean.text_id AND landed.batch = clean.batch
INNER JOIN stage.time_expressions AS dates
    ON landed.article_id = dates.article_id AND landed.batch = dates.batch
INNER JOIN stage.event_mentions AS mentions
    ON landed.article_id = mentions.article_id AND landed.batch = mentions.batch
