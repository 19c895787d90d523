SELECT
    event_id,
    participants,
    hosts,
    mediators,
    proposers,
    parties,
    violators,
    senders,
    targets,
    persons,
    states,
    organisations,
    armed_groups,
    countries,
    sender_countries,
    target_countries,
    target_kinds,
    participant_count,
    side_count
FROM core.event
WHERE article_count > 0
