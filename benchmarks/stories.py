"""Stories made of a few building blocks, so that there are as many as wanted, and copies edited in known ways."""

import random

_BLOCKS = {
    "who": "Ruiz Mena Okafor Vroom Sato Haddad Lind Marek Castellanos Nyberg Achterberg Dlamini",
    "place": "Lima Quito Tallinn Valletta Suva Windhoek Bergen Cebu Salto Zadar Lomé Turku",
    "did": "praised dropped defended delayed doubted mocked ended reopened traded sold bought lost",
    "kind": "old rural costly secret northern disputed modest joint famous broken new foreign",
    "matter": "tolls quotas loans visas bridges tariffs ferries permits pensions pipelines orchards mines",
    "time": "Monday Tuesday Wednesday dawn noon dusk Easter midnight harvest dinner breakfast nightfall",
    "by": "near outside beyond",
    "edit": "reportedly again quietly early abroad alone",
}
_WORDS = {name: words.split() for name, words in _BLOCKS.items()}


def story(seed: int, sentences: int = 16) -> str:
    """A story, a sentence of about 17 words a line; other seeds make other stories out of the same words."""
    pick = random.Random(seed)

    def one(name: str) -> str:
        return pick.choice(_WORDS[name])

    told = []
    for _ in range(sentences):
        first, second = pick.sample(_WORDS["who"], 2)
        told.append(
            f"{first} {one('did')} {one('kind')} {one('matter')} before {one('time')} in {one('place')}, "
            f"while {second} {one('did')} {pick.randint(2, 9_000)} {one('kind')} {one('matter')} {one('by')} "
            f"{one('place')}."
        )
    return "\n".join(told)


def edited(text: str, share: float, seed: int = 0) -> str:
    """The text with that share of its words replaced by others."""
    pick = random.Random(seed)
    words = text.split(" ")
    for i in pick.sample(range(len(words)), round(share * len(words))):
        words[i] = pick.choice(_WORDS["edit"])
    return " ".join(words)
