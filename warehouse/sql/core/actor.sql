-- One row an actor: where articles differ in a detail, the value most articles give, ties to the first in the alphabet.
WITH detail AS (
    UNPIVOT (
        SELECT
            actor_id,
            times,
            canonical,
            kind,
            country_code,
            cameo_code
        FROM stage.named
    )
    ON canonical, kind, country_code, cameo_code
    INTO NAME what VALUE given
),

counted AS (
    SELECT
        actor_id,
        what,
        given,
        sum(times) AS times
    FROM detail
    GROUP BY actor_id, what, given
),

chosen AS (
    SELECT
        actor_id,
        what,
        arg_min(given, { 'times': -times, 'given': given }) AS given
    FROM counted
    GROUP BY actor_id, what
)

SELECT
    actor_id,
    max(given) FILTER (WHERE what = 'canonical') AS actor,
    max(given) FILTER (WHERE what = 'kind') AS actor_kind,
    max(given) FILTER (WHERE what = 'country_code') AS country_code,
    max(given) FILTER (WHERE what = 'cameo_code') AS cameo_code
FROM chosen
GROUP BY actor_id
