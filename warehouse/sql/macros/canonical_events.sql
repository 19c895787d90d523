-- One row an event: the most precise values that its accounts agree on. What several accounts tell alike counts once
-- for each voice, ties go to the first in the alphabet. Accounts of one event have one type and status: grouped and
-- joined by these, too, so that a question for one type reads the accounts of no other.
WITH account AS (
    FROM core.accounts(ts)
),

placed AS (
    SELECT
        event_id,
        event_type,
        status,
        place,
        count(DISTINCT voice) AS voices,
        arg_min(
            { 'country_code': country_code, 'latitude': latitude, 'longitude': longitude },
            { 'unplaced': latitude IS NULL, 'ordinal': ordinal }
        ) AS spot
    FROM account
    WHERE place IS NOT NULL
    GROUP BY event_id, event_type, status, place
),

place AS (
    SELECT
        event_id,
        event_type,
        status,
        arg_min({ 'place': place, 'spot': spot }, { 'voices': -voices, 'place': place }) AS most
    FROM placed
    GROUP BY event_id, event_type, status
),

held AS (
    SELECT
        event_id,
        event_type,
        status,
        form,
        count(DISTINCT voice) AS voices
    FROM account
    WHERE form IS NOT NULL
    GROUP BY event_id, event_type, status, form
),

form AS (
    SELECT
        event_id,
        event_type,
        status,
        arg_min(form, { 'voices': -voices, 'form': form }) AS most
    FROM held
    GROUP BY event_id, event_type, status
),

in_force AS (
    SELECT
        event_id,
        event_type,
        status,
        effective_start,
        effective_end,
        count(DISTINCT voice) AS voices
    FROM account
    WHERE effective_start IS NOT NULL OR effective_end IS NOT NULL
    GROUP BY event_id, event_type, status, effective_start, effective_end
),

-- Of the days in force those that are told most fully, and of these the most frequent.
force AS (
    SELECT
        event_id,
        event_type,
        status,
        arg_min(
            { 'effective_start': effective_start, 'effective_end': effective_end },
            {
                'unknown': (effective_start IS NULL)::INTEGER + (effective_end IS NULL)::INTEGER,
                'voices': -voices,
                'effective_start': coalesce(effective_start, '-infinity'::DATE),
                'effective_end': coalesce(effective_end, '-infinity'::DATE)
            }
        ) AS most
    FROM in_force
    GROUP BY event_id, event_type, status
),

told AS (
    SELECT
        event_id,
        event_type,
        status,
        max(confidence) AS confidence,
        count(DISTINCT country_code) > 1 AS disputed,
        -- The narrowest interval; where none is dated, the first account.
        arg_min(
            {
                'start_date': start_date,
                'end_date': end_date,
                'date_precision': date_precision,
                'date_text': date_text,
                'date_basis': date_basis
            },
            {
                'undated': end_date - start_date IS NULL,
                'width': coalesce(end_date - start_date, 0),
                'ordinal': ordinal
            }
        ) AS "when"
    FROM account
    GROUP BY event_id, event_type, status
)

SELECT
    told.event_id,
    told.event_type,
    told.status,
    form.most AS form,
    told."when".start_date,
    told."when".end_date,
    told."when".date_precision,
    told."when".date_text,
    told."when".date_basis,
    place.most.place,
    place.most.spot.country_code,
    place.most.spot.latitude,
    place.most.spot.longitude,
    told.confidence,
    told.disputed,
    code.cameo_code,
    code.plover_event,
    code.plover_mode,
    force.most.effective_start,
    force.most.effective_end
FROM told
LEFT JOIN place
    ON told.event_id = place.event_id AND told.event_type = place.event_type AND told.status = place.status
LEFT JOIN form
    ON told.event_id = form.event_id AND told.event_type = form.event_type AND told.status = form.status
LEFT JOIN force
    ON told.event_id = force.event_id AND told.event_type = force.event_type AND told.status = force.status
INNER JOIN core.event_code AS code
    ON
        told.event_type = code.event_type
        AND told.status = code.status
        AND coalesce(form.most, '') = code.form
