-- What the views show of an event is worked out here once, and not each time that one is asked for.
WITH
-- A side is a country or, where an actor has none or is an armed group, the actor. A mediator is no side, and a host is
-- one only where fewer than two others meet.
sided AS (
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
    FROM stage.event_participant AS participant
    INNER JOIN core.actor AS actor ON participant.actor_id = actor.actor_id
),

who AS (
    SELECT
        event_id,
        list({ 'actor': actor, 'actor_kind': actor_kind, 'country_code': country_code, 'role': role }) AS sides,
        count(DISTINCT actor_id) AS participant_count,
        count(DISTINCT side) FILTER (
            WHERE role NOT IN ('mediator', 'host')
        ) AS guest_count,
        count(DISTINCT side) FILTER (
            WHERE role <> 'mediator'
        ) AS side_count
    FROM sided
    GROUP BY event_id
),

-- What no article of now tells of is no stage of anything.
link AS (
    SELECT
        link.event_id,
        link.linked_event_id
    FROM stage.event_link AS link
    INNER JOIN stage.every_told AS earlier ON link.event_id = earlier.event_id AND earlier.article_count > 0
    INNER JOIN stage.every_told AS later ON link.linked_event_id = later.event_id AND later.article_count > 0
),

following AS (
    SELECT
        event_id,
        list(linked_event_id ORDER BY linked_event_id) AS next_event_ids
    FROM link
    GROUP BY event_id
),

preceding AS (
    SELECT
        linked_event_id AS event_id,
        list(event_id ORDER BY event_id) AS previous_event_ids
    FROM link
    GROUP BY linked_event_id
),

ordered AS (
    SELECT
        thread.event_id,
        thread.thread_id,
        row_number() OVER in_order AS position,
        count(*) OVER (PARTITION BY thread.thread_id) AS thread_size,
        lag(told.event_id) OVER in_order AS previous_event_id,
        lead(told.event_id) OVER in_order AS next_event_id,
        told.start_date - lag(told.start_date) OVER in_order AS days_since_previous
    FROM stage.event_thread AS thread
    INNER JOIN stage.every_told AS told ON thread.event_id = told.event_id
    INNER JOIN stage.event_status AS event_status
        ON told.event_type = event_status.event_type AND told.status = event_status.status
    WHERE told.article_count > 0
    WINDOW in_order AS (
        PARTITION BY thread.thread_id
        ORDER BY told.start_date NULLS LAST, event_status.stage, told.first_published_at NULLS LAST, told.event_id
    )
)

SELECT
    told.*,
    CASE
        WHEN told.place IS NOT NULL THEN digest('place', concat_ws(':', told.place, told.country_code))
    END AS place_id,
    sorted_set([s.actor FOR s IN who.sides]) AS participants,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'host']) AS hosts,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'mediator']) AS mediators,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'proposer']) AS proposers,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'party']) AS parties,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'violator']) AS violators,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'sender']) AS senders,
    sorted_set([s.actor FOR s IN who.sides IF s.role = 'target']) AS targets,
    sorted_set([s.actor FOR s IN who.sides IF s.actor_kind = 'person']) AS persons,
    sorted_set([s.actor FOR s IN who.sides IF s.actor_kind = 'state']) AS states,
    sorted_set([s.actor FOR s IN who.sides IF s.actor_kind = 'organisation']) AS organisations,
    sorted_set([s.actor FOR s IN who.sides IF s.actor_kind = 'armed_group']) AS armed_groups,
    sorted_set([s.country_code FOR s IN who.sides]) AS countries,
    sorted_set([s.country_code FOR s IN who.sides IF s.role = 'sender']) AS sender_countries,
    sorted_set([s.country_code FOR s IN who.sides IF s.role = 'target']) AS target_countries,
    sorted_set([s.actor_kind FOR s IN who.sides IF s.role = 'target']) AS target_kinds,
    coalesce(who.participant_count, 0) AS participant_count,
    coalesce(CASE WHEN who.guest_count >= 2 THEN who.guest_count ELSE who.side_count END, 0) AS side_count,
    coalesce(thread.thread_id, told.event_id) AS thread_id,
    coalesce(ordered.position, 1) AS position,
    coalesce(ordered.thread_size, 1) AS thread_size,
    ordered.previous_event_id,
    ordered.next_event_id,
    ordered.days_since_previous,
    coalesce(preceding.previous_event_ids, []) AS previous_event_ids,
    coalesce(following.next_event_ids, []) AS next_event_ids
FROM stage.told AS told
LEFT JOIN who ON told.event_id = who.event_id
LEFT JOIN stage.event_thread AS thread ON told.event_id = thread.event_id
LEFT JOIN ordered ON told.event_id = ordered.event_id
LEFT JOIN preceding ON told.event_id = preceding.event_id
LEFT JOIN following ON told.event_id = following.event_id
