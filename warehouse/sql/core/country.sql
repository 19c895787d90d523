SELECT * FROM stage.country
