-- now() has a time zone, which the session chooses; counted in microseconds it is UTC whatever that is.
WITH moment AS (
    SELECT make_timestamp(epoch_us(now())) AS utc
),

latest AS (
    SELECT * FROM core.publication
    QUALIFY row_number() OVER (ORDER BY published_at DESC, publication_id DESC) = 1
),

newest AS (
    SELECT
        (SELECT max(published_at) FROM core.article) AS article_published_at,
        (SELECT max(landed_at) FROM core.batch) AS batch_landed_at
)

SELECT
    latest.publication_id,
    latest.run_id,
    latest.version,
    latest.commit,
    latest.model,
    latest.rules,
    latest.published_at,
    date_diff('second', latest.published_at, moment.utc) / 3600 AS hours_since_published,
    newest.article_published_at AS newest_article_published_at,
    date_diff('second', newest.article_published_at, moment.utc) / 3600 AS hours_since_newest_article,
    newest.batch_landed_at AS newest_batch_landed_at,
    date_diff('second', newest.batch_landed_at, moment.utc) / 3600 AS hours_since_newest_batch,
    latest.batch_count,
    latest.article_count,
    latest.mention_count,
    latest.event_count,
    latest.rejected_count
FROM latest
CROSS JOIN newest
CROSS JOIN moment
