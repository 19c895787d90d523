-- A clock that was set back must not hide the newest publication behind an older one.
SELECT * FROM previous.publication
UNION ALL BY NAME
SELECT
    * REPLACE (
        greatest(
            published_at,
            (SELECT max(earlier.published_at) + INTERVAL 1 MICROSECOND FROM previous.publication AS earlier)
        ) AS published_at
    )
FROM stage.publication
