start_date <= "last"::DATE AND "first"::DATE <= end_date
