"""Timeline and map as Vega specifications, made with Altair. Their data comes from the page, which filters it.

The specifications hold the shapes of countries and no word of any article: nothing of an article reaches an expression.
"""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, cast

import altair as alt
import vl_convert

from transforms.vocabulary import EventType
from warehouse.report.timeline import Timeline
from warehouse.report.words import Standing

VEGA_LITE = "6.4"
# Told apart by people with any kind of colour vision; page.css gives each its tint by day and by night.
COLOURS = {EventType.MEETING: "#2f6fb7", EventType.CEASEFIRE: "#1a9070", EventType.SANCTIONS: "#cf5f21"}
ACCENT = "#5b4b9a"
PALE = 0.4  # opacity of what did not happen
_DAY = 86_400_000  # milliseconds
_EPOCH = date(1970, 1, 1).toordinal()


@cache
def library() -> str:
    """Vega and Vega-Embed as one script that sets `window.vegaEmbed`; it needs neither network nor `eval`."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)


@cache
def shapes() -> dict[str, Any]:
    """Shapes of countries as TopoJSON, by ISO 3166-1 alpha-3 code; see NOTICE.md."""
    text = (files("seeds") / "reference" / "world_shapes.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


def drawn_countries() -> set[str]:
    """Codes of the countries that have a shape; the smallest have none."""
    return {geometry["id"] for geometry in shapes()["objects"]["countries"]["geometries"]}


def timeline_chart(line: Timeline) -> dict[str, Any]:
    """Bars over time: what happened above the line, what did not or not yet below it, a colour for each type.

    The data `bins` has rows of `from`, `to` (milliseconds since 1970), `type`, `standing`, `count`, `signed` (below the
    line negative). The signal `brush` holds the stretch that the reader marks.
    """
    whole = [(day.toordinal() - _EPOCH) * _DAY for day in (line.starts[0], line.starts[-1])]
    made = _bars()
    return made | {"scales": [each | {"domain": whole} if each["name"] == "x" else each for each in made["scales"]]}


@cache
def _bars() -> dict[str, Any]:
    """The timeline for any stretch of time: compiling it takes a second."""
    brush = alt.selection_interval(name="brush", encodings=["x"], zoom=False)
    time = alt.X("from:T", title=None, scale=alt.Scale(type="utc", domain=[0, _DAY]), axis=alt.Axis(tickCount=8))
    both_ways = alt.Axis(format="d", labelExpr="abs(datum.value)", tickMinStep=1)
    bars = (
        alt.Chart(alt.NamedData("bins"))
        .mark_bar(aria=False, orient="vertical")
        .encode(
            x=time,
            x2="to:T",
            y=alt.Y("signed:Q", title=None, stack="zero", axis=both_ways),
            color=alt.Color("type:N", scale=_colours(), legend=None),
            opacity=alt.Opacity("standing:N", scale=_standings(), legend=None),
            tooltip=[alt.Tooltip("told:N", title="events")],
        )
        .add_params(brush)
    )
    zero = alt.Chart(alt.InlineData(values=[{"y": 0}])).mark_rule(strokeWidth=1).encode(y="y:Q")
    return _vega(alt.layer(bars, zero).properties(width=900, height=220))


@cache
def map_chart() -> dict[str, Any]:
    """The world: countries shaded by the events in which they take part, circles at the places of events.

    The data `parties` has rows of `code`, `count`, `told`; `dots` the same with `latitude` and `longitude` for the
    countries without a shape; `places` has rows of `latitude`, `longitude`, `happened`, `count` and `told`.
    """
    world = alt.InlineData(values=shapes(), format=alt.TopoDataFormat(type="topojson", feature="countries"))
    shade = alt.Opacity(
        "count:Q", scale=alt.Scale(type="sqrt", domainMin=0, range=[0.12, 0.85], nice=False), legend=None
    )
    size = alt.Size("count:Q", scale=alt.Scale(type="linear", domainMin=0, range=[16, 700]), legend=None)
    told = alt.Tooltip("told:N", title="events")
    land = alt.Chart(world).mark_geoshape(aria=False, strokeWidth=0.5).properties(name="land")
    found = alt.LookupData(alt.NamedData("parties"), key="code", fields=["count", "told"])
    parties = (
        alt.Chart(world)
        .mark_geoshape(aria=False, fill=ACCENT, strokeWidth=0.5)
        .transform_lookup(lookup="id", from_=found)
        .transform_filter("datum.count > 0")
        .encode(opacity=shade, tooltip=told)
        .properties(name="parties")
    )
    at = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    dots = (
        alt.Chart(alt.NamedData("dots"))
        .mark_square(aria=False, color=ACCENT, size=36)
        .encode(**at, opacity=shade, tooltip=told)
        .properties(name="dots")
    )
    places = (
        alt.Chart(alt.NamedData("places"))
        .mark_circle(aria=False, stroke=ACCENT, fill=ACCENT, strokeWidth=1.4, opacity=1)
        .encode(
            **at,
            size=size,
            tooltip=told,
            fillOpacity=alt.condition("datum.happened", alt.value(0.55), alt.value(0)),
        )
        .properties(name="places")
    )
    whole = alt.layer(land, parties, dots, places).project(type="equalEarth").properties(width=900, height=430)
    made = _vega(whole)
    shape_data = next(each["name"] for each in made["data"] if "format" in each)
    # The map stays where it is when the data change.
    made["projections"][0]["fit"] = {"signal": f"data('{shape_data}')"}
    return made


def _colours() -> alt.Scale:
    return alt.Scale(domain=[str(each) for each in COLOURS], range=list(COLOURS.values()))


def _standings() -> alt.Scale:
    return alt.Scale(
        domain=[str(each) for each in Standing], range=[1.0 if each is Standing.HAPPENED else PALE for each in Standing]
    )


def _vega(chart: alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    """The chart as a Vega specification, without the page's own looks, which its style sheet gives."""
    plain = chart.configure_view(stroke=None).configure(background="transparent", font="inherit")
    plain = plain.configure_axis(grid=True, domain=False, labelFontSize=12, tickSize=0, labelPadding=6)
    return vl_convert.vegalite_to_vega(plain.to_dict(), vl_version=VEGA_LITE)
