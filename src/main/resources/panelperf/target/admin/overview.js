// The figures that Panel's own page shows, as it defines them, each beside what its mean hides.
import { TimeChart } from "./charts.js";
import { count, duration, share } from "./format.js";
import { element } from "./table.js";

const REDRAW_MS = 1000;
const CARDS = [
  {
    title: "Total sessions",
    means: "all that were ever created",
    value: s => count(s.census.total),
    more: s => `${(rate(s)).toFixed(1)} a second in the last ten`,
  },
  {
    title: "Active sessions",
    means: "created and not destroyed, whether anybody looks or not",
    value: s => count(s.census.active),
    more: s => `${count(s.census.connected)} connected · ${count(s.census.coming)} coming · ${count(s.census.waiting)} merely waiting to expire`,
  },
  {
    title: "Avg. time to render",
    means: "mean, from the beginning of a session's building until its client has drawn the page; what is deferred comes after it",
    value: s => mean(s.profile?.timeToRender),
    more: s => spread(s.profile?.timeToRender),
  },
  {
    title: "Until the spinner goes",
    means: "what that leaves out: from being asked for, queue and all, until everything deferred is there",
    value: s => mean(s.profile?.spinner),
    more: s => spread(s.profile?.spinner),
  },
  {
    title: "Avg. session duration",
    means: "mean, from the beginning of its building until it is destroyed: with the 15 to 32 s of waiting to expire",
    value: s => mean(s.profile?.duration),
    more: s => spread(s.profile?.duration),
  },
  {
    title: "Document loop busy",
    means: "the one loop that builds, answers, sends and destroys; share of the last ten seconds",
    value: s => share(busy(s, 10_000)),
    more: s => `longest wait for it ${duration(longestWait(s, 10_000))}`,
  },
];

function mean(figures) {
  return !figures || figures.n === 0 ? "–" : duration(figures.meanMs);
}

function spread(figures) {
  return !figures || figures.n === 0
    ? "none yet"
    : `p50 ${duration(figures.p50Ms)} · p90 ${duration(figures.p90Ms)} · longest ${duration(figures.longestMs)} · n ${count(figures.n)}`;
}

function rate(store) {
  const last = store.trend.at(-1);
  const before = store.trend.at(-11) ?? store.trend[0];
  return !last || last === before ? 0 : (last.total - before.total) / ((last.atMs - before.atMs) / 1000);
}

function recent(store, ms) {
  return [...store.load.values()].filter(slot => slot.startMs >= store.nowMs - ms);
}

const sum = list => list.reduce((total, one) => total + one, 0);

function busy(store, ms) {
  return Math.min(1, sum(recent(store, ms).map(slot => sum(slot.loopMs))) / ms);
}

function longestWait(store, ms) {
  return Math.max(0, ...recent(store, ms).map(slot => slot.longestWaitMs));
}

export class Overview {
  constructor(store) {
    this.store = store;
    this.drawnAt = 0;
    this.cards = CARDS.map(card => {
      const value = element("dd", { class: "value" });
      const more = element("dd", { class: "more" });
      const means = element("dd", { class: "means" }, card.means);
      document.getElementById("cards").append(element("div", { class: "card" }, element("dt", {}, card.title), value, more, means));
      return { ...card, valuePlace: value, morePlace: more };
    });
    const ms = value => duration(value);
    const busyShare = Object.assign(value => `${Math.round(value * 100)} %`, { most: 1, step: 0.25 });
    const number = value => (Number.isInteger(value) ? count(value) : "");
    this.live = new TimeChart("chart-live", [
      { name: "connected", colour: "idle", stack: "live", area: true, step: true },
      { name: "coming", colour: "rendering", stack: "live", area: true, step: true },
      { name: "waiting to expire", colour: "waiting", stack: "live", area: true, step: true },
    ], [number]);
    this.loop = new TimeChart("chart-loop", [
      { name: "busy", colour: "processing", area: true },
      { name: "longest wait", colour: "destroyed", axis: 1 },
    ], [busyShare, ms]);
    this.render = new TimeChart("chart-render", [
      { name: "mean so far", colour: "processing" },
      { name: "slowest of the second", colour: "rendering", points: true },
      { name: "slowest spinner", colour: "destroyed", points: true },
    ], [ms]);
    this.total = new TimeChart("chart-total", [
      { name: "total", colour: "processing", step: true },
      { name: "mean duration", colour: "initialising", axis: 1 },
    ], [number, ms]);
  }

  draw(reason) {
    const store = this.store;
    this.cards.forEach(card => {
      card.valuePlace.textContent = card.value(store);
      card.morePlace.textContent = card.more(store);
    });
    if (reason === "change" && performance.now() - this.drawnAt < REDRAW_MS) {
      return;
    }
    this.drawnAt = performance.now();
    const line = field => store.trend.map(point => [point.atMs, point[field]]);
    const where = field => store.trend.map(point => [point.atMs, point[field] === 0 ? null : point[field]]);
    this.live.draw([line("connected"), line("coming"), line("waiting")], reason);
    this.render.draw([where("renderMeanMs"), where("renderLongestMs"), where("spinnerLongestMs")], reason);
    this.total.draw([line("total"), where("durationMeanMs")], reason);
    const seconds = this.#seconds();
    this.loop.draw([seconds.map(s => [s.atMs, s.busy]), seconds.map(s => [s.atMs, s.wait])], reason);
  }

  /** The loop's slots, put together to seconds; one that is missing was idle. */
  #seconds() {
    const { load, trend } = this.store;
    const bySecond = new Map();
    for (const slot of load.values()) {
      const second = Math.floor(slot.startMs / 1000);
      const known = bySecond.get(second) ?? { busy: 0, wait: 0 };
      known.busy += sum(slot.loopMs) / 1000;
      known.wait = Math.max(known.wait, slot.longestWaitMs);
      bySecond.set(second, known);
    }
    return trend.map(point => {
      const known = bySecond.get(Math.floor(point.atMs / 1000) - 1);
      return { atMs: point.atMs, busy: Math.min(1, known?.busy ?? 0), wait: known?.wait ?? 0 };
    });
  }
}
