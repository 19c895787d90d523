"""Web pages made up for measuring: known articles in a dozen layouts, each with the clutter that such pages have.

What is measured on them belongs to `html` here, and to the tests of the readers.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

_PLACES = ("Lima", "Quito", "Nairobi", "Tbilisi", "Ankara", "Oslo", "Kathmandu", "Tunis", "Riga", "Luanda")
_PEOPLE = ("Ana Ruiz", "Idris Saleh", "Maren Holt", "Levan Abashidze", "Selin Kaya", "Tomás Paredes", "Zeynep Aydın")
_ROLES = ("foreign minister", "envoy", "defence secretary", "head of the delegation", "mediator", "spokeswoman")
_SENTENCES = (
    "{person}, the {role}, arrived in {place} shortly before dawn and went straight to the conference hall.",
    "Officials from {place} said the draft had been on the table since the spring, although neither side would say so.",
    "“We did not come here to sign whatever we are handed,” {person} told reporters outside the building.",
    "The two delegations spent most of the morning on the question of who would watch the crossings.",
    "A first truce, agreed in {place} two winters ago, lasted for eleven days before shelling resumed.",
    "Residents of the valley near {place} have returned to their orchards, but many sleep elsewhere at night.",
    "According to the {role}, the prisoners will be exchanged in groups of forty, beginning with the wounded.",
    "Diplomats cautioned that the sanctions would stay until the last of the guns had been withdrawn.",
    "In {place}, shopkeepers took down their shutters for the first time since the autumn.",
    "{person} declined to say whether a second meeting had been planned, and left without taking questions.",
    "The text runs to nineteen pages, of which four deal with the river and its two dams.",
    "Fighting in the hills above {place} had displaced some 30,000 people by the end of March.",
    "Asked about the deadline, the {role} answered that deadlines were for people who wished to fail.",
    "The ministry in {place} published the list on Thursday evening; it names seven companies and two banks.",
)
_NAV = ("Home", "World", "Politics", "Business", "Culture", "Sport", "Opinion", "Video", "Podcasts", "Weather")
_RELATED = (
    "Ten photographs from a week of protest",
    "Why the harvest failed again this year",
    "How a small port became rich",
    "The quiet return of the night train",
    "What the new budget means for renters",
)


@dataclass(frozen=True)
class Story:
    """An article that goes into a page."""

    title: str
    paragraphs: tuple[str, ...]
    author: str
    day: date
    url: str

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Made:
    """A page, and the article that it holds."""

    layout: str
    html: str
    story: Story


def pages(count: int, seed: int = 7) -> list[Made]:
    """As many pages as asked for, the layouts in turn; the same for the same seed."""
    chance = random.Random(seed)
    return [_page(number, chance) for number in range(count)]


def f1(found: str, gold: str) -> float:
    """F1 over the words of two texts, each occurrence counted once."""
    ours, theirs = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values())) if shared else 0.0


def _page(number: int, chance: random.Random) -> Made:
    layouts = list(LAYOUTS)
    layout = layouts[number % len(layouts)]
    day = date(2023, 1, 2) + timedelta(days=chance.randrange(700))
    sentences = [
        sentence.format(person=chance.choice(_PEOPLE), role=chance.choice(_ROLES), place=chance.choice(_PLACES))
        for sentence in chance.sample(_SENTENCES, len(_SENTENCES)) + chance.sample(_SENTENCES, chance.randrange(2, 14))
    ]
    cuts = [sentences[start : start + 3] for start in range(0, len(sentences), 3)]
    paragraphs = tuple(" ".join(cut) for cut in cuts)
    title = f"Talks in {chance.choice(_PLACES)} end without a signature, {number + 1} points still open"
    author = chance.choice(_PEOPLE)
    url = f"https://www.example-times.org/{day:%Y/%m/%d}/talks-{number}"
    story = Story(title, paragraphs, author, day, url)
    return Made(layout, LAYOUTS[layout](story), story)


def _nav() -> str:
    items = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _NAV)
    return f'<nav class="site-nav"><ul>{items}</ul></nav>'


def _cookies() -> str:
    return (
        '<div id="cookie-consent" class="cookie-banner" role="dialog"><p>We and our partners use cookies to measure '
        "visits and to show advertising. You can change your choice at any time.</p>"
        "<button>Accept all</button><button>Settings</button></div>"
    )


def _related() -> str:
    items = "".join(f'<li><a href="/stories/{n}">{title}</a></li>' for n, title in enumerate(_RELATED))
    return f'<aside class="related-stories"><h3>Related stories</h3><ul>{items}</ul></aside>'


def _comments() -> str:
    return (
        '<section id="comments" class="comments"><h3>3 comments</h3><div class="comment"><p>About time they talked, if '
        'you ask me.</p></div><div class="comment"><p>My cousin lives there and says nothing has changed.</p></div>'
        '<form action="/comment"><textarea></textarea><input type="submit" value="Post"></form></section>'
    )


def _footer() -> str:
    return (
        '<footer class="site-footer"><p>© Example Times. All rights reserved.</p><ul><li><a href="/about">About us</a>'
        '</li><li><a href="/privacy">Privacy</a></li><li><a href="/jobs">Jobs</a></li></ul></footer>'
    )


def _share() -> str:
    return '<div class="social-share"><a href="#f">Facebook</a> <a href="#t">Twitter</a> <a href="#m">E-mail</a></div>'


def _in_p(paragraphs: Sequence[str], attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def _document(head: str, body: str, lang: str = "en") -> str:
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>'


type _Layout = Callable[[Story], str]


def _plain(story: Story) -> str:
    head = f'<title>{story.title} - Example Times</title><meta name="author" content="{story.author}">'
    head += f'<meta property="article:published_time" content="{story.day}T09:30:00+02:00">'
    return _document(head, f"{_nav()}<article><h1>{story.title}</h1>{_in_p(story.paragraphs)}</article>{_footer()}")


def _json_ld(story: Story) -> str:
    data = (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.title}",'
        f'"datePublished":"{story.day}T18:05:00Z","author":{{"@type":"Person","name":"{story.author}"}},'
        f'"publisher":{{"@type":"Organization","name":"Example Times"}}}}'
    )
    head = (
        f'<title>{story.title}</title><link rel="canonical" href="{story.url}">'
        f'<script type="application/ld+json">{data}</script>'
    )
    body = (
        f"{_cookies()}{_nav()}<main><article><h1>{story.title}</h1>{_share()}{_in_p(story.paragraphs)}</article></main>"
    )
    return _document(head, body + _related() + _comments() + _footer())


def _blog(story: Story) -> str:
    body = (
        f'<div id="page"><div id="content"><div class="post hentry"><h1 class="entry-title">{story.title}</h1>'
        f'<div class="entry-meta">Posted on <time class="entry-date published" datetime="{story.day}T08:00:00+00:00">'
        f'{story.day:%d %B %Y}</time> by <span class="author vcard">{story.author}</span></div>'
        f'<div class="entry-content">{_in_p(story.paragraphs)}</div></div>{_comments()}</div>'
        f'<div id="sidebar" class="widget-area">{_related()}</div></div>{_footer()}'
    )
    return _document(f"<title>{story.title} | Example blog</title>", _nav() + body)


def _divs(story: Story) -> str:
    text = "".join(f'<div class="paragraph">{escape(p, quote=False)}</div>' for p in story.paragraphs)
    body = (
        f'<div class="header">{_nav()}</div><div class="story"><h1>{story.title}</h1>'
        f'<div class="story-body">{text}</div></div>'
    )
    return _document(f"<title>{story.title}</title>", f"{body}<div class='footer'>{_footer()}</div>")


def _breaks(story: Story) -> str:
    text = "<br><br>\n".join(escape(p, quote=False) for p in story.paragraphs)
    body = f'{_nav()}<div id="article-text"><h2>{story.title}</h2><div class="text">{text}</div></div>{_footer()}'
    return _document(f'<title>{story.title}</title><meta name="date" content="{story.day}">', body)


def _tables(story: Story) -> str:
    links = "".join(f'<a href="/{name.lower()}">{name}</a><br>' for name in _NAV)
    body = (
        f'<table width="100%"><tr><td width="150" class="menu">{links}</td><td class="main"><h1>{story.title}</h1>'
        f'{_in_p(story.paragraphs)}</td></tr><tr><td colspan="2" class="footer">© Example Times</td></tr></table>'
    )
    return f"<html><head><title>{story.title}</title></head><body>{body}</body></html>"


def _widgets(story: Story) -> str:
    widget = '<div class="newsletter-signup"><p>Get the day in your inbox.</p><input type="email"></div>'
    half = len(story.paragraphs) // 2
    text = f"{_in_p(story.paragraphs[:half])}{widget}{_related()}{_in_p(story.paragraphs[half:])}"
    head = f'<title>{story.title}</title><meta property="og:site_name" content="Example Times">'
    head += f'<meta property="og:title" content="{story.title}">'
    head += f'<meta name="parsely-pub-date" content="{story.day}T06:00:00Z">'
    body = (
        f'{_cookies()}{_nav()}<article class="article"><header><h1>{story.title}</h1>'
        f'<p class="byline">By {story.author}</p></header>'
    )
    return _document(head, f'{body}<div class="article-body">{text}</div></article>{_comments()}{_footer()}')


def _figures(story: Story) -> str:
    figure = (
        '<figure><img src="a.jpg" alt="A hall">'
        "<figcaption>The hall before the talks. Photo: Agency</figcaption></figure>"
    )
    text = figure + "".join(
        f"<p>{escape(p, quote=False)}</p>" + ('<div class="ad-slot">Advertisement</div>' if n % 3 == 1 else "")
        for n, p in enumerate(story.paragraphs)
    )
    head = f'<title>{story.title}</title><meta itemprop="datePublished" content="{story.day}">'
    return _document(
        head, f"{_nav()}<main><article><h1>{story.title}</h1>{text}</article></main>{_related()}{_footer()}"
    )


def _nested(story: Story) -> str:
    text = "".join(f'<div class="block"><div class="inner">{_in_p([p])}</div></div>' for p in story.paragraphs)
    head = f'<title>{story.title}</title><meta name="dc.date.issued" content="{story.day}">'
    body = (
        f'<section role="main"><div class="article__header"><h1>{story.title}</h1></div>'
        f'<div class="article__content">{text}'
    )
    return _document(head, f"{_nav()}{body}</div></section>{_comments()}{_related()}{_footer()}")


def _microdata(story: Story) -> str:
    body = (
        f'<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>'
        f'<span itemprop="author">{story.author}</span> '
        f'<time itemprop="datePublished" datetime="{story.day}">{story.day}</time>'
        f'<div itemprop="articleBody">{_in_p(story.paragraphs)}</div></div>'
    )
    return _document(f"<title>{story.title}</title>", f"{_nav()}{_cookies()}{body}{_related()}{_footer()}")


def _broken(story: Story) -> str:
    text = "".join(f"<p>{escape(p, quote=False)}" + ("<b>" if n == 1 else "") for n, p in enumerate(story.paragraphs))
    return (
        f"<html><head><title>{story.title}</title><body>{_nav()}<div class=article><h1>{story.title}</h1>{text}</div>"
        f"<div class=footer>©"
    )


def _quoted(story: Story) -> str:
    mixed = [_in_p([p]) for p in story.paragraphs]
    mixed[2] = f"<blockquote>{mixed[2]}</blockquote>"
    listed = "".join(mixed).replace("<p>", '<p class="css-1x2y3z">')
    head = (
        f'<title>{story.title}</title><meta property="og:url" content="{story.url}">'
        f'<meta name="pubdate" content="{story.day}T12:00:00Z">'
    )
    body = (
        f'<div id="app"><div class="css-a1"><main id="site-content"><article id="story">'
        f"<h1>{story.title}</h1>{listed}</article>"
    )
    return _document(head, f"{_nav()}{body}</main></div></div>{_share()}{_related()}{_footer()}")


LAYOUTS: dict[str, _Layout] = {
    "plain": _plain,
    "json-ld": _json_ld,
    "blog": _blog,
    "divs": _divs,
    "breaks": _breaks,
    "tables": _tables,
    "widgets": _widgets,
    "figures": _figures,
    "nested": _nested,
    "microdata": _microdata,
    "broken": _broken,
    "quoted": _quoted,
}
