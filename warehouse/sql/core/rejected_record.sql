SELECT DISTINCT ON (rejected_id) * EXCLUDE (batch)
FROM stage.rejected_records
ORDER BY rejected_id
