SELECT * FROM stage.participants
