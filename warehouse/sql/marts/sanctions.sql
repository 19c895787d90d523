SELECT
    event.event_id,
    event.status,
    event_status.stage,
    event_status.realised,
    event.start_date,
    event.end_date,
    event.date_precision,
    CASE
        WHEN date_trunc('month', event.start_date) = date_trunc('month', event.end_date)
            THEN cast(date_trunc('month', event.start_date) AS DATE)
    END AS month,
    event.participants,
    event.senders,
    event.targets,
    event.sender_countries,
    event.target_countries,
    event.target_kinds,
    event.participant_count,
    event.effective_start,
    event.effective_end,
    event.effective_end - event.effective_start + 1 AS days_in_force,
    event.thread_id,
    event.previous_event_ids,
    event.next_event_ids,
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
FROM core.event AS event
INNER JOIN core.event_status AS event_status
    ON event.event_type = event_status.event_type AND event.status = event_status.status
WHERE event.event_type = 'sanctions' AND event.article_count > 0
