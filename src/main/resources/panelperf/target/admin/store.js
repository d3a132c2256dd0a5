// What the server has told, kept as the server keeps it: bounded, and known by number, so that telling twice harms nothing.

const MOST_ROWS = 2500;

/** The phases of a session, in order, as panelperf.target.admin.Phase has them; the last one may not have ended. */
export function phases(session) {
  const end = least(session.closedMs, session.destroyedMs);
  const all = [];
  const add = (name, from, until) => {
    if (from !== null && (end === null || from <= end || name === "waiting")) {
      all.push({ name, from, until });
    }
  };
  add("initialising", session.createdMs, least(session.initialisedMs, end));
  add("rendering", session.initialisedMs, least(session.readyMs, end));
  add("processing", session.readyMs, least(session.renderedMs, end));
  add("idle", session.renderedMs, end);
  add("waiting", session.closedMs, session.destroyedMs);
  return all;
}

function least(one, other) {
  if (one === null || other === null) {
    return one ?? other;
  }
  return Math.min(one, other);
}

/** The phase that it is in now: the name in the state filter. */
export function stateOf(session) {
  if (session.destroyedMs !== null) {
    return "destroyed";
  }
  const all = phases(session);
  return all.length === 0 ? "initialising" : all[all.length - 1].name;
}

/** From being asked for until all was there; null while it is not. */
export function timeToContent(session) {
  return session.renderedMs === null ? null : session.renderedMs - session.createdMs;
}

/** Whether a session is meant by what somebody typed: its number, or a part of its id that is long enough to be one. */
export function isNamed(number, id, typed) {
  const name = typed.trim().replace(/^#/, "");
  return name === "" || String(number) === name || (name.length > 4 && id.includes(name));
}

export class Store {
  constructor() {
    this.listeners = new Set();
    this.clear();
  }

  clear() {
    this.server = null;
    this.limits = { slotMs: 200, shortestHoldMs: 1, stallMs: 100, trendSeconds: 900, logLines: 5000 };
    this.works = [];
    this.census = { total: 0, active: 0, coming: 0, connected: 0, waiting: 0, withoutRow: 0 };
    this.recording = { stage: "none" };
    this.profile = null;
    this.sessions = new Map();
    this.holds = [];
    this.load = new Map();
    this.trend = [];
    this.log = [];
    this.logLinesLeftOut = 0;
    this.nowMs = 0;
    this.clockOffset = 0;
  }

  /** Called after each message, with what kind it was. */
  listen(listener) {
    this.listeners.add(listener);
  }

  take(message) {
    if (message.type === "snapshot") {
      this.clear();
      this.server = message.server;
      this.limits = message.limits;
      this.works = message.works;
    }
    this.nowMs = message.nowMs;
    // A message that was late for once must not turn the clock back; one that drifts may, slowly.
    const offset = message.nowMs - performance.now();
    this.clockOffset = message.type === "snapshot" ? offset : Math.max(offset, this.clockOffset - 5);
    this.census = message.census;
    this.recording = message.recording;
    this.profile = message.profile ?? this.profile;
    this.logLinesLeftOut += message.logLinesLeftOut;
    this.#takeSessions(message.sessions);
    append(this.holds, message.holds, 4000);
    append(this.trend, message.trend, this.limits.trendSeconds);
    append(this.log, message.log, this.limits.logLines);
    message.load.forEach(slot => this.load.set(slot.startMs, slot));
    trim(this.load, (this.limits.trendSeconds * 1000) / this.limits.slotMs);
    this.listeners.forEach(listener => listener(message.type));
  }

  #takeSessions(sessions) {
    sessions.sort((a, b) => a.number - b.number);
    sessions.forEach(session => this.sessions.set(session.number, session));
    if (this.sessions.size > MOST_ROWS) {
      const ended = [...this.sessions.values()].filter(session => session.destroyedMs !== null);
      ended.slice(0, this.sessions.size - MOST_ROWS).forEach(session => this.sessions.delete(session.number));
      trim(this.sessions, 2 * MOST_ROWS);
    }
  }

  /** The server's time, between its messages too. */
  now() {
    return this.clockOffset + performance.now();
  }
}

function append(list, more, most) {
  const last = list.length === 0 ? 0 : list[list.length - 1].n;
  more.forEach(one => {
    if (one.n > last) {
      list.push(one);
    }
  });
  if (list.length > most) {
    list.splice(0, list.length - most);
  }
}

function trim(map, most) {
  for (const key of map.keys()) {
    if (map.size <= most) {
      return;
    }
    map.delete(key);
  }
}
