package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What HtmlUnit can and cannot do, as far as our engine and page script rely on it. An upgrade that changes a row fails
 * here by name: a gap that has closed is a line of page script that may go.
 */
@Timeout(60)
final class HtmlUnitContractTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    const and let            | const a = 1; let b = 2; a + b                                        | 3
                    arrow functions          | ((x) => x * 2)(4)                                                    | 8
                    destructuring            | var {a, b} = {a: 1, b: 2}; a + b                                     | 3
                    default parameters       | (function (x = 5) { return x; })()                                   | 5
                    rest parameters          | (function (...r) { return r.length; })(1, 2, 3)                      | 3
                    array spread             | [...[1, 2], 3].length                                                | 3
                    object spread            | ({...{a: 1}, b: 2}).a                                                | 1
                    template strings         | `1 + 1 = ${1 + 1}`                                                   | 1 + 1 = 2
                    optional chaining        | var o = null; String(o?.a)                                           | undefined
                    nullish coalescing       | null ?? 7                                                            | 7
                    generators               | (function* () { yield 4; })().next().value                           | 4
                    catch without a binding  | var r; try { throw 1; } catch { r = 2; } r                           | 2
                    Array.prototype.at       | [1, 2, 3].at(-1)                                                     | 3
                    String replaceAll        | 'aa'.replaceAll('a', 'b')                                            | bb
                    JSON                     | JSON.parse('{"a": [1, 2]}').a[1]                                     | 2
                    class lists              | document.body.classList.remove('x'); document.body.className         | y
                    innerHTML                | var d = document.createElement('p'); d.innerHTML = '<b>q</b>'; d.firstChild.tagName | B
                    strict mode              | (function () { 'use strict'; return this === undefined; })()         | true
                    """)
    void works(String feature, String script, String expected) {
        assertThat(new Scripted(script).result).as(feature).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    classes are not parsed           | class A {} 1
                    async functions are not parsed   | (async function () {})(); 1
                    spread in a call is not compiled | Math.max(...[1, 2])
                    """)
    void known_gap_in_the_parser(String gap, String script) {
        assertThat(new Scripted(script).errors).as(gap).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    closures in a for-let loop share their variable  | var f = []; for (let i = 0; i < 3; i++) { f.push(() => i); } f.map(g => g()).join() | 3,3,3
                    an event listener that is to fire once fires twice | var n = 0; document.body.addEventListener('click', () => n++, {once: true}); document.body.click(); document.body.click(); n | 2
                    attachShadow is absent            | typeof document.body.attachShadow | undefined
                    customElements is absent          | typeof window.customElements      | undefined
                    ResizeObserver is absent          | typeof window.ResizeObserver      | undefined
                    structuredClone is absent         | typeof window.structuredClone     | undefined
                    navigator.webdriver is absent     | typeof navigator.webdriver        | undefined
                    """)
    void known_gap_in_the_platform(String gap, String script, String found) {
        assertThat(new Scripted(script).result).as(gap).isEqualTo(found);
    }

    /** A script run in a page, its result as a text. */
    private static final class Scripted {
        final String result;
        final List<String> errors = new ArrayList<>();

        Scripted(String script) {
            try (WebClient client = new WebClient(BrowserVersion.CHROME)) {
                client.getOptions().setThrowExceptionOnScriptError(false);
                client.setJavaScriptErrorListener(new org.htmlunit.javascript.SilentJavaScriptErrorListener() {
                    @Override
                    public void scriptException(HtmlPage page, org.htmlunit.ScriptException e) {
                        errors.add(String.valueOf(e.getMessage()));
                    }
                });
                MockWebConnection connection = new MockWebConnection();
                connection.setDefaultResponse("<html><body class='x y'></body></html>");
                client.setWebConnection(connection);
                HtmlPage page = client.getPage(URI.create("http://localhost/").toURL());
                Object value = page.executeJavaScript(script).getJavaScriptResult();
                result = value instanceof Double number && number == Math.rint(number)
                        ? Long.toString(number.longValue())
                        : String.valueOf(value);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
