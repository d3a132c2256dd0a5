/*
 * What a user does on a page: finds a model by what it is called, and changes it as BokehJS 3.3 would, message by message
 * (models/widgets of bokehjs). ES5; runs before the page script, which offers for each session:
 *   models, elements   id -> model, id -> the element that shows it
 *   apply(event)       as if the server had sent it
 *   patch(events)      sends a PATCH-DOC; answers its id
 *   runsScripts        whether the page runs the scripts that are linked to a change by itself
 * The driver has step(word, id, loader): sent, before anything is; answered; unchanged; changed, with the id of a model that
 * the server has changed, and whether a loader may have come or gone by it.
 */
(function (window) {
  'use strict';
  var driver = window.panelperf;

  // What the user of a widget sets: the property, what it holds, what is told before it and after it.
  var WIDGETS = {
    Slider: { sets: 'value', holds: 'number', after: 'value_throttled' },
    DateSlider: { sets: 'value', holds: 'number', after: 'value_throttled' },
    RangeSlider: { sets: 'value', holds: 'list', after: 'value_throttled' },
    DateRangeSlider: { sets: 'value', holds: 'list', after: 'value_throttled' },
    DatetimeRangeSlider: { sets: 'value', holds: 'list', after: 'value_throttled' },
    Spinner: { sets: 'value', holds: 'number', after: 'value_throttled' },
    NumericInput: { sets: 'value', holds: 'number' },
    TextInput: { sets: 'value', holds: 'text', before: 'value_input' },
    TextAreaInput: { sets: 'value', holds: 'text', before: 'value_input' },
    PasswordInput: { sets: 'value', holds: 'text', before: 'value_input' },
    AutocompleteInput: { sets: 'value', holds: 'text', before: 'value_input' },
    DatePicker: { sets: 'value', holds: 'text' },
    ColorPicker: { sets: 'color', holds: 'text' },
    Select: { sets: 'value', holds: 'text', choices: 'options' },
    CustomSelect: { sets: 'value', holds: 'text', choices: 'options' },
    MultiSelect: { sets: 'value', holds: 'list', choices: 'options' },
    MultiChoice: { sets: 'value', holds: 'list', choices: 'options' },
    Checkbox: { sets: 'active', holds: 'boolean' },
    Switch: { sets: 'active', holds: 'boolean' },
    Toggle: { sets: 'active', holds: 'boolean' },
    RadioGroup: { sets: 'active', holds: 'index' },
    RadioButtonGroup: { sets: 'active', holds: 'index' },
    CheckboxGroup: { sets: 'active', holds: 'indices' },
    CheckboxButtonGroup: { sets: 'active', holds: 'indices' },
    Button: {}
  };
  // Properties that are left out of a document while they have these.
  var DEFAULTS = { text: '', 'boolean': false, list: [], index: null, indices: [] };
  // Roots of Panel's templates that change for everybody's sake, or for the address's.
  var ASIDE = { busy_indicator: 1, location: 1, browser_info: 1, js_area: 1 };

  function Refused(cause, words) { this.cause = cause; this.words = words; }
  function refuse(words) { throw new Refused('cannot_set', words); }
  function widget(model) { return WIDGETS[model.name.split('.').pop()]; }
  function quoted(value) { return typeof value === 'string' ? "'" + value + "'" : JSON.stringify(value); }

  // ---- which model ----------------------------------------------------------------------------------------------

  function isCalled(model, name) {
    var attributes = model.attributes;
    return attributes.name === name || attributes.title === name || attributes.label === name;
  }

  function shown(page, model) {
    var element = page.elements[model.id];
    return element !== undefined && window.document.body.contains(element);
  }

  function widgetNames(page) {
    var names = [], id, attributes;
    for (id in page.models) {
      if (widget(page.models[id]) && shown(page, page.models[id])) {
        attributes = page.models[id].attributes;
        names.push(quoted(attributes.title || attributes.label || attributes.name || '') );
      }
    }
    return names.length ? 'its widgets are ' + names.slice(0, 20).join(', ') : 'it has no widgets';
  }

  // The one model of that name; a heading or a figure of the same name does not make a widget's ambiguous.
  function find(page, name) {
    var found = [], widgets = [], id, model;
    for (id in page.models) {
      model = page.models[id];
      if (isCalled(model, name) && shown(page, model)) {
        found.push(model);
        if (widget(model)) { widgets.push(model); }
      }
    }
    if (found.length > 1 && widgets.length === 1) { found = widgets; }
    if (found.length === 0) {
      throw new Refused('no_such_model', 'expected a model whose name, title or label is ' + quoted(name)
        + ', found none; ' + widgetNames(page));
    }
    if (found.length > 1) {
      throw new Refused('ambiguous_model', 'expected one model whose name, title or label is ' + quoted(name) + ', found '
        + found.length + '; give the one that is meant a name of its own');
    }
    if (found[0].attributes.disabled === true) { refuse('the ' + found[0].name + ' is disabled'); }
    return found[0];
  }

  // ---- which value ----------------------------------------------------------------------------------------------

  function number(value) {
    var parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof parsed !== 'number' || !isFinite(parsed)) { refuse('expected a number, found ' + quoted(value)); }
    return parsed;
  }

  function flag(value) {
    var parsed = value === 'true' ? true : value === 'false' ? false : value;
    if (typeof parsed !== 'boolean') { refuse('expected true or false, found ' + quoted(value)); }
    return parsed;
  }

  function list(value) {
    var parsed = value;
    if (typeof value === 'string') {
      try { parsed = JSON.parse(value); } catch (problem) { parsed = null; }
    }
    if (!(parsed instanceof Array)) { refuse('expected a list like [1, 2], found ' + quoted(value)); }
    return parsed;
  }

  // A user chooses by what is written there.
  function index(model, value) {
    var labels = model.attributes.labels || [], at = typeof value === 'string' ? labels.indexOf(value) : value;
    if (typeof at !== 'number' || at < 0 || at >= labels.length) {
      refuse('expected one of ' + JSON.stringify(labels) + ', found ' + quoted(value));
    }
    return at;
  }

  function each(values, take) {
    var taken = [], i;
    for (i = 0; i < values.length; i++) { taken.push(take(values[i])); }
    return taken;
  }

  // By what is written there first, as a user chooses; then by the value behind it.
  function chosen(options, value) {
    var i;
    for (i = 0; i < options.length; i++) {
      if (options[i] === value) { return value; }
      if (options[i] instanceof Array && options[i][1] === value) { return options[i][0]; }
    }
    for (i = 0; i < options.length; i++) {
      if (options[i] instanceof Array && options[i][0] === value) { return value; }
    }
    return refuse('expected one of its ' + options.length + ' options, found ' + quoted(value));
  }

  function inRange(model, value) {
    var start = model.attributes.start, end = model.attributes.end, values = [].concat(value), i;
    for (i = 0; i < values.length; i++) {
      if (typeof start === 'number' && values[i] < start || typeof end === 'number' && values[i] > end) {
        refuse('expected ' + start + ' to ' + end + ', found ' + quoted(value));
      }
    }
    return value;
  }

  function kindOf(value) {
    return value instanceof Array ? 'list' : { string: 'text', number: 'number', 'boolean': 'boolean' }[typeof value];
  }

  function converted(model, kind, value) {
    var by = {
      number: number,
      'boolean': flag,
      list: list,
      text: String,
      index: function (label) { return index(model, label); },
      indices: function (labels) { return each(list(labels), function (label) { return index(model, label); }); }
    };
    return by[kind] ? by[kind](value) : value;
  }

  // What the property is to hold: a test that sets what no user could would measure an error.
  function wanted(model, known, property, value) {
    var own = known && known.sets === property, kind = own ? known.holds : kindOf(model.attributes[property]), options;
    value = converted(model, kind, value);
    options = own && known.choices ? model.attributes[known.choices] : null;
    if (options instanceof Array) {
      value = value instanceof Array ? each(value, function (one) { return chosen(options, one); }) : chosen(options, value);
    }
    return own ? inRange(model, value) : value;
  }

  function current(model, known, property) {
    var value = model.attributes[property];
    return value === undefined && known && known.sets === property ? DEFAULTS[known.holds] : value;
  }

  // ---- one session ----------------------------------------------------------------------------------------------

  window.panelperfSteps = function (page) {
    var awaited = null, own = {}; // own: what this step sets itself; were it to come back, it would be no effect

    function set(model, property, value) {
      var event = { kind: 'ModelChanged', model: { id: model.id }, attr: property, 'new': value };
      if (property !== 'css_classes') { own[model.id + '.' + property] = true; }
      page.apply(event);
      return page.patch([event]);
    }

    // Panel links a widget to the loader of what is bound to it, in the browser: a CustomJS of this shape (panel/links.py). BokehJS
    // runs it a moment after the change, so its message is the last (seen in Chromium). Other scripts of widgets are not run.
    function showLoaders(model, property) {
      if (page.runsScripts) { return; }
      var entries = (model.attributes.js_property_callbacks || {}).entries || [], i, j, callback, classes, ref;
      for (i = 0; i < entries.length; i++) {
        for (j = 0; entries[i][0] === 'change:' + property && j < entries[i][1].length; j++) {
          callback = page.models[entries[i][1][j].id];
          classes = callback && /loading_css = \[([^\]]*)\]/.exec(callback.attributes.code || '');
          ref = classes && argument(callback, 'target');
          if (ref && page.models[ref.id]) { showLoader(page.models[ref.id], classes[1].match(/[\w-]+/g) || []); }
        }
      }
    }

    function argument(callback, name) {
      var entries = (callback.attributes.args || {}).entries || [], i;
      for (i = 0; i < entries.length; i++) {
        if (entries[i][0] === name) { return entries[i][1]; }
      }
      return null;
    }

    function showLoader(model, classes) {
      set(model, 'css_classes', (model.attributes.css_classes || []).concat(classes));
    }

    function change(model, step) {
      var known = widget(model), property = step.property || known && known.sets || '', value, usual;
      if (!property) {
        refuse(known ? 'a ' + model.name + ' has no value; click it' : 'it is not known what a user sets of a ' + model.name
          + '; name the property');
      }
      value = wanted(model, known, property, step.value);
      if (JSON.stringify(value) === JSON.stringify(current(model, known, property))) { driver.step('unchanged'); return; }
      usual = known && known.sets === property;
      if (usual && known.before) { set(model, known.before, value); }
      awaited = set(model, property, value);
      if (usual && known.after) { awaited = set(model, known.after, value); }
      showLoaders(model, property);
      if (usual && known.after) { showLoaders(model, known.after); }
    }

    function click(model) {
      var known = widget(model), events = model.attributes.subscribed_events || [];
      var heard = events instanceof Array ? events : events.entries || [];
      if (!known || known.sets && known.holds !== 'boolean') { refuse('nobody clicks a ' + model.name); }
      if (known.sets) {
        awaited = set(model, known.sets, !current(model, known, known.sets));
        showLoaders(model, known.sets);
      }
      if (heard.indexOf('button_click') >= 0) {
        awaited = page.patch([{ kind: 'MessageSent', msg_type: 'bokeh_event', msg_data: { type: 'event', name: 'button_click',
          values: { type: 'map', entries: [['model', { id: model.id }]] } } }]);
      } else if (!known.sets) {
        refuse('the server does not listen to this ' + model.name);
      }
    }

    window.panelperfAct = function (json) {
      var step = JSON.parse(json), model;
      awaited = null;
      own = {};
      driver.step('sent');
      try {
        model = find(page, step.model);
        if (step.click) { click(model); } else { change(model, step); }
      } catch (problem) {
        driver.fail(problem.cause || 'engine', problem.words || String(problem));
      }
    };

    return {
      answered: function (id) {
        if (awaited !== null && id === awaited) {
          awaited = null;
          driver.step('answered');
        }
      },
      patched: function (event) {
        var id = event.model && event.model.id, model = page.models[id];
        if (id && !own[id + '.' + event.attr] && !(model && ASIDE[model.attributes.name])) {
          driver.step('changed', id, event.attr === 'css_classes');
        }
      }
    };
  };
})(window);
