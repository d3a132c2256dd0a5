// Where the time went: tables by phase, the stalls with those that waited for them, and Flight Recorder.
import { bytes, count, duration, plural, share, time } from "./format.js";
import { element, show, table } from "./table.js";

const REDRAW_MS = 1000;
const place = id => document.getElementById(id);

const spent = field => row => duration(row.spent[field]);

function columns(title, sumOfAll, whole) {
  return [
    { title, text: true, value: row => row.name },
    { title: "n", value: row => count(row.spent.n) },
    { title: "sum", value: spent("sumMs") },
    { title: whole, value: row => share(part(row, sumOfAll)), bar: row => part(row, sumOfAll) },
    { title: "p50", value: spent("p50Ms") },
    { title: "p90", value: spent("p90Ms") },
    { title: "longest", value: spent("longestMs") },
  ];
}

const WAITS = [
  { title: "waited p50", value: row => duration(row.waited.p50Ms) },
  { title: "waited p90", value: row => duration(row.waited.p90Ms) },
  { title: "waited longest", value: row => duration(row.waited.longestMs) },
];

function part(row, whole) {
  return whole === 0 ? 0 : row.spent.sumMs / whole;
}

const total = rows => rows.reduce((sum, row) => sum + row.spent.sumMs, 0);

export class Profiling {
  constructor(store, showTime, showLog) {
    this.store = store;
    this.showTime = showTime;
    this.showLog = showLog;
    this.drawnAt = 0;
    place("record").addEventListener("click", () => this.#record());
  }

  draw(reason) {
    this.#recording();
    const profile = this.store.profile;
    if (!profile || (reason === "change" && performance.now() - this.drawnAt < REDRAW_MS)) {
      return;
    }
    this.drawnAt = performance.now();
    const loop = [...profile.loop].sort((a, b) => b.spent.sumMs - a.spent.sumMs);
    const busy = total(loop);
    place("loop-share").textContent =
      `busy for ${duration(busy)} of the ${duration(profile.ageMs)} of its life: ${share(busy / Math.max(1, profile.ageMs))}`;
    show(place("loop-table"), loop.length === 0
      ? empty("Nothing has been done yet.")
      : table("What the document loop did", [...columns("work", busy, "share of busy"), ...WAITS], loop));
    show(place("pool-table"), table("What places of the render pool were used for",
      [...columns("use", profile.ageMs, "places in use"), ...WAITS], profile.pool));
    show(place("phase-table"), table("How long sessions were in each phase",
      columns("phase", total(profile.phases), "share"), profile.phases));
    show(place("user-table"), table("From the beginning of a session", [
      { title: "time", text: true, value: row => row.name },
      { title: "n", value: row => count(row.figures.n) },
      { title: "mean", value: row => duration(row.figures.meanMs) },
      { title: "p50", value: row => duration(row.figures.p50Ms) },
      { title: "p90", value: row => duration(row.figures.p90Ms) },
      { title: "longest", value: row => duration(row.figures.longestMs) },
    ], [
      { name: "to render, as Panel counts", figures: profile.timeToRender },
      { name: "until the spinner goes", figures: profile.spinner },
      { name: "until it is destroyed", figures: profile.duration },
    ]));
    this.#stalls(profile);
  }

  #stalls(profile) {
    place("stall-count").textContent =
      `${plural(profile.stallCount, "stall", "stalls")} of ${duration(this.store.limits.stallMs)} or more`;
    show(place("stall-table"), profile.stalls.length === 0
      ? empty("The loop has never been held for so long.")
      : table("The longest, and who waited", [
        { title: "when", text: true, value: stall => this.#when(stall) },
        { title: "work", text: true, value: stall => (stall.holds === 1 ? stall.work : `${stall.work} × ${count(stall.holds)}`) },
        { title: "held", value: stall => duration(stall.heldMs), bar: stall => stall.heldMs / profile.stalls[0].heldMs },
        { title: "waiters", value: stall => count(stall.waiters) },
        { title: "who waited for it, and for how long", text: true, value: stall => this.#waiters(stall) },
      ], profile.stalls));
  }

  #when(stall) {
    const button = element("button", { type: "button", class: "link" }, time(stall.startMs, 1));
    button.setAttribute("aria-label", `Show the stall of ${time(stall.startMs, 1)} in the timeline`);
    button.addEventListener("click", () => {
      const margin = Math.max(500, stall.heldMs / 2);
      this.showTime(stall.startMs - margin, stall.endMs + margin);
    });
    return button;
  }

  #waiters(stall) {
    const list = element("span", { class: "waiters" });
    stall.longest.forEach(waiter => {
      const text = `${waiter.work}${waiter.session === 0 ? "" : ` #${waiter.session}`} ${duration(waiter.waitedMs)}`;
      if (waiter.session === 0) {
        list.append(element("span", {}, text));
        return;
      }
      const button = element("button", { type: "button", class: "link" }, text);
      button.addEventListener("click", () => this.showLog(waiter.session));
      list.append(button);
    });
    if (stall.waiters > stall.longest.length) {
      list.append(element("span", { class: "quiet" }, `and ${count(stall.waiters - stall.longest.length)} more`));
    }
    return list;
  }

  #recording() {
    const recording = this.store.recording;
    const button = place("record");
    button.disabled = recording.stage === "unavailable";
    button.textContent = recording.stage === "running" ? "Stop the recording" : "Start a JFR recording";
    place("download").hidden = recording.stage !== "ready";
    const text = {
      none: "at most 5 minutes and 64 MB; sessions' phases and the loop's holds are events in it",
      running: `recording since ${time(recording.startedMs)}, until ${time(recording.endsMs)} at most`,
      ready: `${duration(recording.endsMs - recording.startedMs)}, ${bytes(recording.bytes)}`,
      unavailable: "this JVM has no Flight Recorder",
    }[recording.stage] ?? "";
    if (place("recording").textContent !== text) {
      place("recording").textContent = text;
    }
  }

  async #record() {
    const button = place("record");
    button.disabled = true;
    const what = this.store.recording.stage === "running" ? "stop" : "start";
    try {
      const answer = await fetch(`/admin/recording/${what}`, { method: "POST" });
      if (!answer.ok) {
        place("recording").textContent = `${what}: answered ${answer.status}`;
      }
    } catch {
      place("recording").textContent = `${what}: the server did not answer`;
    } finally {
      button.disabled = false;
    }
  }
}

function empty(sentence) {
  return element("p", { class: "empty" }, sentence);
}
