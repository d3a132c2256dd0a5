/*
 * What the real BokehJS tells the driver of, which page.js tells by itself: see panelperf/bokeh/page.js for the words. It reads
 * along on Bokeh's websocket, before BokehJS does, and looks at the same attributes of models. ES5; runs before anything of the
 * page's does.
 */
(function (window) {
  'use strict';
  var driver = window.panelperf;
  var document = window.document;
  var signs = window.panelperfSigns;
  var LOADING = 'pn-loading';
  var models = {}; // id -> {id, name, attributes}: what the server said of them
  var begun = 0;
  var busy = 0; // messages whose effects are still to come

  function nothing() {}
  function mark(name) { driver.mark(name); }
  function fail(cause, detail) { driver.fail(cause, String(detail)); }

  // ---- the document's models -----------------------------------------------------------------------------------

  function isLoading(model) { return (model.attributes.css_classes || []).indexOf(LOADING) >= 0; }

  function learn(value) {
    var key, i;
    if (value === null || typeof value !== 'object') { return; }
    if (value instanceof Array) {
      for (i = 0; i < value.length; i++) { learn(value[i]); }
      return;
    }
    if (value.type === 'object' && value.id) {
      models[value.id] = { id: value.id, name: value.name, attributes: value.attributes || {} };
      learn(value.attributes);
      styled(models[value.id]);
      check(models[value.id]);
    } else if (value.type === 'map') {
      learn(value.entries);
    } else if (!value.id && value.type !== 'ndarray' && value.type !== 'bytes') {
      for (key in value) { learn(value[key]); }
    }
  }

  // What cannot run here, and what Panel puts in the place of an app that raised.
  function check(model) {
    var raised = signs.traceback(model);
    if (model.attributes.esm !== undefined) {
      fail('unsupported', model.name + ' ' + model.id + ' is a module of JavaScript, which HtmlUnit cannot run');
    }
    if (raised !== null) { fail('app_error', raised); }
  }

  // The empty placeholder of a deferred function, where that is all a model shows.
  function placeholder(model) {
    var shown = model.attributes.children, child = shown instanceof Array && shown.length === 1 && models[shown[0].id];
    var text = child && child.attributes.text;
    return typeof text === 'string' && signs.isBlank(text) && !(child.attributes.children || []).length ? child.id : null;
  }

  function styled(model) { if (isLoading(model)) { model.placeholder = placeholder(model); } }

  // When a deferred function raises, the server takes the loader away and sends no content.
  function unstyled(model) {
    if (model.placeholder && model.placeholder === placeholder(model)) {
      fail('render_failed', 'the loader of ' + model.name + ' ' + model.id + ' went, but no content came');
    }
    model.placeholder = null;
  }

  // All views, from the roots on.
  function views() {
    var index = window.Bokeh.index, found = [], i;
    found = index.roots ? Array.from(index.roots) : Object.keys(index).map(function (id) { return index[id]; });
    for (i = 0; i < found.length; i++) { found = found.concat(found[i].child_views || []); }
    return found;
  }

  // ---- one server session ---------------------------------------------------------------------------------------

  // A message is three frames, and two more for each buffer.
  function assembler(take) {
    var parts = [], expected = 3;
    return function (frame) {
      var message;
      parts.push(frame);
      if (parts.length === 1) {
        parts[0] = JSON.parse(frame);
        if (!parts[0].msgtype) { throw new Error('no msgtype in header ' + frame); }
        expected = 3 + 2 * (parts[0].num_buffers || 0);
      }
      if (parts.length === expected) {
        message = parts;
        parts = [];
        take(message[0], message[2]);
      }
    };
  }

  function watch(socket, token) {
    var readyId = null, patched = false, handler = null, sentId = null, told = 0;
    var steps = window.panelperfSteps ? takeSteps() : null, news = [];

    function changed(event) {
      var model, was;
      if (event.kind === 'RootAdded') { learn(event.model); seen(event.model); }
      if (event.kind !== 'ModelChanged') { return; }
      learn(event['new']);
      model = models[event.model.id];
      if (!model) { return; }
      was = isLoading(model);
      if (was && !patched) { patched = true; mark('first_patch'); }
      model.attributes[event.attr] = event['new'];
      if (event.attr === 'css_classes') { if (was && !isLoading(model)) { unstyled(model); } else { styled(model); } }
    }

    // What takes a user's steps sees the page as it is with page.js; BokehJS tells the server of a change by itself.
    function takeSteps() {
      var elements = {}, act;
      var taken = window.panelperfSteps({
        models: models,
        elements: elements,
        runsScripts: true,
        apply: nothing,
        patch: function (events) {
          sentId = null;
          events.forEach(events[0].kind === 'ModelChanged' ? change : tell);
          return sentId;
        }
      });
      act = window.panelperfAct;
      window.panelperfAct = function (json) {
        for (var id in elements) { delete elements[id]; }
        views().forEach(function (view) { elements[view.model.id] = view.el; });
        act(json);
      };
      return taken;
    }

    function change(event) {
      var attributes = {};
      attributes[event.attr] = event['new'];
      models[event.model.id].attributes[event.attr] = event['new'];
      window.Bokeh.documents[0].get_model_by_id(event.model.id).setv(attributes);
    }

    function tell(event) {
      socket.send(JSON.stringify({ msgid: 'S' + (++told), msgtype: 'PATCH-DOC' }));
      socket.send('{}');
      socket.send(JSON.stringify({ events: [event] }));
    }

    // Roots that tell the server of the browser are not seen.
    function seen(root) {
      var model = models[root.id];
      if (model && !/^panel\.models\.(browser|location)\./.test(model.name)) { mark('rooted'); }
    }

    var incoming = assembler(function (header, content) {
      var said;
      if (header.msgtype === 'ACK') {
        mark('ack');
      } else if (header.msgtype === 'OK') {
        if (readyId && header.reqid === readyId) { mark('ready_acked'); }
        if (steps) { steps.answered(header.reqid); }
      } else if (header.msgtype === 'PULL-DOC-REPLY') {
        mark('pulled');
        said = JSON.parse(content).doc;
        learn(said.roots);
        said.roots.forEach(seen);
        tellDocument(said);
      } else if (header.msgtype === 'PATCH-DOC') {
        said = JSON.parse(content).events;
        said.forEach(changed);
        news = news.concat(said);
      } else if (header.msgtype === 'ERROR') {
        fail('bokeh_error', JSON.parse(content).text);
      }
    });

    var outgoing = assembler(function (header, content) {
      sentId = header.msgid;
      if (!readyId && header.msgtype === 'PATCH-DOC' && content.indexOf('"document_ready"') >= 0) {
        readyId = header.msgid;
        mark('ready');
      }
    });

    var send = socket.send;
    socket.send = function (data) {
      send.call(socket, data);
      outgoing(data);
    };
    // What a message changes, BokehJS may change in promises and timers of no delay: nothing is concluded before.
    function take(event) {
      busy++;
      mark('applying');
      try { incoming(event.data); } catch (problem) { fail('bad_message', problem); }
      try { if (handler) { handler.call(socket, event); } } finally {
        window.setTimeout(function () { window.setTimeout(settled, 0); }, 0);
      }
    }
    function settled() {
      var applied = news;
      if (--busy > 0) { return; }
      news = [];
      mark('applied');
      if (steps) { applied.forEach(steps.patched); }
    }
    Object.defineProperty(socket, 'onmessage', {
      get: function () { return take; },
      set: function (taken) { handler = taken; }
    });
    socket.addEventListener('open', function () { mark('ws_open'); });
    socket.addEventListener('close', function (event) {
      fail('ws_closed', 'code ' + event.code + (event.reason ? ': ' + event.reason : ''));
    });

    mark('embed');
    mark('evaluated');
    if (begun++) { fail('unsupported', 'the page has several documents'); }
    driver.session(token);
  }

  var Socket = window.WebSocket;
  function WebSocket(url, protocols) {
    var socket = new Socket(url, protocols);
    // Where page.js is the page's own script it tells by itself.
    if (protocols instanceof Array && protocols[0] === 'bokeh' && window.Bokeh && window.Bokeh.version !== 'panelperf') {
      watch(socket, protocols[1]);
    }
    return socket;
  }
  WebSocket.prototype = Socket.prototype;
  ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].forEach(function (state) { WebSocket[state] = Socket[state]; });
  window.WebSocket = WebSocket;

  // ---- for whoever looks at one page ----------------------------------------------------------------------------

  // What is shown is what has a view; nothing is blank, because the page's own views draw it.
  function tellDocument(doc) {
    var shown = { title: doc.title || document.title, template: signs.template(document), roots: [], models: {}, blank: {} };
    var id;
    if (!driver.document) { return; }
    doc.roots.forEach(function (root) { shown.roots.push(models[root.id].name); });
    for (id in models) { shown.models[models[id].name] = (shown.models[models[id].name] || 0) + 1; }
    driver.document(JSON.stringify(shown));
  }

  // ---- a page whose document lies in the page itself --------------------------------------------------------------

  function embedded(looks) {
    var documents = window.Bokeh && window.Bokeh.documents || [];
    if (begun) { return; }
    if (documents.length) {
      mark('embed');
      mark('evaluated');
      mark('pulled');
      documents[0]._all_models.forEach(function (model) {
        check({ id: model.id, name: model.type, attributes: { esm: model.esm, text: model.text } });
      });
      idle(documents[0], looks);
    } else if (looks > 0) {
      window.setTimeout(function () { embedded(looks - 1); }, 25);
    }
  }

  function idle(whole, looks) {
    if (begun) { return; }
    if (whole.is_idle) {
      mark('rooted');
      mark('ready');
      mark('ready_acked');
    } else if (looks > 0) {
      window.setTimeout(function () { idle(whole, looks - 1); }, 25);
    }
  }
  window.addEventListener('load', function () { embedded(400); });
})(window);
