"""Names that hold a date and are none: the Good Friday Agreement, Bloody Sunday, April Jones.

Feasts, which are dates by their name, stand in holidays.py.
"""

from transforms.dates.patterns import Rule

RULES = (
    Rule(
        "accord_name",
        "(?<! on) good =Friday (agreement | accord | accords)",
        lambda _: True,
        yes=("The Good Friday Agreement of [1998] holds.",),
        no=("Both sides signed the Good Friday Agreement.",),
        category="NOTHING",
    ),
    Rule(
        "day_name",
        "=Bloody WEEKDAYNAME | =Black (?! =Friday) WEEKDAYNAME | =Black =September | (=October | =February) =Revolution"
        " | =July (=Monarchy | =Crisis) | =Prague =Spring | =Arab =Spring",
        lambda _: True,
        yes=("The inquiry into Bloody Sunday ended in [2010].",),
        no=("The October Revolution and the Arab Spring changed much.", "Black September took hostages."),
        category="NOTHING",
    ),
    Rule(  # "in April Russia attacked" has a date, "with April Jones" a name
        "first_name",
        "(=April | =May | =June | =August | =Jan) W"
        " (?<! (in | since | by | until | till | during | from | through | before | after | late | early | mid | HYPHEN"
        " | BREAK | PERIOD | COMMA | this | last | next | and | or | of | between | throughout | starting | beginning"
        " | ending | ended | OPEN | COLON | DASH | QUOTE | the | a | its | on | DAYNUM | ORD) MON W)",
        lambda _: True,
        yes=("He met June Carter in [May].",),
        no=("She spoke with April Jones.", "the lawyer Jan Novak"),
        category="NOTHING",
    ),
)
