-- The build hands over the threads of linked events (`warehouse/threads.py`); an event without a link is one of its own.
SELECT
    event.event_id,
    coalesce(thread.thread_id, event.event_id) AS thread_id
FROM core.event AS event
LEFT JOIN stage.event_thread AS thread ON event.event_id = thread.event_id
