// What the hand does to the timeline: mouse, finger and keyboard.

export class Hand {
  constructor(timeline, tip) {
    this.timeline = timeline;
    this.tip = tip;
    this.drag = null;
    this.#listen();
  }

  #listen() {
    const { canvas } = this.timeline;
    canvas.addEventListener("wheel", event => this.#wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId);
      this.drag = { x: event.offsetX, y: event.offsetY, moved: false };
    });
    canvas.addEventListener("pointermove", event => this.#move(event));
    canvas.addEventListener("pointerup", event => {
      if (this.drag && !this.drag.moved) {
        this.timeline.choose(event.offsetX, event.offsetY);
      }
      this.drag = null;
    });
    canvas.addEventListener("pointercancel", () => (this.drag = null));
    canvas.addEventListener("pointerleave", () => (this.tip.hidden = true));
    canvas.addEventListener("keydown", event => this.#key(event));
    canvas.addEventListener("dblclick", () => this.timeline.chosen !== 0 && this.timeline.showLog(this.timeline.chosen));
  }

  #wheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.timeline.zoom(Math.exp(event.deltaY / 200), event.offsetX);
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      event.preventDefault();
      this.timeline.view.pan(event.deltaX || event.deltaY);
      this.timeline.follows(false);
    } else {
      const before = this.timeline.view.rowsBelow;
      this.timeline.view.scroll(Math.sign(-event.deltaY) * 3, this.timeline.rows.length);
      if (this.timeline.view.rowsBelow !== before) {
        event.preventDefault();
        this.timeline.schedule();
      }
    }
  }

  #move(event) {
    if (this.drag) {
      const dx = event.offsetX - this.drag.x;
      const rows = Math.trunc((event.offsetY - this.drag.y) / this.timeline.view.rowHeight(this.timeline.rows.length));
      if (this.drag.moved || Math.abs(dx) > 4 || rows !== 0) {
        this.drag.moved = true;
        this.tip.hidden = true;
        this.drag.x = event.offsetX;
        if (rows !== 0) {
          this.drag.y = event.offsetY;
          this.timeline.view.scroll(rows, this.timeline.rows.length);
        }
        this.timeline.view.pan(-dx);
        this.timeline.follows(false);
      }
    } else {
      this.timeline.tip(event.offsetX, event.offsetY);
    }
  }

  #key(event) {
    const keys = {
      ArrowLeft: () => this.timeline.pan(-0.15),
      ArrowRight: () => this.timeline.pan(0.15),
      ArrowUp: () => this.timeline.step(-1),
      ArrowDown: () => this.timeline.step(1),
      "+": () => this.timeline.zoom(0.5),
      "=": () => this.timeline.zoom(0.5),
      "-": () => this.timeline.zoom(2),
      f: () => this.timeline.follows(!this.timeline.view.follows),
      a: () => this.timeline.all(),
      Enter: () => this.timeline.chosen !== 0 && this.timeline.showLog(this.timeline.chosen),
      Escape: () => this.timeline.chooseSession(null),
    };
    const action = keys[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }
}
