-- An event of which only superseded versions tell is none: its evidence stays in core and in event_evidence.
WITH named AS (
    SELECT
        participant.event_id,
        core.names(actor.actor, participant.role NOT IN ('target', 'mediator')) AS who,
        core.names(actor.actor, participant.role = 'target') AS target
    FROM core.event_participant AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    GROUP BY participant.event_id
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
    event.place,
    event.country_code,
    event.latitude,
    event.longitude,
    event.confidence,
    event.disputed,
    event.cameo_code,
    event.plover_event,
    event.plover_mode,
    core.event_summary(
        event.event_type, event.status, named.who, named.target, event.place, event.start_date, event.end_date
    ) AS summary,
    told.article_count,
    told.mention_count,
    told.first_published_at,
    told.last_published_at,
    event.effective_start,
    event.effective_end,
    told.independent_source_count
FROM core.event AS event
INNER JOIN core.event_counts('infinity') AS told ON event.event_id = told.event_id
LEFT JOIN named ON event.event_id = named.event_id
