SELECT
    *,
    CASE WHEN place IS NOT NULL THEN digest('place', concat_ws(':', place, country_code)) END AS place_id
FROM core.canonical_events('infinity')
