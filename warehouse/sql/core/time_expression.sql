WITH expression AS (
    SELECT
        dates.article_id,
        unnest(dates.expressions, max_depth := 2)  -- noqa: AL03
    FROM stage.time_expressions AS dates
    INNER JOIN stage.owned AS article
        ON dates.article_id = article.article_id AND dates.batch = article.batch
)

SELECT
    digest('time_expression', article_id || ':' || "start" || ':' || "end") AS time_expression_id,
    *
FROM expression
