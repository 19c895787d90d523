SELECT DISTINCT ON (place_id)
    digest('place', concat_ws(':', place, country_code)) AS place_id,
    place,
    country_code,
    latitude,
    longitude
FROM stage.event
WHERE place IS NOT NULL
ORDER BY place_id, latitude, longitude
