/*
 * The part of the page script that knows the columns of a ColumnDataSource: how they travel, and how they change
 * (bokeh/core/serialization.py, bokeh/document/events.py). ES5 like the rest of it.
 *
 * panelperfColumns has:
 *   attach(content, buffers)    puts a message's binary frames where its content refers to them
 *   values(source, name)        the values of one column of a source, as a list or a typed array; empty when there is none
 *   change(attributes, event)   what an event makes of a source's attributes
 */
(function (window) {
  'use strict';
  if (window.panelperfColumns) { return; }

  var TYPES = { float64: 'Float64Array', float32: 'Float32Array', int32: 'Int32Array', uint32: 'Uint32Array',
    int16: 'Int16Array', uint16: 'Uint16Array', int8: 'Int8Array', uint8: 'Uint8Array', bool: 'Uint8Array' };

  // Each buffer is two frames: one that names it, and its bytes.
  function attach(value, buffers) {
    var key, i;
    if (value === null || typeof value !== 'object') { return; }
    if (value.type === 'bytes' && value.data && value.data.id) {
      for (i = 0; i < buffers.length; i += 2) {
        if (JSON.parse(buffers[i]).id === value.data.id) { value.data = buffers[i + 1]; return; }
      }
    }
    for (key in value) {
      if (value[key] !== null && typeof value[key] === 'object') { attach(value[key], buffers); }
    }
  }

  function bytes(data) {
    var text, array, i;
    if (typeof data !== 'string') { return data; }
    text = window.atob(data);
    array = new window.Uint8Array(text.length);
    for (i = 0; i < text.length; i++) { array[i] = text.charCodeAt(i); }
    return array.buffer;
  }

  // Decoded once, and only when something shows it.
  function decoded(column) {
    var type;
    if (!column || column.type !== 'ndarray') { return column || []; }
    if (column.array instanceof Array) { return column.array; } // of objects
    type = TYPES[column.dtype];
    if (!column.values) { column.values = type ? new window[type](bytes(column.array.data)) : []; }
    return column.values;
  }

  // Columns by their names; a map on the wire is a list of pairs.
  function byName(data) {
    var columns = {}, i;
    if (!data || data.type !== 'map') { return data || {}; }
    for (i = 0; i < (data.entries || []).length; i++) { columns[data.entries[i][0]] = data.entries[i][1]; }
    return columns;
  }

  function list(column) { return Array.prototype.slice.call(decoded(column)); }

  function streamed(column, more, rollover) {
    var all = list(column).concat(list(more));
    return rollover && all.length > rollover ? all.slice(all.length - rollover) : all;
  }

  // A patch is a place and a value, or a slice of places and their values.
  function patched(column, patches) {
    var all = list(column), i, j, place, values;
    for (i = 0; i < patches.length; i++) {
      place = patches[i][0];
      if (typeof place === 'number') {
        all[place] = patches[i][1];
      } else if (place.type === 'slice') {
        values = list(patches[i][1]);
        for (j = 0; j < values.length; j++) { all[(place.start || 0) + j * (place.step || 1)] = values[j]; }
      }
    }
    return all;
  }

  function change(attributes, event) {
    var columns = byName(attributes.data), name, changed;
    changed = byName(event.kind === 'ColumnsPatched' ? event.patches : event.data);
    if (event.kind === 'ColumnDataChanged' && !event.cols) {
      columns = changed;
    } else {
      for (name in changed) {
        columns[name] = event.kind === 'ColumnsStreamed' ? streamed(columns[name], changed[name], event.rollover)
          : event.kind === 'ColumnsPatched' ? patched(columns[name], changed[name]) : changed[name];
      }
    }
    attributes.data = columns;
  }

  window.panelperfColumns = {
    attach: attach,
    values: function (source, name) { return source ? decoded(byName(source.attributes.data)[name]) : []; },
    change: change
  };
})(window);
