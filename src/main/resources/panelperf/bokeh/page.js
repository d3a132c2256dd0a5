/*
 * The page script: speaks Bokeh's server protocol and builds the page from the document's models.
 *
 * It stands for BokehJS and Panel's bundles: our target's page carries it, and the light engine runs it in place of the
 * real ones. ES5 only, because HtmlUnit runs it too.
 *
 * What drives the page may set window.panelperf before this runs; every field may be absent:
 *   evaluateMs   how long a browser would evaluate the replaced scripts, before the websocket opens
 *   renderMs     how long it would build the views, before document_ready
 *   webgl        true where BrowserInfo also tells of WebGL
 *   layout       false where nothing is laid out; figures are not drawn then
 *   mark(name)   embed, evaluated, ws_open, ack, pulled, rooted (there is something to see), ready, ready_acked, first_patch; each as it happens;
 *                applying and applied around each message, in whose midst nothing may be concluded
 *   fail(cause, detail)   the page can no longer load; causes are those of panelperf.visit.Cause
 *   session(token)        the token with which the page was embedded
 *   document(json)        what was drawn: {title, template, roots: [name], models: {name: count}, blank: {name: count}}
 * What takes a user's steps sets window.panelperfSteps before: see panelperf/headless/steps.js.
 */
(function (window) {
  'use strict';
  if (window.Bokeh) { return; }

  var document = window.document;
  var driver = window.panelperf || {};
  var columns = window.panelperfColumns;
  var signs = window.panelperfSigns;
  var LOADING = 'pn-loading';

  // Attributes through which a view shows other views; all others are only registered.
  var SLOTS = { children: 1, child: 1, tabs: 1, elements: 1, objects: 1, header: 1, footer: 1, contents: 1, sidebar: 1, items: 1 };
  // Attributes that a view shows as text, and those of them that are markup.
  var TEXTS = { text: 1, title: 1, label: 1, button_label: 1, object: 1, html: 1 };
  var MARKUP = { text: 1, object: 1, html: 1 };

  var models = {}; // id -> {id, name, attributes, placeholder}
  var elements = {}; // id -> the element that shows the model
  var watchers = {}; // id -> {id of a view that is drawn again when the model changes}
  var cardsCollapse = true; // whether what is in a collapsed card is left out of the page
  var unchecked = false; // whether a loader came, which may be where nothing shows it
  var tell = function () {}; // tells the server of a change made here

  function mark(name) { if (driver.mark) { driver.mark(name); } }
  function fail(cause, detail) { if (driver.fail) { driver.fail(cause, String(detail)); } }
  function later(action, millis) { if (millis > 0) { window.setTimeout(action, millis); } else { action(); } }
  function isObject(value) { return value !== null && typeof value === 'object'; }
  function isLoading(model) { return (model.attributes.css_classes || []).indexOf(LOADING) >= 0; }

  // ---- the document's models -----------------------------------------------------------------------------------

  // A model is defined where it is first mentioned, however deep; later mentions are {id}.
  // Calls are what costs in HtmlUnit, so what is no object is seen before one.
  function learn(value) {
    var key, i, item;
    if (value === null || typeof value !== 'object') { return; }
    if (value instanceof Array) {
      for (i = 0; i < value.length; i++) {
        item = value[i];
        if (item !== null && typeof item === 'object') { learn(item); }
      }
    } else if (value.type === 'object' && value.id) {
      define(value);
    } else if (value.type === 'map') {
      learn(value.entries || []);
    } else if (!value.id && value.type !== 'ndarray' && value.type !== 'bytes') {
      for (key in value) {
        item = value[key];
        if (item !== null && typeof item === 'object') { learn(item); }
      }
    }
  }

  function define(value) {
    var attributes = value.attributes || {}, key, item;
    models[value.id] = { id: value.id, name: value.name, attributes: attributes };
    if (isLoading(models[value.id])) { unchecked = true; }
    for (key in attributes) {
      item = attributes[key];
      // The columns of a source are no models; the data of a component is one.
      if (item !== null && typeof item === 'object' && key !== 'stylesheets' && (key !== 'data' || item.type === 'object')) {
        learn(item);
      }
    }
  }

  // The models that a slot's value shows, in order.
  function shownBy(value, found) {
    var i;
    if (!isObject(value)) { return found; }
    if (value instanceof Array) {
      for (i = 0; i < value.length; i++) { shownBy(value[i], found); }
    } else if (value.id) {
      if (models[value.id]) { found.push(models[value.id]); }
    } else if (value.type === 'map') {
      for (i = 0; i < (value.entries || []).length; i++) { shownBy(value.entries[i][1], found); }
    }
    return found;
  }

  function children(model) {
    var found = [], attributes = model.attributes, key, data, i;
    if (attributes.esm !== undefined && attributes.data) {
      // A module's component names those attributes of its data that are views.
      data = watch(attributes.data, model);
      for (i = 0; data && i < (attributes.children || []).length; i++) {
        shownBy(data.attributes[attributes.children[i]], found);
      }
      return found;
    }
    for (key in attributes) {
      if (SLOTS[key]) { shownBy(attributes[key], found); }
    }
    return isCollapsed(model) ? found.slice(0, 1) : found;
  }

  // A collapsed card has only its header in the page, up to Panel 1.4; 1.9 has it all there, unseen. Collapsed is what
  // Panel's model is by default.
  function isCollapsed(model) {
    return cardsCollapse && model.name === 'panel.models.layout.Card' && model.attributes.collapsed !== false;
  }

  // ---- what cannot be judged ------------------------------------------------------------------------------------

  // Attributes that refer to models without showing them.
  var UNSHOWN = { data: 1, source: 1, stylesheets: 1, js_property_callbacks: 1, js_event_callbacks: 1, subscribed_events: 1,
    callback: 1, callbacks: 1, args: 1 };

  // A page that this script may take for loaded while a browser still shows a loader.
  function unsupported(model, why) { fail('unsupported', model.name + ' ' + model.id + ' ' + why); }

  // Components that run code of their own.
  function checkCode(model) {
    var attributes = model.attributes, data = attributes.data && models[attributes.data.id], text;
    if (attributes.esm !== undefined) {
      if (data && data.attributes.loading === true) {
        unsupported(model, 'draws its own loader');
      } else if (attributes.bundle && !/panel[_-]material[_-]ui/.test(attributes.esm)) {
        unsupported(model, 'is a bundle of code, which may draw loaders of its own');
      } else if (attributes.esm.indexOf(LOADING) >= 0) {
        unsupported(model, 'has code that handles ' + LOADING);
      }
    } else if (model.name === 'panel.models.reactive_html.ReactiveHTML') {
      if (JSON.stringify([attributes.html, attributes.scripts, attributes.looped]).indexOf(LOADING) >= 0) {
        unsupported(model, 'has a template or scripts that handle ' + LOADING);
      }
    } else {
      text = attributes.text;
      if (typeof text === 'string' && text.indexOf(LOADING) >= 0 && /<script/i.test(signs.unescaped(text))) {
        unsupported(model, 'has a script beside ' + LOADING);
      }
    }
  }

  // What Panel puts in the place of an app that raised.
  function checkTraceback(model) {
    var raised = signs.traceback(model);
    if (raised !== null) { fail('app_error', raised); }
  }

  // Roots that tell the server of the browser are not seen.
  function checkRoot(root) {
    if (!/^panel\.models\.(browser|location)\./.test(root.name)) { mark('rooted'); }
  }

  // A change here would run code in a browser. What Panel links to a user's own change is shown by who takes the user's steps.
  function checkCallbacks(model, attribute, own) {
    var entries = (model.attributes.js_property_callbacks || {}).entries || [], i, j, callback;
    for (i = 0; i < entries.length; i++) {
      for (j = 0; entries[i][0] === 'change:' + attribute && j < entries[i][1].length; j++) {
        callback = models[entries[i][1][j].id];
        if (callback && String(callback.attributes.code).indexOf(LOADING) >= 0
            && !(own && /loading_css = \[/.test(callback.attributes.code))) {
          unsupported(model, 'sets a loader in the browser when its ' + attribute + ' changes');
        }
      }
    }
  }

  // Loaders that lie in a model through an attribute which is not known to show it.
  function checkShown() {
    var known = {}, id;
    function look(value, owner, attribute) {
      var key, model, item;
      if (!value.id) {
        for (key in value.type === 'ndarray' ? {} : value) {
          item = value[key];
          if (item !== null && typeof item === 'object') { look(item, owner, attribute); }
        }
        return;
      }
      model = models[value.id];
      if (!model || known[model.id] || model.name === 'CustomJS') { return; }
      known[model.id] = true;
      if (!elements[model.id] && isLoading(model)) {
        unsupported(owner, 'has a loader in its ' + attribute);
      }
      if (!isCollapsed(model)) { inside(model); }
    }
    function inside(model) {
      var key, item;
      for (key in model.attributes) {
        item = model.attributes[key];
        if (item !== null && typeof item === 'object' && !UNSHOWN[key]) { look(item, model, key); }
      }
    }
    for (id in elements) {
      if (document.body.contains(elements[id]) && !isCollapsed(models[id])) { inside(models[id]); }
    }
  }

  // ---- views ----------------------------------------------------------------------------------------------------

  function modelOf(ref) { return models[ref.id]; }

  function watch(ref, owner) {
    (watchers[ref.id] = watchers[ref.id] || {})[owner.id] = true;
    return modelOf(ref);
  }

  var views = window.panelperfViews({
    layout: driver.layout !== false,
    model: modelOf,
    watch: watch,
    change: function (model, attribute, value) {
      model.attributes[attribute] = value;
      tell(model, attribute, value);
    }
  });

  // A view of its own kind is drawn again, and so is whoever watches the model.
  function redraw(model) {
    var owner;
    if (elements[model.id] && views[model.name]) { fill(model); }
    for (owner in watchers[model.id]) {
      if (elements[owner]) { fill(models[owner]); checkCode(models[owner]); }
    }
  }

  function view(model) {
    var element = elements[model.id];
    if (!element) {
      element = elements[model.id] = document.createElement('div');
      element.setAttribute('data-model-id', model.id);
      element.setAttribute('data-model', model.name);
      style(model);
      fill(model);
      checkCode(model);
      if (model.attributes.visible === false) { element.style.display = 'none'; }
    }
    return element;
  }

  function style(model) {
    var classes = (model.attributes.css_classes || []).join(' '), element = elements[model.id];
    if (element.className !== classes) { element.className = classes; }
    if (isLoading(model)) { model.placeholder = blankChild(model); }
  }

  function fill(model) {
    var element = elements[model.id], shown, i, key;
    if (views[model.name]) { views[model.name](model, element); return; }
    shown = children(model);
    while (element.firstChild) { element.removeChild(element.firstChild); }
    for (key in model.attributes) {
      if (TEXTS[key]) { appendText(element, model, key); }
    }
    for (i = 0; i < shown.length; i++) { element.appendChild(view(shown[i])); }
  }

  function appendText(element, model, key) {
    var value = model.attributes[key], node;
    if (isObject(value) && value.id && models[value.id]) { value = models[value.id].attributes.text; }
    if (typeof value !== 'string' || !value) { return; }
    if (model.name.indexOf('panel.') === 0) { value = signs.unescaped(value); } // Bokeh's own models do not escape
    node = document.createElement('div');
    if (MARKUP[key] && /[<&\r\0]/.test(value)) { node.innerHTML = value; } else { node.appendChild(document.createTextNode(value)); }
    element.appendChild(node);
  }

  // The id of a loader's only child where that is the empty placeholder of a deferred function; else null.
  function blankChild(model) {
    var shown = children(model), text;
    if (shown.length !== 1) { return null; }
    text = shown[0].attributes.text;
    return typeof text === 'string' && signs.isBlank(text) && !children(shown[0]).length ? shown[0].id : null;
  }

  // When a deferred function raises, the server takes the loader away and sends no content.
  function checkRendered(model) {
    if (model.placeholder && model.placeholder === blankChild(model)) {
      fail('render_failed', 'the loader of ' + model.name + ' ' + model.id + ' went, but no content came');
    }
    model.placeholder = null;
  }

  // Models that are shown, by their names; blank are those of which nothing is.
  function tellDocument(doc) {
    var shown = { title: doc.title || document.title, template: signs.template(document), roots: [], models: {}, blank: {} };
    var id, name, i;
    if (!driver.document) { return; }
    for (i = 0; i < doc.roots.length; i++) { shown.roots.push(models[doc.roots[i].id].name); }
    for (id in elements) {
      name = models[id].name;
      shown.models[name] = (shown.models[name] || 0) + 1;
      if (!elements[id].firstChild) { shown.blank[name] = (shown.blank[name] || 0) + 1; }
    }
    driver.document(JSON.stringify(shown));
  }

  // ---- one server session ---------------------------------------------------------------------------------------

  // A page of another site's says in app where the server is: {path, url}, each may be absent.
  function connect(item, app) {
    var socket, sent = 0, readyId = null, patched = false;
    var parts = [], expected = 3, steps = null;

    function send(type, content) {
      var id = 'P' + (++sent) + '-' + Math.floor(Math.random() * 1e9);
      socket.send(JSON.stringify({ msgid: id, msgtype: type }));
      socket.send('{}');
      socket.send(JSON.stringify(content));
      return id;
    }

    function patch(events) { return send('PATCH-DOC', { events: events }); }

    // What a browser's view of this model writes back unasked: one patch a property.
    function tellBrowserInfo(model) {
      var facts = [['dark_mode', false], ['device_pixel_ratio', 1], ['language', 'en-US'], ['webdriver', false],
        ['timezone', 'UTC'], ['timezone_offset', 0]], i;
      if (driver.webgl) { facts.push(['webgl', true]); }
      for (i = 0; i < facts.length; i++) {
        patch([{ kind: 'ModelChanged', model: { id: model.id }, attr: facts[i][0], 'new': facts[i][1] }]);
      }
    }

    function sayReady() {
      readyId = patch([{ kind: 'MessageSent', msg_type: 'bokeh_event',
        msg_data: { type: 'event', name: 'document_ready', values: { type: 'map' } } }]);
      mark('ready');
    }

    function touch(model) {
      if (!patched && isLoading(model)) { patched = true; mark('first_patch'); }
    }

    function modelChanged(event, own) {
      var model = models[event.model.id], attribute = event.attr, wasLoading;
      learn(event['new']);
      if (!model) { return; }
      touch(model);
      wasLoading = isLoading(model);
      model.attributes[attribute] = event['new'];
      redraw(model);
      checkCallbacks(model, attribute, own);
      if (!elements[model.id]) {
        unchecked = unchecked || isLoading(model);
        return;
      }
      if (attribute === 'css_classes') {
        if (wasLoading && !isLoading(model)) { checkRendered(model); }
        style(model);
      } else if ((SLOTS[attribute] || TEXTS[attribute] || attribute === 'collapsed') && !views[model.name]) {
        fill(model);
        checkCode(model);
      } else if (attribute === 'visible') {
        elements[model.id].style.display = event['new'] === false ? 'none' : '';
      }
    }

    function columnsChanged(event) {
      var model = models[event.model.id];
      if (!model) { return; }
      columns.change(model.attributes, event);
      redraw(model);
    }

    // Of the server; or the user's own.
    function apply(event, own) {
      var element;
      if (event.kind === 'ModelChanged') {
        modelChanged(event, own);
      } else if (event.kind.indexOf('Column') === 0) {
        columnsChanged(event);
      } else if (event.kind === 'RootAdded') {
        learn(event.model);
        if (models[event.model.id]) {
          document.body.appendChild(view(models[event.model.id]));
          checkRoot(models[event.model.id]);
        }
      } else if (event.kind === 'RootRemoved') {
        element = elements[event.model.id];
        if (element && element.parentNode) { element.parentNode.removeChild(element); }
      } else if (event.kind === 'TitleChanged') {
        document.title = event.title;
      }
    }

    function pulled(doc) {
      mark('pulled');
      show(doc, item, tellBrowserInfo);
      tellDocument(doc);
      later(function () { runReadyCallbacks(doc); sayReady(); }, driver.renderMs);
    }

    function receive(header, content, buffers) {
      var i;
      if (header.msgtype === 'OK') {
        if (readyId && header.reqid === readyId) { mark('ready_acked'); }
        if (steps) { steps.answered(header.reqid); }
      } else if (header.msgtype === 'ACK') {
        mark('ack');
        send('PULL-DOC-REQ', {});
      } else if (header.msgtype === 'PULL-DOC-REPLY') {
        pulled(JSON.parse(content).doc);
      } else if (header.msgtype === 'PATCH-DOC') {
        content = JSON.parse(content);
        if (header.num_buffers) { columns.attach(content, buffers); }
        for (i = 0; i < content.events.length; i++) {
          apply(content.events[i]);
          if (steps) { steps.patched(content.events[i]); }
        }
      } else if (header.msgtype === 'ERROR') {
        fail('bokeh_error', JSON.parse(content).text);
      }
    }

    // A message is three frames, and two more for each buffer. Called for its first and its last.
    function frame(data) {
      var message;
      if (parts.length === 1) {
        parts[0] = JSON.parse(data);
        if (!parts[0].msgtype) { throw new Error('no msgtype in header ' + data); }
        expected = 3 + 2 * (parts[0].num_buffers || 0);
      }
      if (parts.length === expected) {
        message = parts;
        parts = [];
        mark('applying');
        receive(message[0], message[2], message.slice(3));
        if (unchecked) { unchecked = false; checkShown(); }
        mark('applied');
      }
    }

    function url() {
      var here = document.location, query = here.href.replace(/#.*$/, '').indexOf('?'), host = here, path;
      if (app.url) {
        host = document.createElement('a');
        host.href = app.url;
      }
      path = typeof app.path === 'string' ? app.path : host.pathname;
      return here.protocol.replace(/^http/, 'ws') + '//' + host.host + path.replace(/\/+$/, '') + '/ws'
        + (query < 0 ? '' : here.search);
    }

    tell = function (model, attribute, value) {
      patch([{ kind: 'ModelChanged', model: { id: model.id }, attr: attribute, 'new': value }]);
    };
    if (window.panelperfSteps) {
      steps = window.panelperfSteps({
        models: models,
        elements: elements,
        apply: function (event) { apply(event, true); },
        patch: patch
      });
    }
    if (driver.session) { driver.session(item.token); }
    socket = new window.WebSocket(url(), ['bokeh', item.token]);
    socket.binaryType = 'arraybuffer';
    socket.onopen = function () { mark('ws_open'); };
    socket.onmessage = function (event) {
      parts.push(event.data);
      if (parts.length === 1 || parts.length === expected) {
        try { frame(event.data); } catch (problem) { fail('bad_message', problem); }
      }
    };
    socket.onclose = function (event) { fail('ws_closed', 'code ' + event.code + (event.reason ? ': ' + event.reason : '')); };
  }

  // Puts the document's roots where the page has places for them.
  function show(doc, item, tellBrowserInfo) {
    var i, root, place, id;
    cardsCollapse = /^3\.[0-4]\./.test(doc.version || '3.0.0'); // Bokeh's: 3.4 came with Panel 1.4
    learn(doc.roots);
    learn(doc.callbacks || {});
    if (doc.title) { document.title = doc.title; }
    for (i = 0; i < doc.roots.length; i++) {
      root = models[doc.roots[i].id];
      place = document.getElementById((item.roots || {})[root.id]) || document.body;
      place.appendChild(view(root));
      checkRoot(root);
      if (root.name === 'panel.models.browser.BrowserInfo') { tellBrowserInfo(root); }
    }
    for (id in elements) { checkTraceback(models[id]); }
  }

  // The document_ready callbacks that Panel ships take the body's loader away, and nothing else.
  function runReadyCallbacks(doc) {
    var entries = doc.callbacks && doc.callbacks.entries || [], i, j, callback, match;
    for (i = 0; i < entries.length; i++) {
      for (j = 0; entries[i][0] === 'document_ready' && j < entries[i][1].length; j++) {
        callback = models[entries[i][1][j].id];
        match = callback && /body\.classList\.remove\(([^)]*)\)/.exec(callback.attributes.code || '');
        if (match) {
          removeFromBody(match[1].match(/[\w-]+/g) || []);
        } else if (callback && String(callback.attributes.code).indexOf(LOADING) >= 0) {
          unsupported(callback, 'handles ' + LOADING + ' when the document is ready');
        }
      }
    }
  }

  function removeFromBody(classes) {
    for (var i = 0; i < classes.length; i++) { document.body.classList.remove(classes[i]); }
  }

  // A page whose document lies in the page itself, without a server session.
  function embed(doc, item) {
    mark('pulled');
    show(doc, item, function () {});
    tellDocument(doc);
    later(function () { runReadyCallbacks(doc); mark('ready'); mark('ready_acked'); }, driver.renderMs);
  }

  var begun = 0;

  window.Bokeh = {
    version: 'panelperf',
    documents: [],
    index: {},
    set_log_level: function () {},
    safely: function (action) { return action(); },
    embed: {
      embed_items: function (docs, items, path, url) {
        var documents = typeof docs === 'string' ? JSON.parse(docs) : docs;
        mark('embed');
        if (begun++ || (items.length > 1 && items[0].token)) {
          fail('unsupported', 'the page has several documents');
          return;
        }
        later(function () {
          mark('evaluated');
          for (var i = 0; i < items.length; i++) {
            if (items[i].token) { connect(items[i], { path: path, url: url }); } else { embed(documents[items[i].docid], items[i]); }
          }
        }, driver.evaluateMs);
      }
    }
  };

  // What template scripts of Panel's pages touch; it answers every call with itself.
  function swallow() { return swallow; }
  swallow.attachTo = swallow.listen = swallow.close = swallow.setScrollTarget = swallow.layout = swallow.initialize = swallow;
  swallow.open = false;
  if (!window.mdc) {
    window.mdc = { dialog: { MDCDialog: swallow }, drawer: { MDCDrawer: swallow }, topAppBar: { MDCTopAppBar: swallow },
      textField: { MDCTextField: swallow }, ripple: { MDCRipple: swallow }, menu: { MDCMenu: swallow },
      snackbar: { MDCSnackbar: swallow }, autoInit: swallow };
  }
})(window);
