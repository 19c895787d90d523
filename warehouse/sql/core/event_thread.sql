-- The build hands over the threads of linked events (`warehouse/threads.py`); an event without a link is one by itself.
SELECT
    event_id,
    thread_id
FROM core.event
