SELECT
    country_code,
    country,
    latitude,
    longitude,
    cameo_code
FROM core.country
