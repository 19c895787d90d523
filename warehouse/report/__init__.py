"""A report on the published events as one HTML file that needs no network: selection, charts, page."""
