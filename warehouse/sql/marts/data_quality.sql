WITH article AS (
    SELECT
        count(*) AS versions,
        count(*) FILTER (WHERE superseded_by IS NULL) AS total,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_basis = 'none') AS undated,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_basis = 'inferred') AS inferred,
        count(*) FILTER (WHERE superseded_by IS NULL AND published_conflict IS NOT NULL) AS conflicting,
        count(*) FILTER (WHERE superseded_by IS NULL AND skipped IS NOT NULL) AS skipped,
        count(*) FILTER (
            WHERE superseded_by IS NULL AND article_id NOT IN (SELECT article_id FROM core.article_event)
        ) AS eventless
    FROM core.article
),

-- The newest version of an article is no copy of its own first one.
copied AS (
    SELECT count(*) AS copies
    FROM core.article AS article
    INNER JOIN core.article AS first ON article.cluster_first_article_id = first.article_id
    WHERE
        article.superseded_by IS NULL
        AND article.article_id <> coalesce(first.superseded_by, first.article_id)
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

measured AS (
    SELECT
        'articles_superseded' AS measure,
        'articles' AS unit,
        versions - total AS value,
        versions AS total,
        'Replaced by a later version; kept as evidence, not counted' AS meaning
    FROM article
    UNION ALL
    SELECT
        'articles_copied' AS measure,
        'articles' AS unit,
        copied.copies AS value,
        article.total,
        'Copies and near-copies of another article that was published earlier' AS meaning
    FROM article CROSS JOIN copied
    UNION ALL
    SELECT
        'articles_undated' AS measure,
        'articles' AS unit,
        undated AS value,
        total,
        'Nothing tells when they were published: "on Thursday" has no date in them' AS meaning
    FROM article
    UNION ALL
    SELECT
        'articles_date_inferred' AS measure,
        'articles' AS unit,
        inferred AS value,
        total,
        'The day of publication was inferred from text, address or file name' AS meaning
    FROM article
    UNION ALL
    SELECT
        'articles_date_contradicted' AS measure,
        'articles' AS unit,
        conflicting AS value,
        total,
        'The text contradicts the day of publication that the record gives' AS meaning
    FROM article
    UNION ALL
    SELECT
        'articles_skipped' AS measure,
        'articles' AS unit,
        skipped AS value,
        total,
        'Not read, for the reason in core.article.skipped; only English is read' AS meaning
    FROM article
    UNION ALL
    SELECT
        'articles_without_event' AS measure,
        'articles' AS unit,
        eventless AS value,
        total,
        'No event was found in them' AS meaning
    FROM article
    UNION ALL
    SELECT
        'records_rejected' AS measure,
        'records' AS unit,
        rejected.total AS value,
        article.versions + rejected.total AS total,
        'Could not be taken in, for the reason in core.rejected_record' AS meaning
    FROM rejected CROSS JOIN article
    UNION ALL
    SELECT
        'events_undated' AS measure,
        'events' AS unit,
        undated AS value,
        total,
        'Their articles give no time for them' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_in_no_month' AS measure,
        'events' AS unit,
        monthless AS value,
        total,
        'Dated, but not to within one month: missing from charts by month' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_without_place' AS measure,
        'events' AS unit,
        placeless AS value,
        placeable AS total,
        'Meetings and ceasefires of which no article tells the place' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_not_located' AS measure,
        'events' AS unit,
        unlocated AS value,
        placed AS total,
        'Their place is named and has no coordinates: missing from maps' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_without_participant' AS measure,
        'events' AS unit,
        nameless AS value,
        total,
        'No actor is named' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_disputed' AS measure,
        'events' AS unit,
        disputed AS value,
        total,
        'Their articles place them in different countries' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_of_one_source' AS measure,
        'events' AS unit,
        sole AS value,
        total,
        'Only one source tells of them, copies aside' AS meaning
    FROM event
    UNION ALL
    SELECT
        'events_unsure' AS measure,
        'events' AS unit,
        unsure AS value,
        total,
        'Confidence below 0.5: more likely wrong than right in type, status or parties' AS meaning
    FROM event
    UNION ALL
    SELECT
        'mentions_claimed' AS measure,
        'mentions' AS unit,
        claimed AS value,
        total,
        'The article only reports that somebody says so' AS meaning
    FROM mention
    UNION ALL
    SELECT
        'actors_without_country' AS measure,
        'actors' AS unit,
        stateless AS value,
        total,
        'No country is known: missing from country_pairs and maps' AS meaning
    FROM actor
)

SELECT
    measure,
    unit,
    value,
    total,
    value / nullif(total, 0) AS share,
    meaning
FROM measured
