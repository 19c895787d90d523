SELECT DISTINCT
    actor_id,
    name AS alias
FROM stage.named
