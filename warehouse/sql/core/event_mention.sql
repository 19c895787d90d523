-- A clean offset leads to a raw one through the segment in which it lies; within a segment both run in step,
-- but for mended stretches, which lead to the whole of what was mended.
WITH told AS (
    SELECT
        mentions.article_id,
        mentions.batch,
        unnest(mentions.mentions, max_depth := 2)  -- noqa: AL03
    FROM stage.event_mentions AS mentions
    INNER JOIN stage.owned AS article
        ON mentions.article_id = article.article_id AND mentions.batch = article.batch
),

located AS (
    SELECT
        told.*,
        clean.text,
        list_filter(clean.segments, LAMBDA s: s."start" <= told.sentence_start AND told.sentence_start < s."end")[1]
            AS first,
        list_filter(clean.segments, LAMBDA s: s."start" < told.sentence_end AND told.sentence_end <= s."end")[1] AS last
    FROM told
    INNER JOIN stage.owned AS article ON told.article_id = article.article_id
    INNER JOIN stage.clean_articles AS clean
        ON article.text_id = clean.text_id AND article.batch = clean.batch
),

-- The text is left behind before the accounts are joined: it is most of a row.
quoted AS (
    SELECT
        located.* EXCLUDE (batch, participants, text, first, last),
        substring(text, sentence_start + 1, sentence_end - sentence_start) AS sentence,
        CASE
            WHEN first.raw_end - first.raw_start = first."end" - first."start"
                THEN first.raw_start + sentence_start - first."start"
            ELSE first.raw_start
        END AS raw_start,
        CASE
            WHEN last.raw_end - last.raw_start = last."end" - last."start"
                THEN last.raw_start + sentence_end - last."start"
            ELSE last.raw_end
        END AS raw_end
    FROM located
)

SELECT
    quoted.*,
    account.event_id
FROM quoted
INNER JOIN stage.account AS account ON quoted.article_event_id = account.article_event_id
