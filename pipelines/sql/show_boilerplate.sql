SELECT
    sentence_start,
    sentence_end
FROM core.sentence
WHERE article_id = $1 AND kind = 'boilerplate'
