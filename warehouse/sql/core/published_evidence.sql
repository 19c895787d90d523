WITH numbered AS (
    SELECT
        dates.article_id,
        unnest(dates.evidence) AS evidence,
        unnest(range(len(dates.evidence))) AS ordinal
    FROM stage.time_expressions AS dates
    INNER JOIN core.article AS article
        ON dates.article_id = article.article_id AND dates.batch = article.batch
)

SELECT
    article_id,
    ordinal,
    evidence.kind AS kind,
    evidence."start" AS "start",
    evidence."end" AS "end",
    evidence.text AS text,
    evidence.claim AS claim,
    evidence.first_date AS first_date,
    evidence.last_date AS last_date
FROM numbered
