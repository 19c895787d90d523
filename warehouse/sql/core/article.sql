-- An article lands once, in the batch that landed first. A later one with the same URL, or of the same source with the
-- same source_id, supersedes the earlier ones; later is what was published later, a dated version beating undated ones.
WITH landed AS (
    SELECT raw.*, batch.ordinal
    FROM stage.raw_articles AS raw
    INNER JOIN stage.batch AS batch ON raw.batch = batch.batch
    QUALIFY row_number() OVER (PARTITION BY raw.article_id ORDER BY batch.ordinal) = 1
),

newest AS (
    SELECT
        article_id,
        first_value(article_id) OVER by_url AS newest_by_url,
        first_value(article_id) OVER by_id AS newest_by_id
    FROM landed
    WINDOW
        by_url AS (PARTITION BY coalesce(url, article_id) ORDER BY published_at DESC NULLS LAST, ordinal DESC, article_id),
        by_id AS (PARTITION BY source, source_id ORDER BY published_at DESC NULLS LAST, ordinal DESC, article_id)
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
    landed.cluster_id,
    CASE
        WHEN newest.newest_by_url <> landed.article_id THEN newest.newest_by_url
        WHEN newest.newest_by_id <> landed.article_id THEN newest.newest_by_id
    END AS superseded_by,
    landed.batch
FROM landed
INNER JOIN newest ON landed.article_id = newest.article_id
-- Each batch keeps the clean text into which its own offsets lead.
INNER JOIN stage.clean_articles AS clean
    ON landed.text_id = clean.text_id AND landed.batch = clean.batch
INNER JOIN stage.time_expressions AS dates
    ON landed.article_id = dates.article_id AND landed.batch = dates.batch
INNER JOIN stage.event_mentions AS mentions
    ON landed.article_id = mentions.article_id AND landed.batch = mentions.batch
