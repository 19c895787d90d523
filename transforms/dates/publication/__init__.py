"""When an article was published: given by its record, or inferred from its own evidence, with the evidence kept.

text.py reads the article; stated.py, mentions.py, offices.py and world.py (with ages.py) find evidence; curves.py and
solver.py weigh it by the shares in model.py; infer.py gathers and solves; article.py makes the record.
"""

from transforms.dates.publication.article import article_dates

__all__ = ["article_dates"]
