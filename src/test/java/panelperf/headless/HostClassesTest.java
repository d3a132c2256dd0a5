package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import panelperf.time.Ticker;

/** Our global object against HtmlUnit's own: scripts must not be able to tell them apart, nor one page from another. */
final class HostClassesTest {
    /** Every global name, what it is, what it is made of, and whose child it is. */
    private static final String TOLD = """
            (function (window) {
              function members(object) {
                var found = [];
                Object.getOwnPropertyNames(object).sort().forEach(function (name) {
                  var told = Object.getOwnPropertyDescriptor(object, name) || {};
                  found.push(name + ':' + (told.get ? 'g' : '') + (told.set ? 's' : '') + (told.enumerable ? 'e' : '')
                    + (told.writable ? 'w' : '') + (told.configurable ? 'c' : '') + ':' + typeof told.value
                    + (typeof told.value === 'number' ? told.value : ''));
                });
                return found.join(',');
              }
              var lines = [];
              Object.getOwnPropertyNames(window).sort().forEach(function (name) {
                var value, line, parent;
                if (name === 'told') { return; }
                try { value = window[name]; } catch (problem) { lines.push(name + ' throws'); return; }
                line = name + ' ' + typeof value;
                if (typeof value === 'function') {
                  parent = Object.getPrototypeOf(value);
                  line += ' of ' + (parent ? parent.name : parent) + ' ' + value.name + ' ' + value.length;
                  if (value.prototype) {
                    line += ' has ' + members(value.prototype) + ' statics ' + members(value);
                    parent = Object.getPrototypeOf(value.prototype);
                    line += ' extends ' + (parent && parent.constructor ? parent.constructor.name : parent);
                    line += ' by ' + (value.prototype.constructor === value);
                  }
                }
                lines.push(line);
              });
              return lines.join('\\n');
            })(window)
            """;

    private final WebClient stock = new WebClient(BrowserVersion.CHROME, true, null, -1);
    private final WebClient ours = client();

    private static WebClient client() {
        PooledJobs.installed();
        WebClient client = new PageClient(BrowserVersion.CHROME);
        Ticker ticker = Ticker.system();
        client.setJavaScriptEngine(new ScriptEngine(
                client, ticker, ticker.nanos() + 60_000_000_000L, new CompiledScripts(), (name, source) -> source));
        return client;
    }

    @AfterEach
    void close() {
        stock.close();
        ours.close();
    }

    private static HtmlPage page(WebClient client) throws Exception {
        client.getOptions().setWebSocketEnabled(false);
        MockWebConnection connection = new MockWebConnection();
        connection.setDefaultResponse(
                "<html><body><p>text</p><img src='x'><select><option>a</option></select></body></html>");
        client.setWebConnection(connection);
        return client.getPage(URI.create("http://localhost/").toURL());
    }

    private static String run(HtmlPage page, String script) {
        return String.valueOf(page.executeJavaScript(script).getJavaScriptResult());
    }

    @Test
    void scripts_find_the_same_names_classes_and_members() throws Exception {
        List<String> expected = run(page(stock), TOLD).lines().toList();
        List<String> found = run(page(ours), TOLD).lines().toList();

        assertThat(expected).hasSizeGreaterThan(400);
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void nodes_are_of_their_classes() throws Exception {
        String script = "var all = document.querySelectorAll('*'), found = [], i;"
                + "for (i = 0; i < all.length; i++) { found.push(all[i] + ' ' + (all[i] instanceof HTMLElement)"
                + " + (all[i] instanceof EventTarget) + all[i].constructor.name); }"
                + "found.push(new Image() instanceof HTMLImageElement, new Option() instanceof HTMLOptionElement,"
                + " document instanceof Node, window instanceof Window, window instanceof EventTarget); found.join(' ')";

        assertThat(run(page(ours), script)).isEqualTo(run(page(stock), script));
    }

    @Test
    void what_a_script_puts_in_the_place_of_a_class_stays_there() throws Exception {
        String script =
                "window.HTMLParagraphElement = 7; delete window.HTMLImageElement; var HTMLSelectElement = 'mine';"
                        + "Object.defineProperty(window, 'HTMLOptionElement', {value: 8});"
                        + "document.querySelector('p').className = 'a'; document.querySelector('img').className = 'b';"
                        + "document.querySelector('select').className = 'c'; document.querySelector('option').className = 'd';"
                        + "[window.HTMLParagraphElement, typeof HTMLImageElement, HTMLSelectElement, HTMLOptionElement,"
                        + " document.querySelector('p') + ''].join(' ')";

        assertThat(run(page(ours), script))
                .isEqualTo(run(page(stock), script))
                .isEqualTo("7 undefined mine 8 [object HTMLParagraphElement]");
    }

    @Test
    void functions_of_classes_may_be_written_over_deleted_frozen_and_enumerated() throws Exception {
        String script = "var p = document.querySelector('p'), own = Element.prototype.getAttribute, found = [], name;"
                + "found.push(own === Element.prototype.getAttribute, own.name, own.length, typeof own);"
                + "Element.prototype.getAttribute = function () { return 'mine'; };"
                + "found.push(p.getAttribute('id'), Element.prototype.hasOwnProperty('getAttribute'));"
                + "p.hasAttribute = 7; found.push(p.hasAttribute, typeof Element.prototype.hasAttribute);"
                + "delete Element.prototype.removeAttribute; found.push(typeof p.removeAttribute);"
                + "Object.freeze(Node.prototype); try { Node.prototype.appendChild = 8; } catch (e) { }"
                + "found.push(typeof Node.prototype.appendChild);"
                + "for (name in Node.prototype) { found.push(name); } found.join(' ')";

        assertThat(run(page(ours), script)).isEqualTo(run(page(stock), script)).startsWith("true getAttribute ");
    }

    @Test
    void what_one_page_does_to_its_classes_no_other_sees() throws Exception {
        try (WebClient other = client()) {
            HtmlPage first = page(ours);
            HtmlPage second = page(other);
            run(
                    first,
                    "HTMLElement.prototype.leak = 1; Element.prototype.getAttribute.leak = 7; window.setTimeout.leak = 8; Array.prototype.leak = 2; Window.prototype.leak = 3;"
                            + " window.Bokeh = 4; EventTarget.leak = 5; document.leak = 6;");

            assertThat(run(
                            second,
                            "[document.body.leak, [].leak, window.leak, typeof Bokeh, EventTarget.leak, document.leak,"
                                    + " Element.prototype.getAttribute.leak, setTimeout.leak].join()"))
                    .isEqualTo(",,,undefined,,,,");
            assertThat(
                            run(
                                    first,
                                    "[document.body.leak, [].leak, window.leak, Bokeh, EventTarget.leak, document.leak].join()"))
                    .isEqualTo("1,2,3,4,5,6");
        }
    }
}
