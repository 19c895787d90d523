SELECT evidence.*
FROM marts.event_evidence AS evidence
INNER JOIN core.known_articles(ts) AS article ON evidence.article_id = article.article_id
