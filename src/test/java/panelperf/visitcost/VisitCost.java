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
 * <p>{@code -Dparts=visits,ours,alive,held,first}, and {@code soak}, {@code few}, {@code wires}; {@code
 * -Dpages=ours,hello,dashboard}; {@code -Dcaches=warm,cold}; {@code -Dengines=light,full}; {@code -Dusers=8}; {@code -Dheld=2000};
 * {@code -Dsoak=5000}; {@code -Dfew=320}; {@code -Dalive=10,1000,10,1000}, of which the first is not counted; {@code -Dflags=} for other flags of the injector's JVM than a run has, several sets of
 * them with {@code ;} between; {@code -Djfr=FILE} for a recording.
 */
final class VisitCost {
    private static final Path PLACE = Path.of("target", "visit-cost");

    @Test
    void prints_what_a_visit_costs() throws Exception {
        for (List<String> flags : flags()) {
            System.out.printf(
                    Locale.ROOT,
                    "%d processors, JDK %s, injector: %s%n",
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version(),
                    String.join(" ", flags));
            measure(flags);
        }
    }

    /** @param flags of the injector's JVM */
    private void measure(List<String> flags) throws Exception {
        List<String> parts = list("parts", "first,visits,ours,alive,held");
        for (String page : list("pages", "ours,hello,dashboard")) {
            Path recording = recording(page);
            try (Child server = Child.start(List.of("-Xmx512m"), ReplayServer.class.getName(), recording.toString())) {
                URI url = server.url();
                for (String part : parts) {
                    if (part.equals("wires")) {
                        wires(flags, page, url, RecordedPage.read(recording).texts());
                    } else if (!part.equals("ours")) {
                        for (String engine : list("engines", "light")) {
                            measure(flags, part, page, engine, url);
                        }
                    }
                }
            }
        }
        if (parts.contains("ours")) {
            besideOurTarget(flags);
        }
    }

    private void measure(List<String> flags, String part, String page, String engine, URI url) throws Exception {
        switch (part) {
            case "visits" -> {
                for (String cache : list("caches", "warm,cold")) {
                    run(flags, part, page, engine, cache, url, "0");
                }
            }
            case "alive" -> run(flags, part, page, engine, "warm", url, "0");
            case "first" -> run(flags, part, page, engine, "cold", url, "0");
            case "few" -> run(flags, part, page, engine, "cold", url, System.getProperty("few", "320"));
            case "held" -> run(flags, part, page, engine, "warm", url, System.getProperty("held", "2000"));
            default -> run(flags, part, page, engine, "warm", url, System.getProperty("soak", "5000"));
        }
    }

    /** The network alone, by each client in a JVM of its own. */
    private void wires(List<String> flags, String page, URI url, int texts) throws Exception {
        for (String wire : list("wires", "ours,java.net.http,gatling-http-client,reactor-netty")) {
            try (Child injector = Child.start(
                    flags,
                    WireInjector.class.getName(),
                    "wire=" + wire,
                    "url=" + url,
                    "users=" + System.getProperty("users", "8"),
                    "frames=" + texts)) {
                print(injector, "wires  %-18s %-18s".formatted(page, wire));
            }
        }
    }

    /** Visits to a target as a run has it, which takes its share of the machine. */
    private void besideOurTarget(List<String> flags) throws Exception {
        try (Child target =
                Child.start(List.of(), "panelperf.app.Main", "serve", "--port", "0", "--until-stdin-closes")) {
            run(flags, "visits", "our target itself", "light", "warm", target.url(), "0");
        }
    }

    private void run(List<String> given, String part, String page, String engine, String cache, URI url, String pages)
            throws Exception {
        List<String> flags = new ArrayList<>(given);
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
                "pages=" + pages,
                "alive=" + System.getProperty("alive", "10,1,10,100,1000,100,10,1000,1"))) {
            print(injector, "%-6s %-18s %-5s %-4s".formatted(part, page, engine, cache));
        }
    }

    private static void print(Child injector, String what) throws IOException {
        List<String> lines = injector.lines();
        List<String> results =
                lines.stream().filter(line -> line.startsWith("result ")).toList();
        results.forEach(line -> System.out.println(what + " " + line.substring("result ".length())));
        assertThat(results).as(String.join("\n", lines)).isNotEmpty();
        lines.stream().filter(line -> line.startsWith("failed")).forEach(System.out::println);
    }

    /** Recorded once, from servers that are started for it. */
    static Path recording(String page) throws IOException, InterruptedException {
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

    static List<String> list(String name, String otherwise) {
        return List.of(System.getProperty(name, otherwise).split(",", -1));
    }

    /** Those of a run, which the pom has; or others that are compared, one set after the other. */
    static List<List<String>> flags() throws IOException {
        String given = System.getProperty("flags", "");
        if (!given.isEmpty()) {
            return Pattern.compile(";")
                    .splitAsStream(given)
                    .map(set -> List.of(set.strip().split(" ", -1)))
                    .toList();
        }
        return List.of(Pattern.compile("<jvmArg>(.*?)</jvmArg>")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList());
    }
}
