/*
 * What browsers have and HtmlUnit has not, or has otherwise, as far as BokehJS and Panel's bundles need it. ES5; runs before
 * anything of the page's does. Nothing is laid out and nothing painted: whatever is in the document has one size and shows, a canvas
 * swallows what is drawn, a shadow root is a child of its host, so that loaders are found by plain selectors.
 *
 * The driver (see panelperf/bokeh/page.js) may have transpiled(source): a script of this decade in what HtmlUnit can run.
 */
(function (window) {
  'use strict';
  var document = window.document;
  var driver = window.panelperf || {};

  var WIDTH = 600, HEIGHT = 400; // of everything that is in the document, in px
  var FRAME = 16; // ms

  function nothing() {}
  function connected(node) { return document.documentElement.contains(node); }
  function box(width, height) {
    return { x: 0, y: 0, left: 0, top: 0, width: width, height: height, right: width, bottom: height };
  }
  function define(object, name, value) {
    Object.defineProperty(object, name, { value: value, writable: true, configurable: true, enumerable: false });
  }
  function missing(object, name, value) { if (!object[name]) { define(object, name, value); } }

  // ---- observers and time ---------------------------------------------------------------------------------------

  function Observer() {}
  Observer.prototype = { observe: nothing, unobserve: nothing, disconnect: nothing, takeRecords: function () { return []; } };
  ['IntersectionObserver', 'MutationObserver', 'PerformanceObserver'].forEach(function (name) {
    define(window, name, Observer);
  });

  // What is observed is told of once, when it is in the document, as browsers tell of the size that it has then.
  var untold = [], timer = 0;
  function tellSizes(pause) {
    timer = window.setTimeout(function () {
      var told = untold.filter(function (one) { return connected(one.element); });
      untold = untold.filter(function (one) { return told.indexOf(one) < 0; });
      told.forEach(function (one) { one.observer.tell([sizeOf(one.element)], one.observer); });
      window.clearTimeout(timer); // of what has just been observed
      if (untold.length) { tellSizes(Math.min(2 * pause, 500)); }
    }, pause);
  }
  function sizeOf(element) {
    var size = { inlineSize: WIDTH, blockSize: HEIGHT };
    return { target: element, contentRect: box(WIDTH, HEIGHT), borderBoxSize: [size], contentBoxSize: [size], devicePixelContentBoxSize: [size] };
  }
  function forget(which) { untold = untold.filter(function (one) { return !which(one); }); }
  function ResizeObserver(tell) { this.tell = tell; }
  ResizeObserver.prototype = {
    observe: function (element) {
      untold.push({ element: element, observer: this });
      window.clearTimeout(timer);
      tellSizes(FRAME);
    },
    unobserve: function (element) {
      var observer = this;
      forget(function (one) { return one.observer === observer && one.element === element; });
    },
    disconnect: function () {
      var observer = this;
      forget(function (one) { return one.observer === observer; });
    }
  };
  define(window, 'ResizeObserver', ResizeObserver);

  // HtmlUnit's own never comes.
  define(window, 'requestAnimationFrame', function (draw) {
    return window.setTimeout(function () { draw(window.performance.now()); }, FRAME);
  });
  define(window, 'cancelAnimationFrame', function (id) { window.clearTimeout(id); });
  missing(window, 'requestIdleCallback', function (act) {
    return window.setTimeout(function () { act({ didTimeout: false, timeRemaining: function () { return 10; } }); }, 1);
  });
  missing(window, 'cancelIdleCallback', function (id) { window.clearTimeout(id); });
  missing(window, 'queueMicrotask', function (act) { window.Promise.resolve().then(act); });

  // HtmlUnit's own does not tell BokehJS, which queues its work through one.
  function Port() { this.onmessage = null; this.other = null; }
  Port.prototype = {
    start: nothing,
    close: nothing,
    addEventListener: function (type, listener) { if (type === 'message') { this.onmessage = listener; } },
    removeEventListener: function () { this.onmessage = null; },
    postMessage: function (data) {
      var other = this.other;
      window.setTimeout(function () { if (other.onmessage) { other.onmessage({ data: data, target: other }); } }, 0);
    }
  };
  define(window, 'MessageChannel', function () {
    this.port1 = new Port();
    this.port2 = new Port();
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  });

  // HtmlUnit does not know `once`.
  var listen = window.EventTarget.prototype.addEventListener;
  define(window.EventTarget.prototype, 'addEventListener', function (type, listener, options) {
    var target = this, capture = options === true || !!(options && options.capture), once;
    if (options && options.once && typeof listener === 'function') {
      once = function (event) {
        target.removeEventListener(type, once, capture);
        return listener.call(target, event);
      };
      return listen.call(target, type, once, capture);
    }
    return listen.call(target, type, listener, capture);
  });

  // ---- the document ---------------------------------------------------------------------------------------------

  define(window.Element.prototype, 'attachShadow', function () {
    var root = document.createElement('div');
    root.setAttribute('data-shadow-root', '');
    root.host = this;
    root.mode = 'open';
    root.adoptedStyleSheets = [];
    root.activeElement = null;
    root.getElementById = function (id) { return root.querySelector('[id="' + id + '"]'); };
    root.elementFromPoint = function () { return null; };
    root.elementsFromPoint = function () { return []; };
    this.appendChild(root);
    this.shadowRoot = root;
    return root;
  });
  // Who asks whether an element shows asks for these. HtmlUnit's own reckon with every style sheet, and without shadow roots.
  define(window.Element.prototype, 'getBoundingClientRect', function () { return connected(this) ? box(WIDTH, HEIGHT) : box(0, 0); });
  Object.defineProperty(window.Node.prototype, 'isConnected', {
    configurable: true, enumerable: true, get: function () { return connected(this); }
  });
  Object.defineProperty(window.HTMLElement.prototype, 'offsetParent', {
    configurable: true, enumerable: true, get: function () { return connected(this) ? document.body : null; }
  });

  missing(window, 'ShadowRoot', function () {});
  missing(document, 'adoptedStyleSheets', []);
  define(window, 'CSSStyleSheet', function () { this.cssRules = []; });
  window.CSSStyleSheet.prototype = {
    replaceSync: nothing, insertRule: nothing, deleteRule: nothing,
    replace: function () { return window.Promise.resolve(this); }
  };
  // Nobody reads style sheets here, but a grid looks for the rules that it has made, and sets widths in them.
  function Sheet(element) { this.ownerNode = element; this.found = []; }
  Object.defineProperty(Sheet.prototype, 'cssRules', {
    get: function () {
      var found = this.found;
      if (!found.length) {
        this.ownerNode.textContent.replace(/([^{}]+)\{[^{}]*\}/g, function (rule, selector) {
          found.push({ selectorText: selector.trim(), style: {} });
        });
      }
      return found;
    }
  });
  Object.defineProperty(document, 'styleSheets', {
    configurable: true,
    get: function () {
      return Array.from(document.getElementsByTagName('style')).map(function (element) {
        return element.panelperfSheet = element.panelperfSheet || new Sheet(element);
      });
    }
  });
  define(document, 'fonts', {
    ready: window.Promise.resolve(), status: 'loaded', forEach: nothing, add: nothing,
    load: function () { return window.Promise.resolve([]); }, check: function () { return true; },
    addEventListener: nothing, removeEventListener: nothing
  });
  define(window, 'matchMedia', function (query) {
    return { matches: false, media: query, addListener: nothing, removeListener: nothing, addEventListener: nothing,
      removeEventListener: nothing };
  });
  missing(window, 'visualViewport', {
    width: window.innerWidth, height: window.innerHeight, scale: 1, offsetLeft: 0, offsetTop: 0, pageLeft: 0, pageTop: 0,
    addEventListener: nothing, removeEventListener: nothing
  });
  missing(window, 'customElements', {
    define: nothing, get: nothing, whenDefined: function () { return window.Promise.resolve(); }
  });
  if (window.navigator.webdriver === undefined) { define(window.navigator, 'webdriver', false); }

  // ---- canvas ---------------------------------------------------------------------------------------------------

  var METHODS = ['save', 'restore', 'scale', 'rotate', 'translate', 'transform', 'setTransform', 'resetTransform', 'clearRect',
    'fillRect', 'strokeRect', 'beginPath', 'closePath', 'moveTo', 'lineTo', 'bezierCurveTo', 'quadraticCurveTo', 'arc', 'arcTo',
    'ellipse', 'rect', 'roundRect', 'fill', 'stroke', 'clip', 'fillText', 'strokeText', 'drawImage', 'putImageData', 'setLineDash'];

  function Drawing(canvas) { this.canvas = canvas; this.lineWidth = 1; this.font = '10px sans-serif'; this.globalAlpha = 1; }
  METHODS.forEach(function (name) { Drawing.prototype[name] = nothing; });
  Drawing.prototype.getLineDash = function () { return []; };
  Drawing.prototype.isPointInPath = function () { return false; };
  // Half the font's size for each character, as the paint model has it.
  Drawing.prototype.measureText = function (text) {
    var size = parseFloat((/(\d+(\.\d+)?)px/.exec(this.font) || [0, '10'])[1]), width = String(text).length * size / 2;
    return { width: width, actualBoundingBoxLeft: 0, actualBoundingBoxRight: width, actualBoundingBoxAscent: size * 0.8,
      actualBoundingBoxDescent: size * 0.2, fontBoundingBoxAscent: size * 0.8, fontBoundingBoxDescent: size * 0.2 };
  };
  Drawing.prototype.getImageData = function (x, y, width, height) {
    return { width: width, height: height, data: new window.Uint8ClampedArray(width * height * 4) };
  };
  Drawing.prototype.createImageData = function (width, height) { return this.getImageData(0, 0, width, height); };
  Drawing.prototype.createLinearGradient = Drawing.prototype.createRadialGradient = function () { return { addColorStop: nothing }; };
  Drawing.prototype.createPattern = function () { return { setTransform: nothing }; };

  define(window.HTMLCanvasElement.prototype, 'getContext', function (kind) {
    if (kind !== '2d') { return null; }
    this.panelperfDrawing = this.panelperfDrawing || new Drawing(this);
    return this.panelperfDrawing;
  });

  // ---- the language ---------------------------------------------------------------------------------------------

  missing(window, 'structuredClone', function (value) { return JSON.parse(JSON.stringify(value)); });
  missing(Array.prototype, 'at', function (i) { return this[i < 0 ? this.length + i : i]; });
  missing(String.prototype, 'replaceAll', function (part, by) { return this.split(part).join(by); });
  missing(Object, 'hasOwn', function (object, key) { return Object.prototype.hasOwnProperty.call(object, key); });
  missing(Object, 'fromEntries', function (entries) {
    var object = {};
    Array.from(entries).forEach(function (entry) { object[entry[0]] = entry[1]; });
    return object;
  });

  // Code that comes as text, such as that of a CustomJS.
  var Native = window.Function;
  function Code() {
    var args = Array.prototype.slice.call(arguments), body = args.length ? String(args.pop()) : '', whole, made;
    if (!driver.transpiled) { return Native.apply(null, args.concat(body)); }
    whole = '(function (' + args.join(', ') + ') {\n' + body + '\n})';
    made = driver.transpiled(whole);
    return made === whole ? Native.apply(null, args.concat(body)) : (0, window.eval)(made);
  }
  Code.prototype = Native.prototype;
  define(Native.prototype, 'constructor', Code); // BokehJS compares by it
  define(window, 'Function', Code);
})(window);
