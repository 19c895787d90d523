WITH numbered AS (
    SELECT
        dates.article_id,
        unnest(dates.evidence) AS evidence,
        unnest(range(len(dates.evidence))) AS ordinal
    FROM stage.time_expressions AS dates
    INNER JOIN stage.owned AS article
        ON dates.article_id = article.article_id AND dates.batch = article.batch
)

SELECT
    article_id,
    ordinal,
    evidence.kind,
    evidence."start",
    evidence."end",
    evidence.text,
    evidence.claim,
    evidence.first_date,
    evidence.last_date
FROM numbered
