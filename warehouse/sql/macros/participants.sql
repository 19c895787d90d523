SELECT DISTINCT
    account.event_id,
    account.event_type,
    account.status,
    participant.actor_id,
    participant.role
FROM core.accounts(ts) AS account
INNER JOIN core.article_event_participant AS participant
    ON account.article_event_id = participant.article_event_id
