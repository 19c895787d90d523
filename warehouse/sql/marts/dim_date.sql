-- Whole years, so that months and quarters are whole, too. A day before 1900 or after 2099 does not stretch them: one
-- wrong year must not make millions of rows.
WITH told AS (
    SELECT unnest([start_date, end_date, effective_start, effective_end]) AS day FROM core.event
    UNION ALL
    SELECT unnest([published_date, published_earliest, published_latest]) AS day FROM core.article
),

bounds AS (
    SELECT
        date_trunc('year', min(day)) AS first_day,
        date_trunc('year', max(day)) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS last_day
    FROM told
    WHERE day BETWEEN DATE '1900-01-01' AND DATE '2099-12-31'
),

calendar AS (
    SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day
    FROM bounds
)

SELECT
    day AS date,
    year(day) AS year_number,
    quarter(day) AS quarter_number,
    month(day) AS month_number,
    monthname(day) AS month_name,
    day(day) AS day_of_month,
    dayofyear(day) AS day_of_year,
    isoyear(day) AS iso_year,
    week(day) AS iso_week,
    isodow(day) AS weekday,
    dayname(day) AS weekday_name,
    isodow(day) >= 6 AS is_weekend,
    CAST(date_trunc('week', day) AS DATE) AS week,
    CAST(date_trunc('month', day) AS DATE) AS month,
    CAST(date_trunc('quarter', day) AS DATE) AS quarter,
    CAST(date_trunc('year', day) AS DATE) AS year,
    last_day(day) AS month_end,
    day = date_trunc('month', day) AS is_month_start,
    day = last_day(day) AS is_month_end
FROM calendar
