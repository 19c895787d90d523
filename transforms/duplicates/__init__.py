"""Near-duplicates: which texts are copies or small changes of one another.

`shingles` says how alike two texts are, `signature` finds those worth comparing, `clusters` puts copies to their first
publication. Which of two articles is a version of the other is told by `transforms/versions.py`,
not here.
"""
