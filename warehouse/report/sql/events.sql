-- The events that were asked for, the newest first. An undated one is left out of no period.
-- $1, $2: first and last day, or null. $3 to $6: types, statuses, codes of countries, parts of names; an empty list
-- asks for all.
WITH wanted AS (
    SELECT unnest($6) AS part
)

SELECT
    event.event_id,
    event.event_type,
    event.status,
    event.form,
    event.start_date,
    event.end_date,
    event.date_precision,
    event.date_text,
    event.date_basis,
    event.effective_start,
    event.effective_end,
    event.place,
    event.country_code,
    event.latitude,
    event.longitude,
    event.confidence,
    event.disputed,
    event.article_count,
    event.independent_source_count
FROM marts.events AS event
WHERE
    (event.start_date IS NULL OR $1 IS NULL OR event.end_date >= $1::DATE)
    AND (event.start_date IS NULL OR $2 IS NULL OR event.start_date <= $2::DATE)
    AND (len($3) = 0 OR list_contains($3, event.event_type))
    AND (len($4) = 0 OR list_contains($4, event.status))
    AND (
        len($5) = 0
        OR list_contains($5, event.country_code)
        OR event.event_id IN (
            SELECT participant.event_id
            FROM marts.event_participants AS participant
            WHERE list_contains($5, participant.country_code)
        )
    )
    AND (
        len($6) = 0
        OR event.event_id IN (
            SELECT participant.event_id
            FROM marts.event_participants AS participant
            LEFT JOIN core.actor_alias AS alias ON participant.actor_id = alias.actor_id
            CROSS JOIN wanted
            WHERE
                contains(lower(participant.actor), lower(wanted.part))
                OR contains(lower(alias.alias), lower(wanted.part))
        )
    )
ORDER BY coalesce(event.start_date, event.last_published_at::DATE) DESC NULLS LAST, event.event_id ASC
