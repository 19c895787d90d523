-- One account of a meeting may name a minister and another one her state: these two did not meet. They are a pair only
-- where nobody of another country, or of none, takes part.
WITH met AS (
    SELECT DISTINCT
        calendar.event_id,
        calendar.month,
        calendar.start_date,
        calendar.end_date,
        actor.actor_id,
        actor.actor,
        actor.actor_kind,
        actor.country_code
    FROM marts.event_calendar AS calendar
    INNER JOIN core.event_participant AS participant ON calendar.event_id = participant.event_id
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    WHERE calendar.event_type = 'meeting' AND calendar.realised
),

breadth AS (
    SELECT event_id, count(DISTINCT coalesce(country_code, actor_id)) AS countries
    FROM met
    GROUP BY event_id
)

SELECT
    one.actor_id,
    one.actor,
    one.actor_kind,
    one.country_code,
    other.actor_id AS other_actor_id,
    other.actor AS other_actor,
    other.actor_kind AS other_actor_kind,
    other.country_code AS other_country_code,
    one.month,
    count(*) AS meeting_count,
    min(one.start_date) AS first_date,
    max(one.end_date) AS last_date,
    list(one.event_id ORDER BY one.event_id) AS event_ids
FROM met AS one
INNER JOIN met AS other ON one.event_id = other.event_id AND one.actor_id <> other.actor_id
INNER JOIN breadth ON one.event_id = breadth.event_id
WHERE
    breadth.countries = 1
    OR one.country_code IS DISTINCT FROM other.country_code
    OR (one.actor_kind, other.actor_kind) NOT IN (('person', 'state'), ('state', 'person'))
GROUP BY ALL
