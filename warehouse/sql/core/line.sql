WITH numbered AS (
    SELECT
        article.article_id,
        unnest(clean.lines) AS line,
        unnest(range(len(clean.lines))) AS ordinal
    FROM stage.owned AS article
    INNER JOIN stage.clean_articles AS clean
        ON article.text_id = clean.text_id AND article.batch = clean.batch
)

SELECT
    article_id,
    ordinal,
    line."start" AS line_start,
    line."end" AS line_end,
    line.kind,
    line.reason
FROM numbered
