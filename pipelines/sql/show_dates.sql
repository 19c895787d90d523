-- Expressions are numbered in the order of the text; anchor_number is that of the one counted from.
WITH expression AS (
    SELECT
        *,
        row_number() OVER (ORDER BY "start") AS number
    FROM core.time_expression
    WHERE article_id = $1
)

SELECT
    expression."start",
    expression."end",
    expression.text,
    expression.type,
    expression.value,
    expression.mod,
    expression.start_date,
    expression.end_date,
    expression.precision,
    expression.anchor,
    anchoring.number AS anchor_number,
    expression."offset",
    expression.direction,
    expression.rule
FROM expression
LEFT JOIN expression AS anchoring ON expression.anchor_start = anchoring."start"
ORDER BY expression.number
