-- A publication is compared with the one before it in time, whatever either was made from.
SELECT
    publication_id,
    published_at,
    run_id,
    version,
    commit,
    model,
    rules,
    batch_count,
    article_count,
    mention_count,
    event_count,
    rejected_count,
    lag(publication_id) OVER history AS previous_publication_id,
    date_diff('second', lag(published_at) OVER history, published_at) / 3600 AS hours_since_previous,
    batch_count - lag(batch_count) OVER history AS batches_added,
    article_count - lag(article_count) OVER history AS articles_added,
    mention_count - lag(mention_count) OVER history AS mentions_added,
    event_count - lag(event_count) OVER history AS events_added,
    rejected_count - lag(rejected_count) OVER history AS rejected_added,
    model <> lag(model) OVER history AS model_changed,
    rules <> lag(rules) OVER history AS rules_changed
FROM core.publication
WINDOW history AS (ORDER BY published_at, publication_id)
ORDER BY published_at, publication_id
