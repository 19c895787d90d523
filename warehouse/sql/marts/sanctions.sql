WITH who AS (
    SELECT
        participant.event_id,
        list(DISTINCT actor.actor ORDER BY actor.actor) AS participants,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE participant.role = 'sender') AS senders,
        list(DISTINCT actor.actor ORDER BY actor.actor) FILTER (WHERE participant.role = 'target') AS targets,
        list(DISTINCT actor.country_code ORDER BY actor.country_code) FILTER (
            WHERE participant.role = 'sender' AND actor.country_code IS NOT NULL
        ) AS sender_countries,
        list(DISTINCT actor.country_code ORDER BY actor.country_code) FILTER (
            WHERE participant.role = 'target' AND actor.country_code IS NOT NULL
        ) AS target_countries,
        list(DISTINCT actor.actor_kind ORDER BY actor.actor_kind) FILTER (
            WHERE participant.role = 'target'
        ) AS target_kinds,
        count(DISTINCT actor.actor_id) AS participant_count
    FROM core.event_participant AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    GROUP BY participant.event_id
)

SELECT
    event.event_id,
    event.status,
    staged.stage,
    staged.realised,
    event.start_date,
    event.end_date,
    event.date_precision,
    calendar.month,
    coalesce(who.participants, []) AS participants,
    coalesce(who.senders, []) AS senders,
    coalesce(who.targets, []) AS targets,
    coalesce(who.sender_countries, []) AS sender_countries,
    coalesce(who.target_countries, []) AS target_countries,
    coalesce(who.target_kinds, []) AS target_kinds,
    coalesce(who.participant_count, 0) AS participant_count,
    event.effective_start,
    event.effective_end,
    event.effective_end - event.effective_start + 1 AS days_in_force,
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
LEFT JOIN who ON event.event_id = who.event_id
WHERE event.event_type = 'sanctions'
