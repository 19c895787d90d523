-- A side is a country or, where an actor has none or is an armed group, the actor. A mediator is no side, and a host is
-- one only where fewer than two others meet.
WITH who AS (
    SELECT
        participant.event_id,
        list(DISTINCT actor.actor ORDER BY actor.actor) AS participants,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE participant.role = 'host') AS hosts,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE participant.role = 'mediator') AS mediators,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE actor.actor_kind = 'person') AS persons,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE actor.actor_kind = 'state') AS states,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (
            WHERE actor.actor_kind = 'organisation'
        ) AS organisations,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE actor.actor_kind = 'armed_group') AS armed_groups,
        list(DISTINCT actor.country_code ORDER BY actor.country_code) FILTER (
            WHERE actor.country_code IS NOT NULL
        ) AS countries,
        count(DISTINCT actor.actor_id) AS participant_count,
        count(DISTINCT coalesce(CASE WHEN actor.actor_kind <> 'armed_group' THEN actor.country_code END, actor.actor_id))
            FILTER (WHERE participant.role <> 'mediator') AS sides,
        count(DISTINCT coalesce(CASE WHEN actor.actor_kind <> 'armed_group' THEN actor.country_code END, actor.actor_id))
            FILTER (WHERE participant.role NOT IN ('mediator', 'host')) AS guest_sides
    FROM core.event_participant AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    GROUP BY participant.event_id
),

counted AS (
    SELECT
        *,
        CASE WHEN guest_sides >= 2 THEN guest_sides ELSE sides END AS side_count
    FROM who
)

SELECT
    event.event_id,
    event.status,
    staged.realised,
    event.form,
    event.start_date,
    event.end_date,
    event.date_precision,
    calendar.month,
    event.place,
    event.country_code,
    event.latitude,
    event.longitude,
    coalesce(counted.participants, []) AS participants,
    coalesce(counted.hosts, []) AS hosts,
    coalesce(counted.mediators, []) AS mediators,
    coalesce(counted.persons, []) AS persons,
    coalesce(counted.states, []) AS states,
    coalesce(counted.organisations, []) AS organisations,
    coalesce(counted.armed_groups, []) AS armed_groups,
    coalesce(counted.countries, []) AS countries,
    coalesce(counted.participant_count, 0) AS participant_count,
    coalesce(counted.side_count, 0) AS side_count,
    coalesce(counted.side_count = 2, false) AS is_bilateral,
    staged.thread_id,
    staged.previous_event_ids,
    staged.next_event_ids,
    event.summary,
    event.confidence,
    event.disputed,
    event.article_count,
    event.independent_source_count,
    event.mention_count,
    event.first_published_at,
    event.last_published_at,
    event.date_text,
    event.date_basis,
    event.cameo_code,
    event.plover_event,
    event.plover_mode
FROM marts.events AS event
INNER JOIN marts.event_calendar AS calendar ON event.event_id = calendar.event_id
INNER JOIN marts.event_stages AS staged ON event.event_id = staged.event_id
LEFT JOIN counted ON event.event_id = counted.event_id
WHERE event.event_type = 'meeting'
