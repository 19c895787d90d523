"""Near-duplicates: which texts are copies or small changes of one another.

`shingles` says how alike two texts are, `signature` finds those worth comparing, `clusters` puts copies to their first
publication. Which of two articles is a version of the other is the warehouse's business, not told here.
"""
