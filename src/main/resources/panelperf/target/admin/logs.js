// The log, newest first. What the filters leave is drawn, at most so many lines of it.
import { count, time } from "./format.js";
import { isNamed } from "./store.js";
import { element, show } from "./table.js";

const MOST = 500;
const RANK = { info: 0, warn: 1, error: 2 };
const place = id => document.getElementById(id);

export class Logs {
  constructor(store) {
    this.store = store;
    this.paused = false;
    this.kept = [];
    place("pause").addEventListener("click", () => this.pause(!this.paused));
    for (const id of ["level-filter", "session-filter", "text-filter"]) {
      place(id).addEventListener("input", () => this.draw("filter"));
    }
    place("log-filters").addEventListener("submit", event => event.preventDefault());
  }

  /** Shows one session's lines only. */
  only(session) {
    place("session-filter").value = String(session);
    place("level-filter").value = "info";
    place("text-filter").value = "";
  }

  pause(wanted) {
    this.paused = wanted;
    this.kept = wanted ? [...this.store.log] : [];
    place("pause").setAttribute("aria-pressed", String(wanted));
    place("pause").textContent = wanted ? "Go on" : "Pause";
    this.draw("pause");
  }

  draw(reason) {
    const lines = this.paused ? this.kept : this.store.log;
    const newest = lines.at(-1)?.n ?? 0;
    if (reason === "change" && newest === this.newest) {
      return;
    }
    this.newest = newest;
    const wanted = this.#filter();
    const found = [];
    let matching = 0;
    for (let i = lines.length - 1; i >= 0; i--) {
      if (wanted(lines[i])) {
        matching++;
        if (found.length < MOST) {
          found.push(lines[i]);
        }
      }
    }
    const left = this.store.logLinesLeftOut;
    place("log-count").textContent = `${count(matching)} of ${count(lines.length)} lines`
      + (matching > MOST ? `, the newest ${MOST} shown` : "")
      + (left > 0 ? `; ${count(left)} came too fast to be sent` : "");
    show(place("log-table"), this.#table(found));
  }

  #filter() {
    const rank = RANK[place("level-filter").value];
    const session = place("session-filter").value;
    const text = place("text-filter").value.trim().toLowerCase();
    return line => RANK[line.level] >= rank
      && isNamed(line.session, line.id, session)
      && (text === "" || line.text.toLowerCase().includes(text));
  }

  #table(lines) {
    const rows = lines.map(line => element("tr", { "data-level": line.level },
      element("td", { class: "when" }, time(line.atMs, 3)),
      element("td", { class: "level" }, line.level),
      element("td", { class: "session" }, this.#session(line)),
      element("td", { class: "text" }, line.text)));
    const head = ["time", "level", "session", "message"].map(title => element("th", { scope: "col" }, title));
    return element("table", {},
      element("caption", {}, "Log, newest first"),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows));
  }

  #session(line) {
    if (line.session === 0) {
      return "";
    }
    const button = element("button", { type: "button", class: "link", title: line.id }, `#${line.session}`);
    button.addEventListener("click", () => {
      this.only(line.session);
      this.draw("filter");
    });
    return button;
  }
}
