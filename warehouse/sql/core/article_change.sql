-- A sentence that stands twice in one version and once in the other was added, or removed, once.
WITH versions AS (
    SELECT
        article_id,
        previous_version_id
    FROM core.article
    WHERE previous_version_id IS NOT NULL
),

compared AS (
    SELECT article_id FROM versions
    UNION
    SELECT previous_version_id FROM versions
),

told AS (
    SELECT
        sentence.article_id,
        sentence.ordinal,
        substring(
            article.text, sentence.sentence_start + 1, sentence.sentence_end - sentence.sentence_start
        ) AS sentence
    FROM core.sentence AS sentence
    INNER JOIN core.article AS article ON sentence.article_id = article.article_id
    WHERE sentence.kind <> 'boilerplate' AND sentence.article_id IN (SELECT article_id FROM compared)
),

counted AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY article_id, sentence ORDER BY ordinal) AS nth
    FROM told
)

SELECT
    versions.article_id,
    versions.previous_version_id,
    'added' AS kind,
    own.ordinal,
    own.sentence
FROM versions
INNER JOIN counted AS own ON versions.article_id = own.article_id
LEFT JOIN counted AS before
    ON versions.previous_version_id = before.article_id AND own.sentence = before.sentence AND own.nth = before.nth
WHERE before.article_id IS NULL
UNION ALL
SELECT
    versions.article_id,
    versions.previous_version_id,
    'removed' AS kind,
    before.ordinal,
    before.sentence
FROM versions
INNER JOIN counted AS before ON versions.previous_version_id = before.article_id
LEFT JOIN counted AS own
    ON versions.article_id = own.article_id AND before.sentence = own.sentence AND before.nth = own.nth
WHERE own.article_id IS NULL
