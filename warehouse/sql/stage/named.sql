-- How often the articles of some batches give an actor this name and these details.
SELECT
    actor_id,
    name,
    canonical,
    kind,
    country_code,
    cameo_code,
    count(*) AS times
FROM stage.participant
GROUP BY ALL
