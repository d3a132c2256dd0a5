package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.htmlunit.BrowserVersion;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.time.Ticker;

final class ScriptEngineTest {
    /** The listener is called by the parser's thread, the job by another. */
    private static final String PAGE = """
            <html><body><script>
            var said = [];
            document.addEventListener('DOMContentLoaded', function () {
              setTimeout(function () { said.push('job'); }, 0);
              Promise.resolve().then(function () {
                var end = Date.now() + 300;
                said.push('reaction begins');
                while (Date.now() < end) { }
                said.push('and ends');
              });
            });
            </script></body></html>
            """;

    @Test
    @Timeout(30)
    void a_job_waits_for_the_reactions_of_promises() throws Exception {
        PooledJobs.installed();
        try (WebClient client = new PageClient(BrowserVersion.CHROME)) {
            Ticker ticker = Ticker.system();
            long deadline = ticker.nanos() + TimeUnit.SECONDS.toNanos(30);
            client.setJavaScriptEngine(
                    new ScriptEngine(client, ticker, deadline, new CompiledScripts(), (name, source) -> source));
            MockWebConnection connection = new MockWebConnection();
            connection.setDefaultResponse(PAGE);
            client.setWebConnection(connection);

            HtmlPage page = client.getPage(URI.create("http://localhost/").toURL());
            String said = said(page);
            while (!said.contains("job") || !said.contains("ends")) {
                TimeUnit.MILLISECONDS.sleep(10);
                said = said(page);
            }

            assertThat(said).isEqualTo("reaction begins,and ends,job");
        }
    }

    private static String said(HtmlPage page) {
        return String.valueOf(page.executeJavaScript("said.join()").getJavaScriptResult());
    }
}
