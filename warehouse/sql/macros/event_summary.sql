concat_ws(
    ' ',
    event_type || ' ' || replace(status, '_', ' ') || ':',
    coalesce(who, 'unnamed'),
    '→ ' || target,
    '@ ' || place,
    '(' || CASE
        WHEN start_date = end_date THEN strftime(start_date, '%Y-%m-%d')
        ELSE strftime(start_date, '%Y-%m-%d') || ' to ' || strftime(end_date, '%Y-%m-%d')
    END || ')'
)
