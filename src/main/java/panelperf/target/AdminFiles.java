package panelperf.target;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The files of the admin page. Their folder's name is made of their content, so that browsers may keep them for ever and
 * modules find one another. The chart library is served from its jar, as it came.
 */
final class AdminFiles {
    private static final String FOLDER = "/static/admin/";
    private static final List<String> SCRIPTS = List.of(
            "charts.js",
            "feed.js",
            "format.js",
            "logs.js",
            "main.js",
            "overview.js",
            "profiling.js",
            "store.js",
            "table.js",
            "timeline.js",
            "timeline-hand.js",
            "timeline-paint.js",
            "timeline-view.js",
            "timeline-words.js");
    private static final String STYLE = "admin.css";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CHARTS_FACTS = "/META-INF/maven/org.mvnpm/echarts/pom.properties";

    private static final class Stored {
        private final String type;
        private final byte[] body;

        Stored(String type, byte[] body) {
            this.type = type;
            this.body = body;
        }
    }

    /** Read once; a process may have several servers. */
    static final AdminFiles ALL = new AdminFiles();

    private final Map<String, Stored> files = new HashMap<>();
    private final String page;
    private final String login;

    private AdminFiles() {
        String chartsVersion = chartsVersion();
        String charts = FOLDER + "echarts/" + chartsVersion + "/echarts.common.min.js";
        files.put(
                charts,
                new Stored(
                        JAVASCRIPT,
                        bytes("/META-INF/resources/_static/echarts/" + chartsVersion + "/dist/echarts.common.min.js")));
        String folder = own();
        page = named(Resource.text("admin/admin.html"), folder, charts);
        login = named(Resource.text("admin/login.html"), folder, charts);
    }

    private String own() {
        Map<String, byte[]> own = new HashMap<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        SCRIPTS.forEach(name -> own.put(name, bytes("admin/" + name)));
        own.put(STYLE, bytes("admin/" + STYLE));
        own.keySet().stream().sorted().forEach(name -> all.writeBytes(own.getOrDefault(name, new byte[0])));
        String folder = FOLDER + Hashes.sha1(all.toByteArray()).substring(0, 16) + "/";
        own.forEach((name, body) -> files.put(
                folder + name, new Stored(name.equals(STYLE) ? "text/css; charset=utf-8" : JAVASCRIPT, body)));
        return folder;
    }

    private static String named(String html, String folder, String charts) {
        return html.replace("{{folder}}", folder)
                .replace("{{charts}}", charts)
                .replace("{{icon}}", "/" + StaticRoute.ICON.url());
    }

    private static String chartsVersion() {
        Properties facts = new Properties();
        try {
            facts.load(new StringReader(new String(bytes(CHARTS_FACTS), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts.getProperty("version");
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = AdminFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "expected the resource " + resource + " on the class path, found none; rebuild the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page itself. */
    FullHttpResponse page() {
        return html(HttpResponseStatus.OK, page);
    }

    /** What asks for the secret. */
    FullHttpResponse login(HttpResponseStatus status, String sentence) {
        return html(status, login.replace("{{sentence}}", sentence));
    }

    private static FullHttpResponse html(HttpResponseStatus status, String html) {
        return AdminHeaders.on(Responses.of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8)));
    }

    /** One file; they are no secret. */
    Optional<FullHttpResponse> file(String path) {
        return Optional.ofNullable(files.get(path)).map(file -> {
            FullHttpResponse response = AdminHeaders.on(Responses.of(HttpResponseStatus.OK, file.type, file.body));
            response.headers().set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
            return response;
        });
    }

    static boolean isFile(String path) {
        return path.startsWith(FOLDER);
    }
}
