SELECT * FROM previous.publication
UNION ALL BY NAME
SELECT * FROM stage.publication
