-- The $2 best sentences of each of the events $1, its triggers taken together; a sentence that several articles have is
-- quoted from the one published first. What a later version of its article no longer says is left out.
WITH told AS (
    SELECT
        evidence.event_id,
        evidence.article_id,
        evidence.url,
        evidence.sentence,
        evidence.sentence_start,
        list(
            DISTINCT [evidence.trigger_start - evidence.sentence_start, evidence.trigger_end - evidence.sentence_start]
        ) AS marks,
        max(evidence.confidence) AS confidence,
        string_agg(DISTINCT evidence.claimed_by, ', ' ORDER BY evidence.claimed_by) AS claimed_by,
        string_agg(DISTINCT evidence.rule, ', ' ORDER BY evidence.rule) AS rule
    FROM marts.event_evidence AS evidence
    WHERE evidence.event_id IN (SELECT unnest($1))
    GROUP BY ALL
),

placed AS (
    SELECT
        told.*,
        article.title,
        article.source,
        article.source_id,
        article.published_date,
        article.published_earliest,
        article.published_latest,
        article.published_basis,
        row_number() OVER (
            PARTITION BY told.event_id, told.sentence
            ORDER BY article.published_at NULLS LAST, told.article_id, told.sentence_start
        ) AS copy,
        count(DISTINCT told.article_id) OVER (PARTITION BY told.event_id, told.sentence) AS copies
    FROM told
    INNER JOIN marts.articles AS article ON told.article_id = article.article_id
    WHERE article.superseded_by IS NULL
),

ranked AS (
    SELECT
        placed.*,
        row_number() OVER (
            PARTITION BY placed.event_id
            ORDER BY
                placed.confidence DESC,
                placed.published_date ASC NULLS LAST,
                placed.article_id ASC,
                placed.sentence_start ASC
        ) AS place,
        count(*) OVER (PARTITION BY placed.event_id) AS sentence_count
    FROM placed
    WHERE placed.copy = 1
)

SELECT
    ranked.event_id,
    ranked.sentence,
    ranked.marks,
    ranked.confidence,
    ranked.claimed_by,
    ranked.rule,
    ranked.title,
    ranked.source,
    ranked.source_id,
    ranked.url,
    ranked.published_date,
    ranked.published_earliest,
    ranked.published_latest,
    ranked.published_basis,
    ranked.copies,
    ranked.sentence_count
FROM ranked
WHERE ranked.place <= $2
ORDER BY ranked.event_id, ranked.place
