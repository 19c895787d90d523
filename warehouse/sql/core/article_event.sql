SELECT
    * EXCLUDE (participants),
    [participant.name FOR participant IN participants] AS participants
FROM stage.account
