-- The events that were asked for, the newest first. An undated one is in no period and in none excluded from it.
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
    (event.start_date IS NULL OR $since IS NULL OR event.end_date >= $since::DATE)
    AND (event.start_date IS NULL OR $until IS NULL OR event.start_date <= $until::DATE)
    AND (len($types) = 0 OR list_contains($types, event.event_type))
    AND (len($statuses) = 0 OR list_contains($statuses, event.status))
    AND (
        len($countries) = 0
        OR list_contains($countries, event.country_code)
        OR event.event_id IN (
            SELECT participant.event_id
            FROM marts.event_participants AS participant
            WHERE list_contains($countries, participant.country_code)
        )
    )
    AND (
        len($actors) = 0
        OR event.event_id IN (
            SELECT participant.event_id
            FROM marts.event_participants AS participant
            LEFT JOIN core.actor_alias AS alias ON participant.actor_id = alias.actor_id
            WHERE
                len(
                    list_filter(
                        $actors,
                        LAMBDA wanted: contains(lower(participant.actor), lower(wanted))
                        OR coalesce(contains(lower(alias.alias), lower(wanted)), FALSE)
                    )
                ) > 0
        )
    )
ORDER BY coalesce(event.start_date, event.last_published_at::DATE) DESC NULLS LAST, event.event_id
