/*
 * WebSocket for pages in HtmlUnit, whose own knows no subprotocols. ES5. Three functions of the engine carry it:
 *   panelperfSocket.open(url, protocols, receive) -> id; receive(kind, value, code), kind: open, text, close
 *   panelperfSocket.send(id, text or buffer)
 *   panelperfSocket.close(id, code)
 */
(function (window) {
  'use strict';
  var engine = window.panelperfSocket;

  function WebSocket(url, protocols) {
    var socket = this, listeners = {}, id;
    socket.url = url;
    socket.readyState = WebSocket.CONNECTING;
    socket.protocol = '';
    socket.binaryType = 'blob';
    socket.bufferedAmount = 0;

    function fire(type, event) {
      var handler = socket['on' + type], all = listeners[type] && listeners[type].slice(), i;
      event.type = type;
      event.target = socket;
      if (typeof handler === 'function') { handler.call(socket, event); }
      for (i = 0; all && i < all.length; i++) { all[i].call(socket, event); }
    }

    function receive(kind, value, code) {
      var event;
      if (kind === 'open') {
        socket.readyState = WebSocket.OPEN;
        socket.protocol = value;
        fire('open', {});
      } else if (kind === 'text') {
        if (socket.readyState !== WebSocket.OPEN) { return; }
        event = { data: value };
        if (listeners.message || typeof socket.onmessage !== 'function') {
          fire('message', event);
        } else { // as fire does; most of what comes takes this way
          event.type = 'message';
          event.target = socket;
          socket.onmessage(event);
        }
      } else if (socket.readyState !== WebSocket.CLOSED) {
        socket.readyState = WebSocket.CLOSED;
        fire('close', { code: code, reason: value, wasClean: code === 1000 });
      }
    }

    socket.addEventListener = function (type, listener) { (listeners[type] = listeners[type] || []).push(listener); };
    socket.removeEventListener = function (type, listener) {
      var at = (listeners[type] || []).indexOf(listener);
      if (at >= 0) { listeners[type].splice(at, 1); }
    };
    socket.send = function (data) {
      if (socket.readyState === WebSocket.CONNECTING) { throw new Error('InvalidStateError: the socket is not open yet'); }
      if (socket.readyState === WebSocket.OPEN) { engine.send(id, typeof data === 'string' || data instanceof window.ArrayBuffer ? data : String(data)); }
    };
    socket.close = function (code) {
      if (socket.readyState < WebSocket.CLOSING) {
        socket.readyState = WebSocket.CLOSING;
        engine.close(id, code || 1000);
      }
    };
    id = engine.open(url, protocols === undefined ? [] : [].concat(protocols), receive);
  }

  WebSocket.CONNECTING = WebSocket.prototype.CONNECTING = 0;
  WebSocket.OPEN = WebSocket.prototype.OPEN = 1;
  WebSocket.CLOSING = WebSocket.prototype.CLOSING = 2;
  WebSocket.CLOSED = WebSocket.prototype.CLOSED = 3;
  window.WebSocket = WebSocket;
})(window);
