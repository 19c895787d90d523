SELECT DISTINCT ON (rejected_id) * EXCLUDE (batch, row_in_file)
FROM stage.rejected_records
ORDER BY rejected_id
