// A row a session, the loop's holds beneath: which sessions are shown, and which is chosen.
import { plural } from "./format.js";
import { isNamed, stateOf, timeToContent } from "./store.js";
import { element } from "./table.js";
import { Hand } from "./timeline-hand.js";
import { LOOP_HEIGHT, POOL_HEIGHT, Paint } from "./timeline-paint.js";
import { View } from "./timeline-view.js";
import { holdLines, sessionLines, showLegend, slotLines } from "./timeline-words.js";

const FRAMES_KEPT = 600;
const place = id => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Timeline {
  constructor(store, showLog) {
    this.store = store;
    this.showLog = showLog;
    this.view = new View();
    this.canvas = place("canvas");
    this.paint = new Paint(this.canvas);
    this.chosen = 0;
    /** How long the last frames took to paint, in ms. */
    this.paintTimes = [];
    this.scheduled = false;
    showLegend(place("legend"));
    this.#buttons();
    new Hand(this, place("tip"));
  }

  draw(reason) {
    if (reason === "colours") {
      this.paint.readColours();
    }
    this.schedule();
  }

  look(fromMs, untilMs) {
    this.view.look(fromMs, untilMs);
    this.follows(false);
  }

  schedule() {
    if (!this.scheduled) {
      this.scheduled = true;
      requestAnimationFrame(() => this.#frame());
    }
  }

  #frame() {
    this.scheduled = false;
    if (place("view-timeline").hidden) {
      return;
    }
    const began = performance.now();
    this.#paint();
    this.paintTimes.push(performance.now() - began);
    this.paintTimes.splice(0, this.paintTimes.length - FRAMES_KEPT);
    // Time moves between messages too, unless the user wants less motion or the server is gone.
    const live = place("connection").dataset.state === "live";
    if (this.view.follows && live && !still.matches) {
      this.schedule();
    }
  }

  #paint() {
    const live = place("connection").dataset.state === "live";
    const nowMs = live && !still.matches ? this.store.now() : this.store.nowMs;
    this.view.advance(nowMs);
    this.paint.fit(this.view);
    this.rows = this.#wanted(nowMs);
    this.view.scroll(0, this.rows.length);
    this.paint.all({
      view: this.view,
      rows: this.rows,
      holds: this.store.holds,
      load: [...this.store.load.values()],
      stallMs: this.store.limits.stallMs,
      slotMs: this.store.limits.slotMs,
      nowMs,
      chosen: this.chosen,
    });
    this.#counts();
  }

  /** The sessions in sight that the filters leave, oldest first. */
  #wanted(nowMs) {
    const state = place("state-filter").value;
    const least = Number(place("duration-filter").value) || 0;
    const name = place("name-filter").value;
    const { fromMs, untilMs } = this.view;
    const rows = [];
    for (const session of this.store.sessions.values()) {
      if ((session.destroyedMs ?? nowMs) >= fromMs && session.createdMs <= untilMs
        && hasState(session, state) && lasts(session, least, nowMs) && isNamed(session.number, session.id, name)) {
        rows.push(session);
      }
    }
    return rows.sort((a, b) => a.number - b.number);
  }

  #counts() {
    const without = this.store.census.withoutRow;
    const text = `${plural(this.rows.length, "session", "sessions")} in sight`
      + (without > 0 ? `; ${plural(without, "came", "came")} too fast to get rows, and are in every figure` : "");
    if (place("timeline-count").value !== text) {
      place("timeline-count").value = text;
    }
  }

  follows(wanted) {
    this.view.follows = wanted;
    place("follow").setAttribute("aria-pressed", String(wanted));
    place("follow").textContent = wanted ? "Pause" : "Follow";
    this.schedule();
  }

  #buttons() {
    place("follow").addEventListener("click", () => this.follows(!this.view.follows));
    place("zoom-in").addEventListener("click", () => this.zoom(0.5));
    place("zoom-out").addEventListener("click", () => this.zoom(2));
    place("zoom-all").addEventListener("click", () => this.all());
    for (const id of ["state-filter", "duration-filter", "name-filter"]) {
      place(id).addEventListener("input", () => this.schedule());
    }
    place("timeline-filters").addEventListener("submit", event => event.preventDefault());
    this.follows(true);
  }

  zoom(factor, x = this.view.left + this.view.width / 2) {
    this.view.fitsRows = false;
    this.view.zoom(factor, x);
    this.schedule();
  }

  /** All sessions that are known, each in sight. */
  all() {
    const oldest = Math.min(...[...this.store.sessions.values()].map(session => session.createdMs), this.store.nowMs - 1000);
    this.view.spanMs = Math.min(900_000, (this.store.now() - oldest) * 1.02);
    this.view.fitsRows = true;
    this.view.rowsBelow = 0;
    this.follows(true);
  }

  /** What is under the pointer, in lines; none where nothing is. */
  describe(x, y) {
    const ms = this.view.ms(x);
    if (y >= this.paint.loopTop && y < this.paint.loopTop + LOOP_HEIGHT) {
      const slack = this.view.ms(x + 2) - ms;
      const hold = this.store.holds.findLast(one => one.startMs <= ms + slack && one.endMs >= ms - slack);
      return hold ? holdLines(hold) : slotLines(this.store, ms);
    }
    if (y >= this.paint.poolTop && y < this.paint.poolTop + POOL_HEIGHT) {
      return slotLines(this.store, ms);
    }
    const index = this.view.row(y, this.rows.length);
    return index < 0 ? [] : sessionLines(this.rows[index], ms);
  }

  tip(x, y) {
    const lines = this.rows ? this.describe(x, y) : [];
    const tip = place("tip");
    tip.hidden = lines.length === 0;
    if (tip.hidden) {
      return;
    }
    tip.replaceChildren(...lines.map((line, i) => element(i === 0 ? "strong" : "span", {}, line)));
    const right = x > this.canvas.clientWidth / 2;
    tip.style.left = right ? "" : `${x + 14}px`;
    tip.style.right = right ? `${this.canvas.clientWidth - x + 14}px` : "";
    tip.style.top = `${Math.max(0, Math.min(y + 12, this.canvas.clientHeight - tip.offsetHeight))}px`;
  }

  choose(x, y) {
    const index = this.view.row(y, this.rows.length);
    this.chooseSession(index < 0 ? null : this.rows[index]);
    this.tip(x, y);
  }

  chooseSession(session) {
    this.chosen = session?.number ?? 0;
    place("chosen").replaceChildren();
    if (session) {
      const button = element("button", { type: "button" }, "Show its log");
      button.addEventListener("click", () => this.showLog(session.number));
      place("chosen").append(sessionLines(session, session.createdMs).join(" · "), " ", button);
    }
    this.schedule();
  }

  step(by) {
    const at = this.rows.findIndex(session => session.number === this.chosen);
    const next = at < 0 ? this.rows.length - 1 : Math.max(0, Math.min(this.rows.length - 1, at + by));
    this.chooseSession(this.rows[next] ?? null);
    const y = this.view.y(next, this.rows.length);
    const height = this.view.rowHeight(this.rows.length);
    if (y < 0) {
      this.view.scroll(Math.ceil(-y / height), this.rows.length);
    } else if (y + height > this.view.height) {
      this.view.scroll(-Math.ceil((y + height - this.view.height) / height), this.rows.length);
    }
  }

  pan(part) {
    this.view.pan(part * this.view.width);
    this.follows(false);
  }
}

function hasState(session, wanted) {
  if (wanted === "") {
    return true;
  }
  return wanted === "live" ? session.destroyedMs === null : stateOf(session) === wanted;
}

/** Whether it took so long until all was there; one that is still at it counts with the time so far. */
function lasts(session, leastMs, nowMs) {
  return leastMs <= 0 || (timeToContent(session) ?? (session.closedMs ?? session.destroyedMs ?? nowMs) - session.createdMs) >= leastMs;
}
