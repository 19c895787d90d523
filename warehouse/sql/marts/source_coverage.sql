WITH told AS (
    SELECT DISTINCT article_event.event_id, article.article_id, article.source
    FROM core.article_event AS article_event
    INNER JOIN core.article AS article ON article_event.article_id = article.article_id
    WHERE article.superseded_by IS NULL
),

shared AS (
    SELECT event_id, count(DISTINCT source) AS sources
    FROM told
    GROUP BY event_id
),

events AS (
    SELECT
        told.source,
        count(DISTINCT told.article_id) AS articles,
        count(DISTINCT told.event_id) AS events,
        count(DISTINCT told.event_id) FILTER (WHERE shared.sources = 1) AS sole_events
    FROM told
    INNER JOIN shared ON told.event_id = shared.event_id
    GROUP BY told.source
),

articles AS (
    SELECT
        source,
        count(*) AS versions,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_date IS NULL) AS undated,
        count(*) FILTER (WHERE superseded_by IS NULL AND skipped IS NOT NULL) AS skipped
    FROM core.article
    GROUP BY source
),

rejects AS (
    SELECT source, count(*) AS records
    FROM core.rejected_record
    GROUP BY source
)

SELECT
    source.source,
    articles.versions AS version_count,
    source.article_count,
    source.copy_count,
    articles.skipped AS skipped_count,
    coalesce(rejects.records, 0) AS rejected_count,
    articles.undated AS undated_count,
    articles.undated / nullif(source.article_count, 0) AS undated_share,
    source.first_published_date,
    source.last_published_date,
    coalesce(events.articles, 0) AS article_with_event_count,
    coalesce(events.articles, 0) / nullif(source.article_count, 0) AS article_with_event_share,
    coalesce(events.events, 0) AS event_count,
    coalesce(events.sole_events, 0) AS sole_event_count,
    events.sole_events / nullif(events.events, 0) AS sole_event_share
FROM core.source AS source
INNER JOIN articles ON source.source = articles.source
LEFT JOIN events ON source.source = events.source
LEFT JOIN rejects ON source.source = rejects.source
