SELECT
    kind,
    text,
    claim
FROM core.published_evidence
WHERE article_id = $1
ORDER BY ordinal
