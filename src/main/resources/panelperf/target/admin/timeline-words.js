// What the timeline's parts mean, in words: the legend, and the lines beside the pointer.
import { duration, share, time } from "./format.js";
import { phases } from "./store.js";
import { element } from "./table.js";

const MEANINGS = {
  initialising: "asked for; its document is being built, or waits for that",
  rendering: "document built; its page is under way until the client has drawn it",
  queued: "drawn; what is deferred waits for the pool",
  processing: "what is deferred runs and is sent",
  idle: "all there, a client looks",
  waiting: "nobody looks; waits to expire",
  destroyed: "destroyed",
  stall: "the document loop was held for 100 ms or more: whoever needed it waited",
  "other work": "how busy the loop was with whatever else, in slots of 200 ms",
};

export function showLegend(place) {
  for (const [name, meaning] of Object.entries(MEANINGS)) {
    const swatch = element("span", { class: "swatch", "data-colour": name.split(" ")[0] });
    place.append(element("li", { title: meaning }, swatch, name));
  }
}

const known = new WeakMap();

/** A session's phases; computed once for each state that it is told in. */
export function phasesOf(session) {
  let all = known.get(session);
  if (!all) {
    all = phases(session);
    known.set(session, all);
  }
  return all;
}

/** What a hold is, in lines. */
export function holdLines(hold) {
  return [
    `${hold.work}${hold.session === 0 ? "" : ` of #${hold.session}`}`,
    `held the loop for ${duration(hold.endMs - hold.startMs)}`,
    `waited for it ${duration(hold.startMs - hold.queuedMs)}`,
    `at ${time(hold.startMs, 3)}`,
  ];
}

/** What the loop and the pool did around an instant, summed up; none where nothing is known. */
export function slotLines(store, ms) {
  const { slotMs } = store.limits;
  const slot = [...store.load.values()].findLast(one => one.startMs <= ms && one.startMs + slotMs > ms);
  if (!slot) {
    return [];
  }
  const works = slot.loopMs
    .map((spent, i) => ({ spent, name: store.works[i] }))
    .filter(work => work.spent > 0)
    .sort((a, b) => b.spent - a.spent)
    .map(work => `${work.name} ${duration(work.spent)}`);
  return [
    `${slotMs} ms from ${time(slot.startMs, 1)}`,
    `loop busy ${share(slot.loopMs.reduce((sum, one) => sum + one, 0) / slotMs)}, longest wait ${duration(slot.longestWaitMs)}`,
    ...works.slice(0, 4),
    `pool: ${(slot.poolMs / slotMs).toFixed(1)} places in use`,
  ];
}

/** A session's life so far; what it does at that instant is marked. */
export function sessionLines(session, ms) {
  const all = phasesOf(session);
  const under = all.find(phase => phase.from <= ms && (phase.until === null || phase.until > ms));
  const lines = all.map(phase =>
    `${phase === under ? "▸ " : ""}${phase.name} ${phase.until === null ? "still" : duration(phase.until - phase.from)}`);
  if (session.readyMs !== null && session.renderingMs !== null) {
    lines.push(`waited for the pool ${duration(session.renderingMs - session.readyMs)}`);
  }
  if (session.destroyedMs !== null) {
    lines.push(`destroyed after ${duration(session.destroyedMs - session.createdMs)}`);
  }
  const id = session.id.length > 24 ? `${session.id.slice(0, 24)}…` : session.id;
  return [`#${session.number} ${id}`, ...lines, `created ${time(session.createdMs, 3)}`];
}
