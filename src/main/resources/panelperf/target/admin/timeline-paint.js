// Paints the timeline: rows of sessions above, the document loop and the render pool beneath, on one axis of time.
import { colour } from "./charts.js";
import { time } from "./format.js";
import { phasesOf } from "./timeline-words.js";

export const LOOP_HEIGHT = 44;
export const POOL_HEIGHT = 22;
export const AXIS_HEIGHT = 22;
const GAP = 6;

/** Which of the page's colours stand for which work of the loop; the rest is "other". */
export const WORK_COLOURS = {
  initialise: "initialising", send: "processing", destroy: "destroyed", collect: "collect", check: "collect", busy: "rendering",
};
export const PHASES = ["initialising", "rendering", "processing", "idle", "waiting", "destroyed"];

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];

export class Paint {
  constructor(canvas) {
    this.canvas = canvas;
    this.readColours();
  }

  readColours() {
    this.colours = {};
    for (const name of [...PHASES, "queued", "other", "collect", "text", "quiet", "line", "panel", "stall", "accent"]) {
      this.colours[name] = colour(name);
    }
    this.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  }

  /** Fits the canvas to its place, sharp on every screen. */
  fit(view) {
    const scale = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    if (this.canvas.width !== Math.round(clientWidth * scale) || this.canvas.height !== Math.round(clientHeight * scale)) {
      this.canvas.width = Math.round(clientWidth * scale);
      this.canvas.height = Math.round(clientHeight * scale);
    }
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
    view.left = clientWidth < 600 ? 40 : 64;
    view.width = Math.max(1, clientWidth - view.left - 8);
    view.height = Math.max(40, clientHeight - LOOP_HEIGHT - POOL_HEIGHT - AXIS_HEIGHT - 3 * GAP);
    this.loopTop = view.height + GAP;
    this.poolTop = this.loopTop + LOOP_HEIGHT + GAP;
    this.axisTop = this.poolTop + POOL_HEIGHT + 2;
    this.clientWidth = clientWidth;
    this.clientHeight = clientHeight;
  }

  /** @param scene { view, rows, holds, load, stallMs, slotMs, nowMs, chosen } */
  all(scene) {
    const c = this.context;
    c.clearRect(0, 0, this.clientWidth, this.clientHeight);
    c.font = this.font;
    this.#axis(scene);
    c.save();
    c.beginPath();
    c.rect(scene.view.left, 0, scene.view.width, this.clientHeight);
    c.clip();
    this.#stalls(scene);
    this.#rows(scene);
    this.#loop(scene);
    this.#pool(scene);
    c.restore();
    this.#names(scene);
  }

