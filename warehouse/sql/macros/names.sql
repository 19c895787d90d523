string_agg(DISTINCT actor, ', ' ORDER BY actor) FILTER (WHERE listed)
