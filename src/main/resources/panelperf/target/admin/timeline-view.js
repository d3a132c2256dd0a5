// Which stretch of time and which rows are in sight.

const SHORTEST_MS = 20;
const LONGEST_MS = 900_000;
const TALLEST_ROW = 18;
const SHORTEST_ROW = 3;

export class View {
  constructor() {
    this.untilMs = 0;
    this.spanMs = 60_000;
    this.follows = true;
    this.fitsRows = false;
    /** Rows out of sight beneath the newest that is shown; 0 while the newest is. */
    this.rowsBelow = 0;
    this.left = 0;
    this.width = 1;
    this.height = 1;
  }

  get fromMs() {
    return this.untilMs - this.spanMs;
  }

  /** @param nowMs the server's time */
  advance(nowMs) {
    if (this.follows) {
      this.untilMs = nowMs;
    }
  }

  x(ms) {
    return this.left + ((ms - this.fromMs) / this.spanMs) * this.width;
  }

  ms(x) {
    return this.fromMs + ((x - this.left) / this.width) * this.spanMs;
  }

  /** Zooms so that what is at x stays there; while it follows, the newest stays. */
  zoom(factor, x) {
    const anchor = this.follows ? this.untilMs : this.ms(x);
    const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, this.spanMs * factor));
    this.untilMs = anchor + (this.untilMs - anchor) * (span / this.spanMs);
    this.spanMs = span;
  }

  /** Moves by so many pixels; looking elsewhere ends the following. */
  pan(pixels) {
    this.follows = false;
    this.untilMs += (pixels / this.width) * this.spanMs;
  }

  look(fromMs, untilMs) {
    this.follows = false;
    this.untilMs = untilMs;
    this.spanMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, untilMs - fromMs));
    this.rowsBelow = 0;
  }

  rowHeight(rows) {
    const fitting = this.height / Math.max(1, rows);
    return Math.min(TALLEST_ROW, this.fitsRows ? fitting : Math.max(SHORTEST_ROW, fitting));
  }

  /** Scrolls by so many rows, not beyond the first and the last. */
  scroll(step, rows) {
    const inSight = Math.floor(this.height / this.rowHeight(rows));
    this.rowsBelow = Math.max(0, Math.min(rows - inSight, this.rowsBelow + step));
  }

  /** The top of a row; the newest is the lowest. */
  y(index, rows) {
    const height = this.rowHeight(rows);
    const hidden = Math.max(0, rows * height - this.height - this.rowsBelow * height);
    return index * height - hidden;
  }

  /** The row at a height; -1 where there is none. */
  row(y, rows) {
    const index = Math.floor((y - this.y(0, rows)) / this.rowHeight(rows));
    return y >= 0 && y < this.height && index >= 0 && index < rows ? index : -1;
  }
}
