SELECT
    mention.event_id,
    mention.article_event_id,
    mention.article_id,
    article.source_id,
    article.url,
    article.published_at,
    mention.sentence,
    mention.trigger,
    mention.sentence_start,
    mention.sentence_end,
    mention.trigger_start,
    mention.trigger_end,
    mention.raw_start,
    mention.raw_end,
    mention.rule,
    mention.claimed_by,
    mention.confidence
FROM core.event_mention AS mention
INNER JOIN core.article AS article ON mention.article_id = article.article_id
