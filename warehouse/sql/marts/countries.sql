WITH located AS (
    SELECT
        country_code,
        count(*) AS events
    FROM marts.events
    WHERE country_code IS NOT NULL
    GROUP BY country_code
),

acting AS (
    SELECT
        country_code,
        count(DISTINCT event_id) AS events
    FROM marts.event_participants
    WHERE country_code IS NOT NULL
    GROUP BY country_code
)

SELECT
    country.country_code,
    country.country,
    country.latitude,
    country.longitude,
    country.cameo_code,
    coalesce(located.events, 0) AS event_count,
    coalesce(acting.events, 0) AS participant_event_count
FROM core.country AS country
LEFT JOIN located ON country.country_code = located.country_code
LEFT JOIN acting ON country.country_code = acting.country_code
