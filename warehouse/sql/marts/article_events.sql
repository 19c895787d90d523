WITH told AS (
    SELECT DISTINCT
        article_event_id,
        sentence,
        sentence_start
    FROM core.event_mention
),

sentences AS (
    SELECT
        article_event_id,
        list(sentence ORDER BY sentence_start) AS sentences
    FROM told
    GROUP BY article_event_id
)

SELECT
    article_event.article_event_id,
    article_event.event_id,
    article_event.article_id,
    article.source_id,
    article_event.event_type,
    article_event.status,
    article_event.form,
    article_event.start_date,
    article_event.end_date,
    article_event.date_precision,
    article_event.place,
    article_event.participants,
    sentences.sentences,
    article_event.effective_start,
    article_event.effective_end,
    article_event.confidence
FROM core.article_event AS article_event
INNER JOIN core.article AS article ON article_event.article_id = article.article_id
INNER JOIN sentences ON article_event.article_event_id = sentences.article_event_id
