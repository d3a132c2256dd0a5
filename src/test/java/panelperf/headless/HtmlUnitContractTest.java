package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.RealParts;

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
                    object rest              | var {a, ...r} = {a: 1, b: 2}; Object.keys(r).join()                 | b
                    loops over maps          | var s = 0; for (var [k, v] of new Map([[1, 2], [3, 4]])) s += k * v; s | 14
                    generators that delegate | Array.from((function* () { yield 1; yield* [2, 3]; })()).join()      | 1,2,3
                    errors in generators     | var i = (function* () { try { yield 1; } catch (e) { yield e; } })(); i.next(); i.throw(5).value | 5
                    symbols as keys          | var s = Symbol('x'); ({[s]: 6})[s]                                   | 6
                    tagged templates         | ((s, ...v) => s.raw.join('-') + v[0])`a${1}b`                        | a-b1
                    logical assignment       | var a = null; a ??= 3; a &&= a + 1; a                                | 4
                    big integers             | String(10n ** 2n)                                                    | 100
                    look-behind and names    | /(?<=a)(?<y>X)/.exec('aX').groups.y                                  | X
                    proxies                  | new Proxy({}, {get: (t, k) => k + '!'}).q                            | q!
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
                    a yield among others wants parentheses | (function* () { f(1, yield 2); })(); 1
                    """)
    void known_gap_in_the_parser(String gap, String script) {
        assertThat(new Scripted(script).errors).as(gap).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    closures in a for-let loop share their variable  | var f = []; for (let i = 0; i < 3; i++) { f.push(() => i); } f.map(g => g()).join() | 3,3,3
                    closures in a for-of loop share their variable   | var f = []; for (const i of [0, 1, 2]) { f.push(() => i); } f.map(g => g()).join() | 2,2,2
                    an iterator is not closed when its loop is left  | var c = 0, i = {[Symbol.iterator]: () => ({next: () => ({value: 1}), return: () => { c++; return {}; }})}; for (var x of i) { break; } c | 0
                    isConnected is absent             | typeof document.body.isConnected  | undefined
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

    @Tag("real")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    classes                  | class A { constructor() { this.x = 1; } get y() { return this.x + 1; } } new A().y             | 2
                    fields, also private     | class A { #p = 2; static s = 3; q = 4; r() { return this.#p * A.s * this.q; } } new A().r()    | 24
                    classes of native ones   | class A extends Array { last() { return this[this.length - 1]; } } var a = new A(); a.push(7); a.last() | 7
                    calls of the super class | class A { f(x) { return x + 1; } } class B extends A { f(x) { return super.f(x) * 2; } } new B().f(3) | 8
                    spread in calls          | Math.max(...[1, 5], ...new Set([4]))                                                           | 5
                    spread in constructors   | new Date(...[2020, 1, 2]).getFullYear()                                                        | 2020
                    closures in loops        | var f = []; for (let i = 0; i < 3; i++) { f.push(() => i); } for (const j of [7]) f.push(() => j); f.map(g => g()).join() | 0,1,2,7
                    closures over keys       | var f = []; for (const k in {a: 1, b: 2}) f.push(() => k); f.map(g => g()).join()               | a,b
                    loops left early         | var r = (() => { for (const x of [1, 2]) { const g = () => x; if (x === 2) return g(); } })(); r | 2
                    yields among others      | var i = (function* () { return [yield 1, yield 2].concat(String(yield 3)).join(); })(); i.next(); i.next('a'); i.next('b'); i.next('c').value | a,b,c
                    yields in sequences      | var i = (function* () { var a; a = yield 1, a = a + (yield 2); return a; })(); i.next(); i.next(3); i.next(4).value | 7
                    letters of two bytes     | var i = (function* () { return 'é€😀' + (yield 'ü') + [yield 'ß', 1]; })(); i.next(); i.next('ä'); i.next('ö').value | é€😀äö,1
                    """)
    void runs_once_it_is_transpiled(String feature, String script, String expected) throws Exception {
        assertThat(new Scripted(RealParts.transpiler().transpile(feature, script)).result)
                .as(feature)
                .isEqualTo(expected);
    }

    @Test
    @Tag("real")
    void async_functions_run_in_their_order_once_they_are_transpiled() throws Exception {
        String script = """
                document.title = '';
                const say = async (word) => { document.title += word; return word; };
                (async () => {
                  try { say(await say('a'), await say('b')); await Promise.reject('c'); } catch (e) { say(e); }
                  for await (const x of [say('d'), 'e']) { say(x); }
                })();
                document.title += '!';
                """;

        assertThat(new Scripted(RealParts.transpiler().transpile("async", script)).title)
                .isEqualTo("a!bacdde"); // as in Node;
    }

    /** A script run in a page, its result as a text. */
    private static final class Scripted {
        final String result;
        final String title;
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
                title = page.getTitleText();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
