SELECT
    raw.article_id,
    raw.text_id,
    raw.source,
    raw.source_id,
    raw.url,
    raw.title,
    raw.author,
    raw.published_at,
    dates.published_date,
    raw.published_precision,
    raw.published_from,
    raw.origin,
    raw.extra,
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
    version.superseded_by,
    version.batch,
    version.cluster_id,
    version.cluster_first_article_id,
    version.cluster_first_published_at,
    version.cluster_size,
    version.similarity,
    raw.cluster_id AS exact_cluster_id,
    version.previous_version_id,
    version.known_at,
    version.superseded_at,
    version.url_key,
    version.known_from,
    version.superseded_from
FROM stage.raw_articles AS raw
INNER JOIN stage.owned AS version ON raw.article_id = version.article_id AND raw.batch = version.batch
-- Each batch keeps the clean text into which its own offsets lead.
INNER JOIN stage.clean_articles AS clean
    ON raw.text_id = clean.text_id AND raw.batch = clean.batch
INNER JOIN stage.time_expressions AS dates
    ON raw.article_id = dates.article_id AND raw.batch = dates.batch
INNER JOIN stage.event_mentions AS mentions
    ON raw.article_id = mentions.article_id AND raw.batch = mentions.batch
