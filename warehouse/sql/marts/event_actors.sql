-- A side is a country or, where an actor has none or is an armed group, the actor. A mediator is no side, and a host is
-- one only where fewer than two others meet.
WITH sided AS (
    SELECT
        participant.event_id,
        participant.role,
        actor.actor_id,
        actor.actor,
        actor.actor_kind,
        actor.country_code,
        CASE
            WHEN actor.actor_kind = 'armed_group' THEN actor.actor_id
            ELSE coalesce(actor.country_code, actor.actor_id)
        END AS side
    FROM core.event_participant AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
),

who AS (
    SELECT
        event_id,
        list(DISTINCT actor ORDER BY actor) AS participants,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'host'
        ) AS hosts,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'mediator'
        ) AS mediators,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'proposer'
        ) AS proposers,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'party'
        ) AS parties,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'violator'
        ) AS violators,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'sender'
        ) AS senders,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE role = 'target'
        ) AS targets,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE actor_kind = 'person'
        ) AS persons,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE actor_kind = 'state'
        ) AS states,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE actor_kind = 'organisation'
        ) AS organisations,
        list(DISTINCT actor ORDER BY actor) FILTER (
            WHERE actor_kind = 'armed_group'
        ) AS armed_groups,
        list(DISTINCT country_code ORDER BY country_code) FILTER (
            WHERE country_code IS NOT NULL
        ) AS countries,
        list(DISTINCT country_code ORDER BY country_code) FILTER (
            WHERE role = 'sender' AND country_code IS NOT NULL
        ) AS sender_countries,
        list(DISTINCT country_code ORDER BY country_code) FILTER (
            WHERE role = 'target' AND country_code IS NOT NULL
        ) AS target_countries,
        list(DISTINCT actor_kind ORDER BY actor_kind) FILTER (
            WHERE role = 'target'
        ) AS target_kinds,
        count(DISTINCT actor_id) AS participant_count,
        count(DISTINCT side) FILTER (WHERE role <> 'mediator') AS sides,
        count(DISTINCT side) FILTER (WHERE role NOT IN ('mediator', 'host')) AS guest_sides
    FROM sided
    GROUP BY event_id
)

SELECT
    calendar.event_id,
    coalesce(who.participants, []) AS participants,
    coalesce(who.hosts, []) AS hosts,
    coalesce(who.mediators, []) AS mediators,
    coalesce(who.proposers, []) AS proposers,
    coalesce(who.parties, []) AS parties,
    coalesce(who.violators, []) AS violators,
    coalesce(who.senders, []) AS senders,
    coalesce(who.targets, []) AS targets,
    coalesce(who.persons, []) AS persons,
    coalesce(who.states, []) AS states,
    coalesce(who.organisations, []) AS organisations,
    coalesce(who.armed_groups, []) AS armed_groups,
    coalesce(who.countries, []) AS countries,
    coalesce(who.sender_countries, []) AS sender_countries,
    coalesce(who.target_countries, []) AS target_countries,
    coalesce(who.target_kinds, []) AS target_kinds,
    coalesce(who.participant_count, 0) AS participant_count,
    coalesce(CASE WHEN who.guest_sides >= 2 THEN who.guest_sides ELSE who.sides END, 0) AS side_count
FROM marts.event_calendar AS calendar
LEFT JOIN who ON calendar.event_id = who.event_id
