-- landed_at stands in each raw file's own metadata; the build hands it over as stage.batch.
SELECT
    batch,
    landed_at,
    article_count
FROM stage.batch
