SELECT
    article_id,
    text_id,
    source_id,
    source,
    url,
    title,
    language,
    published_at,
    published_date,
    published_earliest,
    published_latest,
    published_basis,
    text,
    cluster_id,
    superseded_by
FROM core.article
