// Wires the parts: one store, fed by one socket, shown by four tabs, of which only the visible one draws.
import { Feed } from "./feed.js";
import { Store } from "./store.js";
import { Overview } from "./overview.js";
import { Timeline } from "./timeline.js";
import { Profiling } from "./profiling.js";
import { Logs } from "./logs.js";
import { time } from "./format.js";

const NAMES = { connecting: "connecting", live: "live", lost: "lost: trying again" };

const store = new Store();
const logs = new Logs(store);
const showLog = session => {
  logs.only(session);
  choose("logs");
};
const showTime = (fromMs, untilMs) => {
  timeline.look(fromMs, untilMs);
  choose("timeline");
};
const timeline = new Timeline(store, showLog);
const tabs = { overview: new Overview(store), timeline, profiling: new Profiling(store, showTime, showLog), logs };
let shown = "overview";

function choose(name, focus = false) {
  shown = name in tabs ? name : "overview";
  for (const key of Object.keys(tabs)) {
    const tab = document.getElementById(`tab-${key}`);
    tab.setAttribute("aria-selected", String(key === shown));
    tab.tabIndex = key === shown ? 0 : -1;
    document.getElementById(`view-${key}`).hidden = key !== shown;
    if (focus && key === shown) {
      tab.focus();
    }
  }
  history.replaceState(null, "", `#${shown}`);
  tabs[shown].draw("snapshot");
}

function chooseByKey(event) {
  const names = Object.keys(tabs);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step !== undefined) {
    choose(names[(names.indexOf(shown) + step + names.length) % names.length], true);
  } else if (event.key === "Home" || event.key === "End") {
    choose(event.key === "Home" ? names[0] : names[names.length - 1], true);
  } else {
    return;
  }
  event.preventDefault();
}

for (const key of Object.keys(tabs)) {
  const tab = document.getElementById(`tab-${key}`);
  tab.addEventListener("click", () => choose(key));
  tab.addEventListener("keydown", chooseByKey);
}
addEventListener("hashchange", () => choose(location.hash.slice(1)));
addEventListener("resize", () => tabs[shown].draw("resize"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tabs[shown].draw("colours"));

store.listen(type => {
  if (type === "snapshot") {
    document.getElementById("server").textContent =
      `${store.server.name} ${store.server.version}, up since ${time(store.server.startedMs)}`;
  }
  tabs[shown].draw(type);
});

function tell(state) {
  const pill = document.getElementById("connection");
  if (pill.dataset.state !== state) {
    pill.dataset.state = state;
    pill.textContent = NAMES[state];
  }
}

// For whoever wants to look at what the page knows, from the browser's console or a test.
window.admin = { store, timeline };

choose(location.hash.slice(1) || "overview");
new Feed(message => store.take(message), tell).open();
