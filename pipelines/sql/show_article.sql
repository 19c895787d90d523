SELECT
    article_id,
    source_id,
    title,
    text,
    published_date,
    published_earliest,
    published_latest,
    published_basis,
    published_likely,
    published_likely_share,
    published_method
FROM marts.articles
WHERE (starts_with(article_id, $1) OR starts_with(source_id, $1)) AND superseded_by IS NULL
ORDER BY source_id
