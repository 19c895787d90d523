"""Time expressions of a text: found (grammar/), computed (calendar.py), resolved (resolve.py, direction.py).

`annotate` finds and resolves them; `resolve` dates one that counts from an event, given the days of the event.
"""

from transforms.dates.annotate import annotate, resolve
from transforms.dates.publication import article_dates
from transforms.dates.published import Published

__all__ = ["Published", "annotate", "article_dates", "resolve"]
