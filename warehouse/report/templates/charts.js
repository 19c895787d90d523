
"use strict";
// The charts: counts of the events that the filters leave, drawn by Vega. It reads expressions without eval.
(() => {
  const { data, form, apply, listen } = window.report;
  const drawn = {};
  const NOT_YET = "did not happen, or not yet";

  // Before the first filter all events are shown.
  async function draw(id, spec, rows, ratio, lowest) {
    const box = document.getElementById(id);
    if (!box || !spec) return;
    for (const each of spec.data) if (rows[each.name]) each.values = rows[each.name];
    const { view } = await vegaEmbed(box, spec, {
      mode: "vega", renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: false, hover: true,
      logLevel: 1, // errors; that a filter leaves nothing to draw is none
      loader: { load: refuse, sanitize: refuse },
    });
    const fit = () => {
      const width = Math.max(240, box.clientWidth - 50);
      return view.width(width).height(Math.max(lowest, Math.round(width * ratio)));
    };
    drawn[id] = view;
    await fit().runAsync();
    let before = box.clientWidth;
    new ResizeObserver(() => {
      if (matchMedia("print").matches || box.clientWidth === before) return;
      before = box.clientWidth;
      fit().runAsync();
    }).observe(box);
  }

  function refuse() {
    return Promise.reject(new Error("a report loads nothing"));
  }

  function tally(shown, keysOf) {
    const counts = new Map();
    data.events.forEach((event, index) => {
      if (!shown[index]) return;
      for (const key of keysOf(event)) {
        const both = counts.get(key) || { happened: 0, other: 0 };
        both[event.standing === "happened" ? "happened" : "other"] += 1;
        counts.set(key, both);
      }
    });
    return counts;
  }

  function told(name, both) {
    return both.other ? `${name}: ${both.happened} happened, ${both.other} ${NOT_YET}` : `${name}: ${both.happened} happened`;
  }

  function bins(timeless) {
    const counts = new Map();
    data.events.forEach((event, index) => {
      if (!timeless[index] || event.bin === null) return;
      const key = `${event.bin} ${event.type} ${event.standing}`;
      counts.set(key, (counts.get(key) || 0) + 1);
    });
    return [...counts].map(([key, count]) => {
      const [bin, type, standing] = key.split(" ");
      const from = data.bins[bin];
      const day = new Date(from).toISOString().slice(0, 10);
      return {
        from, to: data.bins[Number(bin) + 1], type, standing, count, signed: standing === "happened" ? count : -count,
        told: `${day}: ${count} ${type}, ${standing === "happened" ? standing : NOT_YET}`,
      };
    });
  }

  function parties(shown) {
    return [...tally(shown, (event) => event.parties)].map(([code, both]) => ({
      code, count: both.happened, told: told(data.countries[code] || code, both),
    }));
  }

  function places(shown) {
    return [...tally(shown, (event) => (event.place === null ? [] : [event.place]))]
      .map(([place, both]) => ({
        ...data.places[place], happened: both.happened > 0, count: both.happened || both.other,
        told: told(data.places[place].name, both),
      }))
      .sort((one, other) => other.count - one.count);
  }

  function dots(all) {
    return all.filter((each) => each.count && data.dots[each.code]).map((each) => ({
      ...each, latitude: data.dots[each.code][0], longitude: data.dots[each.code][1],
    }));
  }

  function rowsOf(shown, timeless) {
    const all = parties(shown);
    return { timeline: { bins: bins(timeless) }, map: { parties: all, dots: dots(all), places: places(shown) } };
  }

  function update(shown, timeless) {
    const rows = rowsOf(shown, timeless);
    for (const [id, view] of Object.entries(drawn)) {
      for (const [name, values] of Object.entries(rows[id])) view.data(name, values);
      view.runAsync();
    }
  }

  // The bars that the reader marks become the period of the filters, in whole stretches.
  function period(name, marked) {
    const { since, until } = form.elements;
    const range = marked.from;
    if (range) {
      const first = data.bins.findLastIndex((start) => start <= Number(range[0]));
      const last = data.bins.findIndex((start) => start >= Number(range[1]));
      since.value = new Date(data.bins[Math.max(first, 0)]).toISOString().slice(0, 10);
      until.value = new Date(data.bins[last < 0 ? data.bins.length - 1 : last] - 86400000).toISOString().slice(0, 10);
    } else {
      since.value = until.value = "";
    }
    apply();
  }

  (async () => {
    const all = data.events.map(() => true);
    const rows = rowsOf(all, all);
    await draw("timeline", data.timeline, rows.timeline, 0.24, 150);
    await draw("map", data.map, rows.map, 0.44, 0);
    listen(update);
    apply();
    if (drawn.timeline) {
      drawn.timeline.addSignalListener("brush", period);
      form.addEventListener("reset", () => drawn.timeline.signal("brush_x", [0, 0]).runAsync());
    }
    document.documentElement.classList.add("drawn");
  })();
})();
