package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import panelperf.generator.ProcessCpu;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * What an engine keeps of many visits to one page: heap after a collection, threads and sockets, printed every so many visits.
 * {@code mvn test -Dtest=FlatVisits}, with {@code -Dengine=full}, {@code -Dvisits=N}, {@code -DatOnce=N}, {@code -Devery=N} and
 * {@code -Durl=URL}; by default the light engine's 2,000 visits to our target's dashboard, in a process of its own, and
 * the full one's 200. {@code -Durl=panel}: the dashboard of {@code variants.py} on Panel 1.3.8. Not run by itself.
 */
final class FlatVisits {
    private static final boolean FULL = System.getProperty("engine", "light").equals("full");
    private static final int VISITS = Integer.getInteger("visits", FULL ? 200 : 2000);
    private static final int AT_ONCE = Integer.getInteger("atOnce", FULL ? 2 : 8);
    private static final int EVERY = Integer.getInteger("every", FULL ? 20 : 200);
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Ticker ticker = Ticker.system();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicInteger loaded = new AtomicInteger();
    private final Map<String, Integer> others = new TreeMap<>();

    @Test
    void heap_threads_and_sockets_of_many_visits() throws Exception {
        String url = System.getProperty("url", "");
        if (url.equals("panel")) {
            try (RealPanel panel = Release.STUDY.variants()) {
                visits(panel.url().resolve("/dashboard"));
            }
        } else if (url.isEmpty()) {
            Process target = target();
            try {
                visits(address(target));
            } finally {
                target.getOutputStream().close(); // it ends with its input
                target.waitFor(10, TimeUnit.SECONDS);
            }
        } else {
            visits(URI.create(url));
        }
    }

    private static Process target() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "panelperf.app.Main",
                        "serve",
                        "--app",
                        "dashboard",
                        "--port",
                        "0",
                        "--until-stdin-closes")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static URI address(Process target) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(target.getInputStream(), StandardCharsets.UTF_8));
        Matcher ready = Pattern.compile("http://localhost:\\d+/").matcher(String.valueOf(out.readLine()));
        assertThat(ready.find()).isTrue();
        return URI.create(ready.group());
    }

    private void visits(URI url) throws Exception {
        System.out.printf(
                Locale.ROOT, "%s engine, %d visits to %s, %d at once%n", FULL ? "full" : "light", VISITS, url, AT_ONCE);
        System.out.println("| visits | loaded | heap, MB | threads | sockets | CPU, ms a visit |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: |");
        try (Browser browser = FULL ? Visiting.fullBrowser() : Visiting.browser()) {
            browser.prepare(url, RequestHeaders.none());
            double cpu = ProcessCpu.ms();
            long begin = ticker.nanos();
            for (int begun = 1; begun <= VISITS; begun++) {
                free.acquire();
                browser.open(new PageRequest(url, "flat", ticker.nanos(), DEADLINE), this::ended);
                if (begun % EVERY == 0) {
                    free.acquire(AT_ONCE); // all have ended
                    double used = (ProcessCpu.ms() - cpu) / EVERY;
                    TimeUnit.SECONDS.sleep(1); // and what is given back after a visit has been
                    row(begun, used);
                    cpu = ProcessCpu.ms();
                    free.release(AT_ONCE);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d of %d loaded in %.0f s%s%n",
                    loaded.get(),
                    VISITS,
                    Timeline.millisBetween(begin, ticker.nanos()) / 1000,
                    others.isEmpty() ? "" : "; others: " + others);
        }
    }

    private void ended(PageView view) {
        if (view.outcome() instanceof Outcome.Loaded) {
            loaded.incrementAndGet();
        } else {
            synchronized (others) {
                others.merge(VariantsTable.answer(view.outcome()), 1, Integer::sum);
            }
        }
        free.release();
    }

    private void row(int visits, double cpuMs) {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %.1f | %d | %s | %.0f |%n",
                visits,
                loaded.get(),
                memory.getHeapMemoryUsage().getUsed() / 1e6,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                sockets(),
                cpuMs);
    }

    /** Open sockets of this process, where the system tells. */
    private static String sockets() {
        if (!Files.isDirectory(FILES)) {
            return "not told";
        }
        try (Stream<Path> files = Files.list(FILES)) {
            List<Path> all = files.toList();
            return Long.toString(all.stream().filter(FlatVisits::isSocket).count());
        } catch (IOException e) {
            return "not told";
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
