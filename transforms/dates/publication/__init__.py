"""When an article was published: given by its record, or inferred from its own evidence, with the evidence kept.

text.py reads the article; stated.py, mentions.py, tenures.py, persons.py (both with offices.py) and world.py (with
ages.py) find evidence, recency.py draws from all of it; curves.py and solver.py weigh it by the shares in model.py;
infer.py gathers it; contradiction.py holds it against a given day; article.py makes the record.
"""

from transforms.dates.publication.article import article_dates

__all__ = ["article_dates"]
