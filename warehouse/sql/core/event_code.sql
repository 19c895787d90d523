SELECT * FROM stage.event_code
