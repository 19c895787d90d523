WITH changes AS (
    SELECT
        article_id,
        count(*) FILTER (WHERE kind = 'added') AS added,
        count(*) FILTER (WHERE kind = 'removed') AS removed
    FROM core.article_change
    GROUP BY article_id
)

SELECT
    article.article_id,
    article.text_id,
    article.source_id,
    article.source,
    article.url,
    article.title,
    article.language,
    article.published_at,
    article.published_date,
    article.published_earliest,
    article.published_latest,
    article.published_basis,
    article.text,
    article.cluster_id,
    article.superseded_by,
    article.published_likely,
    article.published_likely_share,
    article.published_method,
    article.published_conflict,
    article.author,
    article.published_from,
    article.cluster_first_article_id,
    article.cluster_first_published_at,
    article.cluster_size,
    article.similarity,
    article.exact_cluster_id,
    article.previous_version_id,
    CASE WHEN article.previous_version_id IS NOT NULL THEN coalesce(changes.added, 0) END AS sentences_added,
    CASE WHEN article.previous_version_id IS NOT NULL THEN coalesce(changes.removed, 0) END AS sentences_removed,
    article.byline,
    article.dateline,
    article.known_at
FROM core.article AS article
LEFT JOIN changes ON article.article_id = changes.article_id
