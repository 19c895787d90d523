SELECT DISTINCT ON (place_id)
    place_id,
    place,
    country_code,
    latitude,
    longitude
FROM core.event
WHERE place_id IS NOT NULL
ORDER BY place_id, latitude, longitude
