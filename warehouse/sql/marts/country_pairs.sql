WITH side AS (
    SELECT
        calendar.event_id,
        calendar.event_type,
        calendar.realised,
        calendar.month,
        calendar.start_date,
        calendar.end_date,
        actor.country_code,
        bool_or(participant.role = 'sender') AS sends,
        bool_or(participant.role = 'target') AS is_target
    FROM marts.event_calendar AS calendar
    INNER JOIN core.event_participant AS participant ON calendar.event_id = participant.event_id
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    WHERE actor.country_code IS NOT NULL
    GROUP BY ALL
)

SELECT
    one.event_type,
    one.country_code,
    other.country_code AS other_country_code,
    one.month,
    count(*) AS event_count,
    count(*) FILTER (WHERE one.realised) AS realised_count,
    min(one.start_date) AS first_date,
    max(one.end_date) AS last_date,
    list(one.event_id ORDER BY one.event_id) AS event_ids
FROM side AS one
INNER JOIN side AS other ON one.event_id = other.event_id AND one.country_code <> other.country_code
WHERE one.event_type <> 'sanctions' OR (one.sends AND other.is_target)
GROUP BY ALL
