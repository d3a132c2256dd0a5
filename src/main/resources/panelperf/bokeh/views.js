/*
 * The views of the page script that are more than text: slider, table, figure. Stands between columns.js, whose values it
 * shows, and page.js, which draws every other model; ES5 like them.
 *
 * panelperfViews(page) gives a function for each class of model: it fills the element of a model, for the first time or
 * again. The page offers:
 *   model(ref)                   the model that a reference or a definition names
 *   watch(ref, owner)            the same; the owner is drawn again when that model changes
 *   change(model, name, value)   sets an attribute here and at the server
 *   layout                       false where nothing is laid out, so that a figure's lines are not worth their time
 */
(function (window) {
  'use strict';
  if (window.panelperfViews) { return; }

  var document = window.document;
  var column = window.panelperfColumns.values;
  var MOST_ROWS = 200; // of a table; its source may have a million
  var MOST_POINTS = 4000; // of a line; a screen has no more columns
  var TEXT_PX = 12;

  function make(tag, className, parent) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (parent) { parent.appendChild(element); }
    return element;
  }

  function clear(element) {
    while (element.firstChild) { element.removeChild(element.firstChild); }
  }

  function setText(element, text) {
    clear(element);
    element.appendChild(document.createTextNode(text));
  }

  function escaped(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  }

  // ---- slider ---------------------------------------------------------------------------------------------------

  function shown(value) { return String(Math.round(value * 100) / 100); }

  function newSlider(page, model, element) {
    var label, title, output, input;
    clear(element);
    label = make('label', 'pp-slider', element);
    title = make('span', 'pp-slider-title', label);
    output = make('output', 'pp-slider-value', label);
    input = make('input', '', label);
    function moved() {
      var value = Number(input.value);
      if (value !== model.attributes.value) {
        setText(output, shown(value));
        page.change(model, 'value', value);
      }
    }
    input.setAttribute('type', 'range');
    input.addEventListener('input', moved);
    input.addEventListener('change', function () {
      moved();
      page.change(model, 'value_throttled', model.attributes.value);
    });
    return { title: title, output: output, input: input };
  }

  function slider(page, model, element) {
    var parts = model.parts || (model.parts = newSlider(page, model, element)), attributes = model.attributes;
    setText(parts.title, attributes.title || '');
    setText(parts.output, shown(attributes.value));
    parts.input.setAttribute('min', attributes.start);
    parts.input.setAttribute('max', attributes.end);
    parts.input.setAttribute('step', attributes.step || 1);
    parts.input.disabled = attributes.disabled === true;
    parts.input.value = String(attributes.value);
  }

  // ---- table ----------------------------------------------------------------------------------------------------

  function cell(row, tag, text, right) {
    var element = make(tag, right ? 'pp-number' : '', row);
    setText(element, text === null || text === undefined ? '' : text);
    return element;
  }

  function tableColumns(page, model, source) {
    var list = model.attributes.columns || [], columns = [], i, attributes, formatter, decimals;
    for (i = 0; i < list.length; i++) {
      attributes = page.model(list[i]).attributes;
      formatter = attributes.formatter && page.model(attributes.formatter).attributes || {};
      decimals = /^0(?:\.(0+))?$/.exec(formatter.format || '');
      columns.push({
        title: attributes.title || attributes.field,
        values: column(source, attributes.field),
        decimals: decimals ? (decimals[1] || '').length : -1,
        right: formatter.text_align === 'right'
      });
    }
    return columns;
  }

  function cellText(column, row) {
    var value = column.values[row];
    return typeof value === 'number' && column.decimals >= 0 ? value.toFixed(column.decimals) : value;
  }

  function table(page, model, element) {
    var source = page.watch(model.attributes.source, model), columns = tableColumns(page, model, source);
    var box = make('div', 'pp-table'), grid = make('table', '', box), row, body, i, j, length = 0;
    row = make('tr', '', make('thead', '', grid));
    for (i = 0; i < columns.length; i++) {
      cell(row, 'th', columns[i].title, columns[i].right).setAttribute('scope', 'col');
      length = Math.max(length, columns[i].values.length);
    }
    body = make('tbody', '', grid);
    for (j = 0; j < Math.min(length, MOST_ROWS); j++) {
      row = make('tr', '', body);
      for (i = 0; i < columns.length; i++) { cell(row, 'td', cellText(columns[i], j), columns[i].right); }
    }
    if (length > MOST_ROWS) { setText(make('p', '', box), '… and ' + (length - MOST_ROWS) + ' more rows'); }
    if (model.attributes.height) { box.style.maxHeight = model.attributes.height + 'px'; }
    box.setAttribute('tabindex', '0'); // to be scrolled by keys
    clear(element);
    element.appendChild(box);
  }

  // ---- figure ---------------------------------------------------------------------------------------------------

  // The lines of a figure: its other glyphs are not drawn.
  function lines(page, model) {
    var found = [], list = model.attributes.renderers || [], i, attributes, glyph, source;
    for (i = 0; i < list.length; i++) {
      attributes = page.watch(list[i], model).attributes;
      glyph = attributes.glyph && page.watch(attributes.glyph, model);
      source = attributes.data_source && page.watch(attributes.data_source, model);
      if (glyph && glyph.name === 'Line' && glyph.attributes.x && glyph.attributes.y) {
        found.push({
          x: column(source, glyph.attributes.x.field),
          y: column(source, glyph.attributes.y.field),
          color: typeof glyph.attributes.line_color === 'string' ? glyph.attributes.line_color : '#1f77b4',
          width: Number(glyph.attributes.line_width) || 1
        });
      }
    }
    return found;
  }

  // From and to of an axis: what its range says, else the data with a margin, as Bokeh's DataRange1d.
  function extent(range, all, name) {
    var least = Infinity, most = -Infinity, attributes = range ? range.attributes : {}, i, j, values, margin;
    for (i = 0; i < all.length; i++) {
      values = all[i][name];
      for (j = 0; j < values.length; j++) {
        if (values[j] < least) { least = values[j]; }
        if (values[j] > most) { most = values[j]; }
      }
    }
    if (least > most) { least = 0; most = 1; }
    margin = (most - least) * (typeof attributes.range_padding === 'number' ? attributes.range_padding : 0.1) / 2
      || (most > least ? 0 : 1);
    return {
      from: typeof attributes.start === 'number' ? attributes.start : least - margin,
      to: typeof attributes.end === 'number' ? attributes.end : most + margin
    };
  }

  // Round numbers in the extent, about so many, with the digits that tell them apart.
  function ticks(extent, wanted) {
    var rough = (extent.to - extent.from) / Math.max(1, wanted), power, step, digits, found = [], i, value;
    power = Math.pow(10, Math.floor(Math.log(rough) / Math.LN10));
    step = rough / power > 5 ? 10 * power : rough / power > 2 ? 5 * power : rough / power > 1 ? 2 * power : power;
    digits = Math.max(0, -Math.floor(Math.log(step) / Math.LN10 + 1e-9));
    for (i = Math.ceil(extent.from / step - 1e-9); i * step <= extent.to + step * 1e-9 && found.length < 50; i++) {
      value = i * step;
      found.push({ value: value, text: value.toFixed(Math.min(digits, 20)) });
    }
    return found;
  }

  function path(line, x, y) {
    var stride = Math.ceil(line.x.length / MOST_POINTS) || 1, points = [], gap = true, i, px, py;
    for (i = 0; i < line.x.length; i += stride) {
      px = x(line.x[i]);
      py = y(line.y[i]);
      if (isFinite(px) && isFinite(py)) {
        points.push((gap ? 'M' : 'L') + px.toFixed(1) + ' ' + py.toFixed(1));
        gap = false;
      } else {
        gap = true;
      }
    }
    return '<path class="pp-line" fill="none" stroke="' + escaped(line.color) + '" stroke-width="' + line.width
      + '" stroke-linejoin="round" d="' + points.join('') + '"/>';
  }

  function text(words, x, y, anchor, more) {
    return '<text x="' + x.toFixed(1) + '" y="' + y.toFixed(1) + '" text-anchor="' + anchor + '"' + (more || '') + '>'
      + escaped(words) + '</text>';
  }

  function svg(chart, width, height) {
    var xs = extent(chart.xRange, chart.lines, 'x'), ys = extent(chart.yRange, chart.lines, 'y');
    var top = chart.title ? 30 : 10, bottom = height - (chart.xLabel ? 44 : 26), left, right = width - 16;
    var yTicks = ticks(ys, (bottom - top) / 45), xTicks, parts = [], longest = 0, i, at;
    for (i = 0; i < yTicks.length; i++) { longest = Math.max(longest, yTicks[i].text.length); }
    left = (chart.yLabel ? 26 : 8) + longest * TEXT_PX * 0.6 + 6;
    xTicks = ticks(xs, (right - left) / 80);
    function x(value) { return left + (value - xs.from) / (xs.to - xs.from) * (right - left); }
    function y(value) { return bottom - (value - ys.from) / (ys.to - ys.from) * (bottom - top); }
    for (i = 0; i < xTicks.length; i++) {
      at = x(xTicks[i].value);
      parts.push('<path class="pp-grid" stroke="currentColor" stroke-opacity="0.15" d="M' + at + ' ' + top + 'V' + bottom + '"/>');
      parts.push(text(xTicks[i].text, at, bottom + 16, 'middle'));
    }
    for (i = 0; i < yTicks.length; i++) {
      at = y(yTicks[i].value);
      parts.push('<path class="pp-grid" stroke="currentColor" stroke-opacity="0.15" d="M' + left + ' ' + at + 'H' + right + '"/>');
      parts.push(text(yTicks[i].text, left - 6, at + 4, 'end'));
    }
    parts.push('<path fill="none" stroke="currentColor" stroke-opacity="0.6" d="M' + left + ' ' + top + 'V' + bottom + 'H' + right + '"/>');
    for (i = 0; i < chart.lines.length; i++) { parts.push(path(chart.lines[i], x, y)); }
    if (chart.title) { parts.push(text(chart.title, left, 18, 'start', ' font-weight="600" font-size="13"')); }
    if (chart.xLabel) { parts.push(text(chart.xLabel, (left + right) / 2, height - 8, 'middle')); }
    if (chart.yLabel) {
      at = (top + bottom) / 2;
      parts.push(text(chart.yLabel, 14, at, 'middle', ' transform="rotate(-90 14 ' + at + ')"'));
    }
    return '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="' + escaped(chart.title || 'figure') + '" width="'
      + width + '" height="' + height + '" viewBox="0 0 ' + width + ' ' + height + '" fill="currentColor" font-size="' + TEXT_PX
      + '">' + parts.join('') + '</svg>';
  }

  function label(page, list, owner) {
    var axis = list && list[0] && page.watch(list[0], owner);
    return axis && typeof axis.attributes.axis_label === 'string' ? axis.attributes.axis_label : '';
  }

  function figure(page, model, element) {
    var attributes = model.attributes, title = attributes.title && page.watch(attributes.title, model);
    var chart = { title: title && typeof title.attributes.text === 'string' ? title.attributes.text : '' };
    if (!page.layout) {
      setText(element, chart.title);
      element.appendChild(document.createElement('canvas'));
      return;
    }
    chart.lines = lines(page, model);
    chart.xRange = attributes.x_range && page.watch(attributes.x_range, model);
    chart.yRange = attributes.y_range && page.watch(attributes.y_range, model);
    chart.xLabel = label(page, attributes.below, model);
    chart.yLabel = label(page, attributes.left, model);
    element.style.height = (attributes.height || 400) + 'px';
    element.style.overflow = 'hidden';
    element.draw = function () {
      if (element.clientWidth) { element.innerHTML = svg(chart, element.clientWidth, attributes.height || 400); }
    };
    if (!element.sized) {
      element.sized = new window.ResizeObserver(function () { element.draw(); });
      element.sized.observe(element); // which also tells when the element is first laid out
    }
    element.draw();
  }

  window.panelperfViews = function (page) {
    function bound(view) { return function (model, element) { view(page, model, element); }; }
    return { Slider: bound(slider), DataTable: bound(table), Figure: bound(figure) };
  };
})(window);
