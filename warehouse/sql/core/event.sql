SELECT
    * EXCLUDE (participants, article_event_ids, later_stages),
    CASE WHEN place IS NOT NULL THEN digest('place', concat_ws(':', place, country_code)) END AS place_id
FROM stage.event
