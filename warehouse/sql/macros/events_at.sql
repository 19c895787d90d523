-- The events of a moment with what is said of each in one line, and on how much evidence it stands then: on none where
-- only superseded versions tell of it.
WITH named AS (
    SELECT
        participant.event_id,
        participant.event_type,
        participant.status,
        core.names(actor.actor, participant.role NOT IN ('target', 'mediator')) AS who,
        core.names(actor.actor, participant.role = 'target') AS target
    FROM core.participants(ts) AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
    GROUP BY participant.event_id, participant.event_type, participant.status
)

SELECT
    event.*,
    core.event_summary(
        event.event_type, event.status, named.who, named.target, event.place, event.start_date, event.end_date
    ) AS summary,
    coalesce(told.article_count, 0) AS article_count,
    coalesce(told.mention_count, 0) AS mention_count,
    told.first_published_at,
    told.last_published_at,
    coalesce(told.independent_source_count, 0) AS independent_source_count
FROM core.canonical_events(ts) AS event
LEFT JOIN core.event_counts(ts) AS told
    ON event.event_id = told.event_id AND event.event_type = told.event_type AND event.status = told.status
LEFT JOIN named
    ON event.event_id = named.event_id AND event.event_type = named.event_type AND event.status = named.status
