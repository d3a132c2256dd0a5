/*
 * What a real browser is made to watch, from before the page's first script: runs in every new document and changes
 * nothing that the page can see but the time. window.panelperfWatch() tells as JSON what was seen; all times are
 * milliseconds since the start of the navigation.
 *
 *   firstByte, scripts, open, pulled, ready   as panelperf.visit.BrowserMilestone; absent where they did not happen
 *   fcp, lcp     the browser's own, from its PerformanceObserver
 *   gone         when the last loader went; absent while one is there, or none ever was
 *   seen, left   loaders
 *   status       the document's HTTP status; 0 where the browser does not tell
 *   loaded       whether the page is loaded, by the rule of the light engine: pulled, ready, and every loader gone; or,
 *                where there never was one, nothing changed for half a second. Then gone stays as it was
 */
(function () {
  'use strict';
  if (window.top !== window || window.panelperfWatch) { return; }

  const LOADING = 'pn-loading';
  const SETTLED_MS = 500;
  const at = {};
  const loaders = new Set();
  const known = new WeakSet();
  let seen = 0;
  let left = 0;
  let changed = 0;
  let acked = false;
  let loaded = false;

  const now = () => performance.now();
  function mark(name) { if (at[name] === undefined) { at[name] = now(); } }

  // ---- loaders ----------------------------------------------------------------------------------------------------

  function take(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) { return; }
    if (node.classList.contains(LOADING)) { loaders.add(node); }
    for (const inner of node.getElementsByClassName(LOADING)) { loaders.add(inner); }
  }

  function count() {
    let connected = 0;
    for (const loader of loaders) {
      if (!loader.classList.contains(LOADING)) {
        loaders.delete(loader);
      } else if (loader.isConnected) {
        connected++;
        if (!known.has(loader)) { known.add(loader); seen++; }
      }
    }
    if (loaded) { return; }
    if (connected > 0) { delete at.gone; } else if (left > 0) { at.gone = now(); }
    left = connected;
    decide();
  }

  function decide() {
    if (loaded || at.pulled === undefined || at.ready === undefined) { return; }
    loaded = seen > 0 ? left === 0 : acked && now() - changed >= SETTLED_MS;
  }

  const observer = new MutationObserver(function (records) {
    changed = now();
    for (const record of records) {
      if (record.type === 'attributes') {
        if (record.target.classList.contains(LOADING)) { loaders.add(record.target); }
      } else {
        record.addedNodes.forEach(take);
      }
    }
    count();
  });

  function observe(root) {
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class'] });
  }

  // A shadow root is a tree of its own, for observers and selectors alike.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    observe(root);
    return root;
  };
  observe(document);

  // ---- the websocket ----------------------------------------------------------------------------------------------

  function scriptsCome() {
    const ends = performance.getEntriesByType('resource')
      .filter(entry => entry.initiatorType === 'script').map(entry => entry.responseEnd);
    return ends.length ? Math.max(...ends) : undefined;
  }

  const Native = window.WebSocket;
  let readyId = null;
  let lastId = null;

  // A message of Bokeh's is three frames, and two more for each buffer; the first is its header.
  function reader(whole) {
    let frames = 0;
    let expected = 3;
    let header = {};
    return function (event) {
      if (++frames === 1) {
        try { header = JSON.parse(event.data); } catch (problem) { header = {}; }
        expected = 3 + 2 * (header.num_buffers || 0);
      }
      if (frames === expected) { frames = 0; whole(header); }
    };
  }

  function received(header) {
    if (header.msgtype === 'PULL-DOC-REPLY') { mark('pulled'); }
    if (header.msgtype === 'OK' && readyId && header.reqid === readyId) { acked = true; }
    decide();
  }

  window.WebSocket = class WebSocket extends Native {
    constructor(...args) {
      if (at.scripts === undefined) { at.scripts = scriptsCome(); }
      super(...args);
      this.addEventListener('open', () => mark('open'));
      this.addEventListener('message', reader(received));
    }

    send(data) {
      super.send(data);
      if (typeof data !== 'string') { return; }
      if (data.length < 500 && data.includes('"msgid"')) { lastId = JSON.parse(data).msgid; }
      if (at.ready === undefined && data.includes('"document_ready"')) {
        mark('ready');
        readyId = lastId;
        decide();
      }
    }
  };

  // ---- paint ------------------------------------------------------------------------------------------------------

  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (entry.name === 'first-contentful-paint') { at.fcp = entry.startTime; }
    }
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) { at.lcp = entry.startTime; }
  }).observe({ type: 'largest-contentful-paint', buffered: true });

  Object.defineProperty(window, 'panelperfWatch', {
    value: function () {
      const navigation = performance.getEntriesByType('navigation')[0] || {};
      decide();
      if (navigation.responseStart) { at.firstByte = navigation.responseStart; }
      return JSON.stringify({ ...at, seen, left, loaded, status: navigation.responseStatus || 0 });
    }
  });
})();
