-- Only days within the window are made, so that an event known to the year costs no more than the window is long.
WITH possible AS (
    SELECT
        event_id,
        event_type,
        status,
        start_date,
        end_date,
        date_precision,
        unnest(
            generate_series(
                greatest(start_date, "first"::DATE)::TIMESTAMP,
                least(end_date, "last"::DATE)::TIMESTAMP,
                INTERVAL 1 DAY
            )
        )::DATE AS day
    FROM marts.events
    WHERE marts.overlaps(start_date, end_date, "first", "last")
)

SELECT
    event_id,
    day,
    1 / (end_date - start_date + 1) AS share,
    event_type,
    status,
    start_date,
    end_date,
    date_precision
FROM possible
