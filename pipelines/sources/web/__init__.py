"""The network: fetches feeds and pages politely, within limits, and never from where it must not.

`addresses` says which hosts may be asked, `requesting` makes one request, `bodies` unpacks what comes, `client` adds
redirects, retries, pauses and `robots`, `memory` keeps what the next run must know, `reading` makes records of feeds
and pages. Which sources there are (`pipelines/sources/watching.py`) does not belong here.
"""
