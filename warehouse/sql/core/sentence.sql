WITH clean AS (
    SELECT text_id, sentences
    FROM stage.clean_articles
    QUALIFY row_number() OVER (PARTITION BY text_id ORDER BY batch) = 1
),

numbered AS (
    SELECT text_id, unnest(sentences) AS sentence, unnest(range(len(sentences))) AS ordinal
    FROM clean
)

SELECT
    article.article_id,
    numbered.ordinal,
    numbered.sentence."start" AS sentence_start,
    numbered.sentence."end" AS sentence_end,
    numbered.sentence.kind AS kind
FROM numbered
INNER JOIN core.article AS article ON numbered.text_id = article.text_id
