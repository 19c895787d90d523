WITH article AS (
    SELECT
        count(*) AS versions,
        count(*) FILTER (WHERE superseded_by IS NULL) AS total,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_basis = 'none') AS undated,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_basis = 'inferred') AS inferred,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_conflict IS NOT NULL) AS conflicting,
        count(*) FILTER (WHERE superseded_by IS NULL AND skipped IS NOT NULL) AS skipped,
        count(*) FILTER (WHERE superseded_by IS NULL AND cluster_first_article_id <> article_id) AS copies,
        count(*) FILTER (
            WHERE superseded_by IS NULL AND article_id NOT IN (SELECT article_id FROM core.article_event)
        ) AS eventless
    FROM core.article
),

event AS (
    SELECT
        count(*) AS total,
        count(*) FILTER (WHERE event.start_date IS NULL) AS undated,
        count(*) FILTER (WHERE event.start_date IS NOT NULL AND calendar.month IS NULL) AS monthless,
        count(*) FILTER (WHERE event.event_type <> 'sanctions') AS placeable,
        count(*) FILTER (WHERE event.event_type <> 'sanctions' AND event.place IS NULL) AS placeless,
        count(*) FILTER (WHERE event.place IS NOT NULL) AS placed,
        count(*) FILTER (WHERE event.place IS NOT NULL AND event.latitude IS NULL) AS unlocated,
        count(*) FILTER (WHERE event.disputed) AS disputed,
        count(*) FILTER (WHERE event.independent_source_count = 1) AS sole,
        count(*) FILTER (WHERE event.confidence < 0.5) AS unsure,
        count(*) FILTER (
            WHERE event.event_id NOT IN (SELECT event_id FROM core.event_participant)
        ) AS nameless
    FROM marts.events AS event
    INNER JOIN marts.event_calendar AS calendar ON event.event_id = calendar.event_id
),

mention AS (
    SELECT
        count(*) AS total,
        count(*) FILTER (WHERE mention.claimed_by IS NOT NULL) AS claimed
    FROM core.event_mention AS mention
    INNER JOIN core.article AS article ON mention.article_id = article.article_id
    WHERE article.superseded_by IS NULL
),

actor AS (
    SELECT
        count(*) AS total,
        count(*) FILTER (WHERE country_code IS NULL) AS stateless
    FROM marts.actors
),

rejected AS (
    SELECT count(*) AS total FROM core.rejected_record
),

measured (measure, unit, value, total, meaning) AS (
    SELECT 'articles_superseded', 'articles', versions - total, versions, 'Replaced by a later version; kept as evidence, not counted' FROM article
    UNION ALL
    SELECT 'articles_copied', 'articles', copies, total, 'Copies and near-copies of an article that was published earlier' FROM article
    UNION ALL
    SELECT 'articles_undated', 'articles', undated, total, 'Nothing tells when they were published: "on Thursday" has no date in them' FROM article
    UNION ALL
    SELECT 'articles_date_inferred', 'articles', inferred, total, 'The day of publication was inferred from text, address or file name' FROM article
    UNION ALL
    SELECT 'articles_date_contradicted', 'articles', conflicting, total, 'The text contradicts the day of publication that the record gives' FROM article
    UNION ALL
    SELECT 'articles_skipped', 'articles', skipped, total, 'Not read, for the reason in core.article.skipped; only English is read' FROM article
    UNION ALL
    SELECT 'articles_without_event', 'articles', eventless, total, 'No event was found in them' FROM article
    UNION ALL
    SELECT 'records_rejected', 'records', rejected.total, article.versions + rejected.total, 'Could not be taken in, for the reason in core.rejected_record' FROM rejected CROSS JOIN article
    UNION ALL
    SELECT 'events_undated', 'events', undated, total, 'Their articles give no time for them' FROM event
    UNION ALL
    SELECT 'events_in_no_month', 'events', monthless, total, 'Dated, but not to within one month: missing from charts by month' FROM event
    UNION ALL
    SELECT 'events_without_place', 'events', placeless, placeable, 'Meetings and ceasefires of which no article tells the place' FROM event
    UNION ALL
    SELECT 'events_not_located', 'events', unlocated, placed, 'Their place is named and has no coordinates: missing from maps' FROM event
    UNION ALL
    SELECT 'events_without_participant', 'events', nameless, total, 'No actor is named' FROM event
    UNION ALL
    SELECT 'events_disputed', 'events', disputed, total, 'Their articles contradict each other' FROM event
    UNION ALL
    SELECT 'events_of_one_source', 'events', sole, total, 'Only one source tells of them, copies aside' FROM event
    UNION ALL
    SELECT 'events_unsure', 'events', unsure, total, 'Confidence below 0.5: more likely wrong than right in type, status or parties' FROM event
    UNION ALL
    SELECT 'mentions_claimed', 'mentions', claimed, total, 'The article only reports that somebody says so' FROM mention
    UNION ALL
    SELECT 'actors_without_country', 'actors', stateless, total, 'No country is known: missing from country_pairs and maps' FROM actor
)

SELECT
    measure,
    unit,
    value,
    total,
    value / nullif(total, 0) AS share,
    meaning
FROM measured
