SELECT "start", "end", value, start_date, end_date
FROM core.time_expression
WHERE article_id = $1
ORDER BY "start"
