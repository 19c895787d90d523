"""The days between which dates are taken seriously. What reads, resolves or checks a date does not belong here."""

from datetime import date

# The first newspaper appeared in 1605. Years such as 1 and 9999 are the fill values of databases.
FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR = 1600, 2199
# A time at the turn of the year may be of the next day in the zone of its source, or in UTC.
FIRST_PUBLISHED, LAST_PUBLISHED = date(FIRST_PUBLISHED_YEAR - 1, 12, 31), date(LAST_PUBLISHED_YEAR + 1, 1, 1)
# From the first year that a text names by its four figures alone to a century after the last article: a treaty of 1648
# lies within; what lies without ("two thousand years ago", 9999-12-31 for no date) dates no event.
FIRST_EVENT_DAY, LAST_EVENT_DAY = date(1000, 1, 1), date(LAST_PUBLISHED_YEAR + 100, 12, 31)
