CASE
    WHEN date_trunc(unit, start_date) = date_trunc(unit, end_date)
        THEN cast(date_trunc(unit, start_date) AS DATE)
END
