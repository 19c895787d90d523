-- The vocabulary as a table; the build hands it over.
SELECT event_type, status, stage, realised, meaning FROM stage.event_status
