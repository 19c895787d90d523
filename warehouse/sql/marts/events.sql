-- An event of which only superseded versions tell is none: its evidence stays in core and in event_evidence.
WITH told AS (
    SELECT
        article_event.event_id,
        count(DISTINCT article.article_id) AS article_count,
        count(*) AS mention_count,
        min(article.published_at) AS first_published_at,
        max(article.published_at) AS last_published_at,
        count(DISTINCT first.source) AS independent_source_count
    FROM core.article_event AS article_event
    INNER JOIN core.event_mention AS mention ON article_event.article_event_id = mention.article_event_id
    INNER JOIN core.article AS article ON article_event.article_id = article.article_id
    INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
    WHERE article.superseded_by IS NULL
    GROUP BY article_event.event_id
),

named AS (
    SELECT
        participant.event_id,
        string_agg(DISTINCT actor.actor, ', ' ORDER BY actor.actor) FILTER (
            WHERE participant.role NOT IN ('target', 'mediator')
        ) AS who,
        string_agg(DISTINCT actor.actor, ', ' ORDER BY actor.actor) FILTER (
            WHERE participant.role = 'target'
        ) AS target
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
    concat_ws(
        ' ',
        event.event_type || ' ' || replace(event.status, '_', ' ') || ':',
        coalesce(named.who, 'unnamed'),
        '→ ' || named.target,
        '@ ' || event.place,
        '(' || CASE
            WHEN event.start_date = event.end_date THEN strftime(event.start_date, '%Y-%m-%d')
            ELSE strftime(event.start_date, '%Y-%m-%d') || ' to ' || strftime(event.end_date, '%Y-%m-%d')
        END || ')'
    ) AS summary,
    told.article_count,
    told.mention_count,
    told.first_published_at,
    told.last_published_at,
    event.effective_start,
    event.effective_end,
    told.independent_source_count
FROM core.event AS event
INNER JOIN told ON event.event_id = told.event_id
LEFT JOIN named ON event.event_id = named.event_id
