"""Values as literals of SQL, for statements that take no parameters (DDL, ATTACH, COPY, COMMENT). No statement belongs
here.
"""


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
