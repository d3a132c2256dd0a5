package panelperf.visitcost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import panelperf.RealParts;
import panelperf.headless.RealPanel;

/**
 * What a visit costs the injector: {@code mvn test -Dtest=VisitCost}. Not run by itself.
 *
 * <p>{@code -Dparts=visits,ours,alive,held,first} and {@code soak}; {@code -Dpages=ours,hello,dashboard}; {@code
 * -Dcaches=warm,cold}; {@code -Dengines=light}; {@code -Dusers=8}; {@code -Dheld=2000}; {@code -Dsoak=5000}; {@code
 * -Dflags=} for other flags of the injector's JVM than a run has; {@code -Djfr=FILE} for a recording.
 */
final class VisitCost {
    private static final Path PLACE = Path.of("target", "visit-cost");

    @Test
    void prints_what_a_visit_costs() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d processors, JDK %s, injector: %s%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                String.join(" ", flags()));
        List<String> parts = list("parts", "first,visits,ours,alive,held");
        for (String page : list("pages", "ours,hello,dashboard")) {
            Path recording = recording(page);
            try (Child server = Child.start(List.of("-Xmx512m"), ReplayServer.class.getName(), recording.toString())) {
                URI url = server.url();
                for (String engine : list("engines", "light")) {
                    for (String part : parts) {
                        if (!part.equals("ours")) {
                            measure(part, page, engine, url);
                        }
                    }
                }
            }
        }
        if (parts.contains("ours")) {
            besideOurTarget();
        }
    }

    private static void measure(String part, String page, String engine, URI url) throws Exception {
        if (part.equals("visits")) {
            for (String cache : list("caches", "warm,cold")) {
                run(part, page, engine, cache, url, "0");
            }
        } else if (part.equals("first")) {
            run(part, page, engine, "cold", url, "0");
        } else {
            String pages =
                    part.equals("held") ? System.getProperty("held", "2000") : System.getProperty("soak", "5000");
            run(part, page, engine, "warm", url, pages);
        }
    }

    /** Visits to a target as a run has it, which takes its share of the machine. */
    private static void besideOurTarget() throws Exception {
        try (Child target =
                Child.start(List.of(), "panelperf.app.Main", "serve", "--port", "0", "--until-stdin-closes")) {
            run("visits", "our target itself", "light", "warm", target.url(), "0");
        }
    }

    private static void run(String part, String page, String engine, String cache, URI url, String pages)
            throws Exception {
        List<String> flags = new ArrayList<>(flags());
        String jfr = System.getProperty("jfr", "");
        if (!jfr.isEmpty()) {
            flags.add("-XX:StartFlightRecording=filename=" + jfr + ",settings=profile");
        }
        try (Child injector = Child.start(
                flags,
                Injector.class.getName(),
                "part=" + part,
                "engine=" + engine,
                "url=" + url,
                "cache=" + cache,
                "users=" + System.getProperty("users", "8"),
                "pages=" + pages)) {
            List<String> lines = injector.lines();
            List<String> results =
                    lines.stream().filter(line -> line.startsWith("result ")).toList();
            results.forEach(line -> System.out.printf(
                    "%-6s %-18s %-5s %-4s %s%n", part, page, engine, cache, line.substring("result ".length())));
            assertThat(results).as(String.join("\n", lines)).isNotEmpty();
            lines.stream().filter(line -> line.startsWith("failed")).forEach(System.out::println);
        }
    }

    /** Recorded once, from servers that are started for it. */
    private static Path recording(String page) throws IOException, InterruptedException {
        Path file = PLACE.resolve(page + ".page");
        if (!Files.exists(file)) {
            if (page.equals("ours")) {
                try (Child target =
                        Child.start(List.of(), "panelperf.app.Main", "serve", "--port", "0", "--until-stdin-closes")) {
                    Recorder.record(target.url()).write(file);
                }
            } else {
                try (RealPanel panel = RealPanel.start(RealParts.python(), "src/test/python/" + page + ".py")) {
                    Recorder.record(panel.url()).write(file);
                }
            }
        }
        RecordedPage recorded = RecordedPage.read(file);
        System.out.printf(
                Locale.ROOT,
                "%s: %d files, %.0f kB with the page and its frames%n",
                page,
                recorded.files().size(),
                recorded.bytes() / 1e3);
        return file;
    }

    private static List<String> list(String name, String otherwise) {
        return List.of(System.getProperty(name, otherwise).split(",", -1));
    }

    /** Those of a run: the pom has them, once. */
    private static List<String> flags() throws IOException {
        String given = System.getProperty("flags", "");
        if (!given.isEmpty()) {
            return List.of(given.split(" ", -1));
        }
        return Pattern.compile("<jvmArg>(.*?)</jvmArg>")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
