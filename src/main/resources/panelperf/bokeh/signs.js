/*
 * What Panel's models and pages tell by their looks, for page.js and for whatever else watches a page. ES5 like the rest of it.
 *
 * panelperfSigns has:
 *   unescaped(text)     the markup of a text that Panel has escaped, as it does once before it is JSON
 *   isBlank(text)       whether such markup shows nothing
 *   traceback(model)    the last line of the error that Panel shows in the place of an app that raised; null: it shows none
 *   template(document)  the name of the page's template of Panel's, or none
 */
(function (window) {
  'use strict';
  if (window.panelperfSigns) { return; }

  function unescaped(text) {
    return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'")
      .replace(/&amp;/g, '&');
  }
  function withoutTags(text) { return unescaped(text).replace(/<[^>]*>/g, '').trim(); }

  window.panelperfSigns = {
    unescaped: unescaped,
    isBlank: function (text) { return !withoutTags(text); },
    traceback: function (model) {
      var text = model.attributes.text;
      var raised = typeof text === 'string' && text.indexOf('Traceback (most recent call last)') >= 0
        && /<pre style="overflow-y: auto">/.test(unescaped(text));
      return raised ? withoutTags(text).split('\n').pop() : null;
    },
    // It is known by the folder of its style sheet.
    template: function (document) {
      var sheets = document.getElementsByTagName('link'), name = 'none', i, bundle;
      for (i = 0; i < sheets.length; i++) {
        bundle = /\/bundled\/(\w+)template\//.exec(sheets[i].getAttribute('href') || '');
        if (bundle) { name = bundle[1]; }
      }
      return name;
    }
  };
})(window);
