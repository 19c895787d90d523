-- One row an actor: where articles differ in a detail, the value most articles give, ties to the first in the alphabet.
SELECT
    actor_id,
    most_frequent(canonical) AS actor,
    most_frequent(kind) AS actor_kind,
    most_frequent(country_code) AS country_code,
    most_frequent(cameo_code) AS cameo_code
FROM stage.participant
GROUP BY actor_id
