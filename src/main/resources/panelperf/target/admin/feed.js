// The websocket to the server. It comes back by itself, sooner at first, later after many failures.

const SHORTEST_MS = 250;
const LONGEST_MS = 8000;

export class Feed {
  /**
   * @param take is given each message
   * @param tell is given "connecting", "live" or "lost"
   */
  constructor(take, tell) {
    this.take = take;
    this.tell = tell;
    this.failures = 0;
    this.timer = 0;
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => this.#hurry());
  }

  open() {
    this.tell("connecting");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/admin/live`);
    this.socket = socket;
    socket.onmessage = event => {
      this.failures = 0;
      this.tell("live");
      this.take(JSON.parse(event.data));
    };
    socket.onclose = () => this.#again();
  }

  #again() {
    this.tell("lost");
    this.failures++;
    const most = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** this.failures);
    // Pages that lost the same server shall not all come back at the same moment.
    this.timer = setTimeout(() => this.#reopen(), most * (0.5 + Math.random() / 2));
  }

  /** A server that has restarted no longer knows who logged in: then the page asks anew, which shows the form. */
  async #reopen() {
    this.timer = 0;
    try {
      const answer = await fetch("/admin", { cache: "no-store" });
      if (answer.status === 401) {
        location.reload();
        return;
      }
    } catch {
      this.#again();
      return;
    }
    this.open();
  }

  #hurry() {
    if (this.timer !== 0 && !document.hidden) {
      clearTimeout(this.timer);
      this.#reopen();
    }
  }
}
