-- Every id of the publication before that is no more goes to the event that holds most of its mentions now;
-- ids that went before follow the same way.
WITH gone AS (
    SELECT event_id FROM previous.event
    WHERE event_id NOT IN (SELECT present.event_id FROM core.event AS present)
),

heirs AS (
    SELECT
        gone.event_id,
        now.event_id AS successor_id,
        count(*) AS shared
    FROM gone
    INNER JOIN previous.mention AS before ON gone.event_id = before.event_id
    INNER JOIN core.event_mention AS mention ON before.mention_id = mention.mention_id
    INNER JOIN core.article_event AS now ON mention.article_event_id = now.article_event_id
    GROUP BY gone.event_id, now.event_id
    QUALIFY row_number() OVER (PARTITION BY gone.event_id ORDER BY count(*) DESC, now.event_id) = 1
),

step AS (
    SELECT
        gone.event_id,
        heirs.successor_id
    FROM gone
    LEFT JOIN heirs ON gone.event_id = heirs.event_id
)

SELECT
    event_id,
    successor_id
FROM step
UNION ALL
SELECT
    history.event_id,
    CASE WHEN step.event_id IS NULL THEN history.successor_id ELSE step.successor_id END AS successor_id
FROM previous.event_id_history AS history
LEFT JOIN step ON history.successor_id = step.event_id
WHERE
    history.event_id NOT IN (SELECT event_id FROM core.event)
    AND history.event_id NOT IN (SELECT gone.event_id FROM gone)
