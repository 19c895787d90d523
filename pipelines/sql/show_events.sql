WITH first_mention AS (
    SELECT
        article_event_id,
        min(trigger_start) AS first_start,
        -- one mention that the article tells itself is enough to make the event more than a claim
        CASE
            WHEN count(*) = count(claimed_by) THEN string_agg(DISTINCT claimed_by, '; ' ORDER BY claimed_by)
        END AS claimed_by
    FROM core.event_mention
    WHERE article_id = $1
    GROUP BY article_event_id
)

SELECT
    article_event.event_type,
    article_event.status,
    article_event.form,
    article_event.participants,
    article_event.place,
    article_event.start_date,
    article_event.end_date,
    first_mention.claimed_by
FROM core.article_event AS article_event
INNER JOIN first_mention ON article_event.article_event_id = first_mention.article_event_id
ORDER BY first_mention.first_start, article_event.article_event_id