  #axis({ view }) {
    const c = this.context;
    const wanted = view.spanMs / Math.max(2, view.width / 110);
    const step = STEPS.find(one => one >= wanted) ?? 600_000;
    c.textBaseline = "top";
    c.textAlign = "center";
    for (let ms = Math.ceil(view.fromMs / step) * step; ms <= view.untilMs; ms += step) {
      const x = Math.round(view.x(ms)) + 0.5;
      c.strokeStyle = this.colours.line;
      c.beginPath();
      c.moveTo(x, 0);
      c.lineTo(x, this.axisTop);
      c.stroke();
      if (x > view.left + 26 && x < view.left + view.width - 26) {
        c.fillStyle = this.colours.quiet;
        c.fillText(time(ms, step < 1000 ? 3 : 0), x, this.axisTop + 4);
      }
    }
  }

  /** A stall is seen across everybody who might have waited for it. */
  #stalls({ view, holds, stallMs }) {
    this.context.fillStyle = this.colours.stall;
    for (const hold of holds) {
      if (hold.endMs - hold.startMs >= stallMs && hold.endMs >= view.fromMs && hold.startMs <= view.untilMs) {
        const x = view.x(hold.startMs);
        this.context.fillRect(x, 0, Math.max(1, view.x(hold.endMs) - x), this.poolTop);
      }
    }
  }

  #rows(scene) {
    const { view, rows } = scene;
    const height = view.rowHeight(rows.length);
    const thick = height > 4 ? height - Math.min(4, height * 0.25) : Math.max(0.5, height * 0.85);
    for (let i = 0; i < rows.length; i++) {
      const y = view.y(i, rows.length);
      if (y > -height && y < view.height) {
        const visible = Math.min(thick, view.height - y);
        this.#row(scene, rows[i], y, visible);
      }
    }
  }

  #row({ view, nowMs, chosen }, session, y, thick) {
    const c = this.context;
    for (const phase of phasesOf(session)) {
      this.#bar(view, phase.name, phase.from, phase.until ?? nowMs, y, thick);
      if (phase.name === "processing") {
        // The part of it that merely waits for a place in the pool.
        this.#bar(view, "queued", phase.from, session.renderingMs ?? phase.until ?? nowMs, y, thick);
      }
    }
    if (session.destroyedMs !== null) {
      c.fillStyle = this.colours.destroyed;
      c.fillRect(view.x(session.destroyedMs) - 1, y, 2, thick);
    }
    if (session.number === chosen) {
      c.strokeStyle = this.colours.text;
      c.lineWidth = 1.5;
      const x = Math.max(view.left, view.x(session.createdMs) - 2);
      c.strokeRect(x, y - 1, view.x(session.destroyedMs ?? nowMs) - x + 3, thick + 2);
      c.lineWidth = 1;
    }
  }

  #bar(view, name, fromMs, untilMs, y, thick) {
    if (untilMs < view.fromMs || fromMs > view.untilMs) {
      return;
    }
    const x = Math.max(view.left - 1, view.x(fromMs));
    const end = Math.min(view.left + view.width + 1, view.x(untilMs));
    this.context.fillStyle = this.colours[name];
    this.context.fillRect(x, y, Math.max(0.75, end - x), thick);
  }

  /** Sums of short work as bars, each hold that is long enough as a block. */
  #loop({ view, holds, load, slotMs }) {
    const c = this.context;
    c.fillStyle = this.colours.other;
    for (const slot of load) {
      if (slot.startMs + slotMs >= view.fromMs && slot.startMs <= view.untilMs) {
        const busy = Math.min(1, slot.loopMs.reduce((sum, ms) => sum + ms, 0) / slotMs) * LOOP_HEIGHT;
        const x = view.x(slot.startMs);
        c.fillRect(x, this.loopTop + LOOP_HEIGHT - busy, view.x(slot.startMs + slotMs) - x, busy);
      }
    }
    for (const hold of holds) {
      if (hold.endMs >= view.fromMs && hold.startMs <= view.untilMs) {
        const x = view.x(hold.startMs);
        const width = view.x(hold.endMs) - x;
        c.fillStyle = this.colours[WORK_COLOURS[hold.work] ?? "quiet"];
        // A gap of a hairline keeps one hold apart from the next.
        c.fillRect(x, this.loopTop, Math.max(0.75, width > 3 ? width - 0.5 : width), LOOP_HEIGHT);
      }
    }
  }

  #pool({ view, load, slotMs }) {
    const c = this.context;
    const most = Math.max(1, ...load.map(slot => slot.poolMs / slotMs));
    c.fillStyle = this.colours.processing;
    for (const slot of load) {
      if (slot.poolMs > 0 && slot.startMs + slotMs >= view.fromMs && slot.startMs <= view.untilMs) {
        const high = Math.max(1, (slot.poolMs / slotMs / most) * POOL_HEIGHT);
        const x = view.x(slot.startMs);
        c.fillRect(x, this.poolTop + POOL_HEIGHT - high, Math.max(1, view.x(slot.startMs + slotMs) - x), high);
      }
    }
  }

  #names({ view, rows }) {
    const c = this.context;
    const right = view.left - 6;
    c.textAlign = "right";
    c.textBaseline = "middle";
    c.fillStyle = this.colours.quiet;
    const height = view.rowHeight(rows.length);
    const every = Math.max(1, Math.ceil(15 / height));
    for (let i = rows.length - 1; i >= 0; i -= every) {
      const y = view.y(i, rows.length) + height / 2 - 1;
      if (y > 5 && y < view.height - 4) {
        c.fillText(`#${rows[i].number}`, right, y);
      }
    }
    c.fillText("loop", right, this.loopTop + LOOP_HEIGHT / 2);
    c.fillText("pool", right, this.poolTop + POOL_HEIGHT / 2);
    c.strokeStyle = this.colours.line;
    c.strokeRect(view.left + 0.5, this.loopTop + 0.5, view.width - 1, LOOP_HEIGHT - 1);
    c.strokeRect(view.left + 0.5, this.poolTop + 0.5, view.width - 1, POOL_HEIGHT - 1);
    if (rows.length === 0) {
      c.textAlign = "center";
      c.fillText("No session in sight. Open a page of the app, or change the filters.", view.left + view.width / 2, view.height / 2);
    }
  }
}
