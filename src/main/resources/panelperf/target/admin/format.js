// Figures as people read them. Times come in milliseconds.

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** 0.42 ms, 17 ms, 3.1 s, 4 min 10 s. */
export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) {
    return "–";
  }
  if (ms >= 120_000) {
    return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  }
  if (ms >= 1000) {
    return `${(ms / 1000).toFixed(ms >= 10_000 ? 1 : 2)} s`;
  }
  if (ms === 0) {
    return "0";
  }
  return ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

export function count(n) {
  return n.toLocaleString("en");
}

/** A share of one as per cent. */
export function share(part) {
  return `${(part * 100).toFixed(part < 0.1 ? 1 : 0)} %`;
}

export function bytes(n) {
  return n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${Math.ceil(n / 1000)} kB`;
}

/** 14:03:59; with a fraction of a second where asked. */
export function time(epochMs, digits = 0) {
  const text = clock.format(epochMs);
  return digits === 0 ? text : `${text}.${String(Math.floor(epochMs % 1000)).padStart(3, "0").slice(0, digits)}`;
}

export function plural(n, one, many) {
  return `${count(n)} ${n === 1 ? one : many}`;
}
