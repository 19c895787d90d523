WITH names AS (
    SELECT actor_id, list(alias ORDER BY alias) AS aliases
    FROM core.actor_alias
    GROUP BY actor_id
),

acts AS (
    SELECT
        participant.actor_id,
        count(DISTINCT calendar.event_id) AS event_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE calendar.realised) AS realised_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE calendar.event_type = 'meeting') AS meeting_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE calendar.event_type = 'ceasefire') AS ceasefire_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE calendar.event_type = 'sanctions') AS sanctions_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE participant.role = 'sender') AS sanctions_sent_count,
        count(DISTINCT calendar.event_id) FILTER (WHERE participant.role = 'target') AS sanctions_received_count,
        min(calendar.start_date) AS first_event_date,
        max(calendar.end_date) AS last_event_date
    FROM core.event_participant AS participant
    INNER JOIN marts.event_calendar AS calendar ON participant.event_id = calendar.event_id
    GROUP BY participant.actor_id
)

SELECT
    actor.actor_id,
    actor.actor,
    actor.actor_kind,
    actor.country_code,
    actor.cameo_code,
    coalesce(names.aliases, []) AS aliases,
    acts.event_count,
    acts.realised_count,
    acts.meeting_count,
    acts.ceasefire_count,
    acts.sanctions_count,
    acts.sanctions_sent_count,
    acts.sanctions_received_count,
    acts.first_event_date,
    acts.last_event_date
FROM core.actor AS actor
INNER JOIN acts ON actor.actor_id = acts.actor_id
LEFT JOIN names ON actor.actor_id = names.actor_id
