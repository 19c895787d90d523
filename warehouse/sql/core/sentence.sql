WITH numbered AS (
    SELECT
        article.article_id,
        unnest(clean.sentences) AS sentence,
        unnest(range(len(clean.sentences))) AS ordinal
    FROM stage.owned AS article
    INNER JOIN stage.clean_articles AS clean
        ON article.text_id = clean.text_id AND article.batch = clean.batch
)

SELECT
    article_id,
    ordinal,
    sentence."start" AS sentence_start,
    sentence."end" AS sentence_end,
    sentence.kind
FROM numbered
