package panelperf.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Json;
import panelperf.bokeh.Message;
import panelperf.bokeh.Tokens;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * One page from its request to its last loader's end, a step at a time, as BokehJS does it but without a browser's own time
 * between the steps. One thread's.
 */
final class PageLife implements AutoCloseable {
    /** What Panel's BrowserInfo tells of a browser (panel/models/browser.ts). */
    private static final Map<String, JsonNode> BROWSER = browser();

    private static final int OK = 200;
    /** More than the end of all sessions of a batch holds a server for. */
    private static final long RENDER_NANOS = 20_000_000_000L;

    private final Site site;
    private final Dialer dialer;
    private final Ticker ticker;
    private final boolean quick;
    private final Link requests;
    private final String server;
    private final String html;
    private final String token;
    private final double initMs;
    private @Nullable Link socket;
    private Drawing drawing = Drawing.empty();
    private int messages;
    private long readyNanos;
    private String readyRequest = "";

    private PageLife(
            Site site,
            Dialer dialer,
            Ticker ticker,
            boolean quick,
            Link requests,
            Arrival.Response answer,
            double initMs)
            throws CannotMeasure {
        this.site = site;
        this.dialer = dialer;
        this.ticker = ticker;
        this.quick = quick;
        this.requests = requests;
        this.server = answer.server();
        this.html = answer.body();
        this.token = token(site, html);
        this.initMs = initMs;
    }

    /** Asks for the page: the server makes a session for it. */
    static PageLife request(Site site, Dialer dialer, Ticker ticker, boolean quick)
            throws CannotMeasure, InterruptedException {
        Link link = dialer.dial(quick);
        long begin = ticker.nanos();
        Arrival.Response page = link.get(site.path());
        if (page.status() != OK) {
            throw new CannotMeasure("expected the page at " + site.page() + ", found status " + page.status()
                    + "; name a page of the server");
        }
        return new PageLife(site, dialer, ticker, quick, link, page, millis(begin, page.atNanos()));
    }

    private static String token(Site site, String html) throws CannotMeasure {
        try {
            return Tokens.embeddedIn(html)
                    .orElseThrow(() -> new CannotMeasure("expected a page of a Bokeh server at " + site.page()
                            + ", found one without a session's token; name a page that Panel or Bokeh serves"));
        } catch (JsonProcessingException e) {
            throw new CannotMeasure("expected a session's token in the page at " + site.page() + ", found "
                    + "what is no JSON; name a page that Panel or Bokeh serves");
        }
    }

    /** What the server calls itself, and the version of Bokeh that the document names once it is pulled. */
    String server() {
        return drawing.version()
                .map(version -> "Bokeh " + version + ", " + server)
                .orElse(server);
    }

    /** From the request to the page's last byte, ms. */
    double initMs() {
        return initMs;
    }

    /** Fetches what the page names on its own host, one after another; for each, ms. */
    List<Double> fetchFiles() throws CannotMeasure, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (String file : site.files(html)) {
            long begin = ticker.nanos();
            times.add(millis(begin, requests.get(file).atNanos()));
        }
        return times;
    }

    /** Opens the websocket; until the server's greeting, ms. */
    double join() throws CannotMeasure, InterruptedException {
        Link link = dialer.dial(quick);
        socket = link;
        long begin = ticker.nanos();
        Arrival greeting = link.join(token);
        if (greeting instanceof Arrival.Told told && told.msgtype().equals("ACK")) {
            return millis(begin, told.atNanos());
        }
        throw new CannotMeasure("expected the server to greet the page's websocket, found: " + greeting.text()
                + "; is its origin allowed?");
    }

    /** Pulls the document; until it is there, ms. */
    double pull() throws CannotMeasure, InterruptedException {
        long begin = ticker.nanos();
        Arrival.Told reply = ask("PULL-DOC-REQ", Json.object());
        drawing = Drawing.of(reply.content().path("doc"));
        return millis(begin, reply.atNanos());
    }

    /** An exchange that leads to nothing but its answer, ms. */
    double serverInfo() throws CannotMeasure, InterruptedException {
        long begin = ticker.nanos();
        return millis(begin, ask("SERVER-INFO-REQ", Json.object()).atNanos());
    }

    /** Tells what the browser is, in one burst as BokehJS does; until the last answer, for each message, ms. */
    List<Double> tellBrowser() throws CannotMeasure, InterruptedException {
        Optional<String> model = drawing.browserInfo();
        if (model.isEmpty()) {
            return List.of();
        }
        long begin = ticker.nanos();
        String last = "";
        for (Map.Entry<String, JsonNode> fact : BROWSER.entrySet()) {
            last = tell("PATCH-DOC", changed(model.get(), fact.getKey(), fact.getValue()));
        }
        double all = millis(begin, answerTo(last).atNanos());
        return Collections.nCopies(BROWSER.size(), all / BROWSER.size());
    }

    /** Says that the page is drawn, and waits until its loaders are gone. */
    Rendered ready() throws CannotMeasure, InterruptedException {
        sayReady();
        return awaitRendered();
    }

    /** Says that the page is drawn; what follows is deferred content. */
    void sayReady() {
        readyNanos = ticker.nanos();
        readyRequest = tell("PATCH-DOC", ready(Json.object()));
    }

    /** Waits for what follows {@link #sayReady}. */
    Rendered awaitRendered() throws CannotMeasure, InterruptedException {
        long lastNanos = readyNanos;
        double answered = Double.NaN;
        double content = Double.NaN;
        double ended = drawing.loaders().isEmpty() ? 0 : Double.NaN;
        while (Double.isNaN(answered) || Double.isNaN(ended)) {
            Arrival arrival = socket().next(RENDER_NANOS);
            if (arrival == null) {
                break;
            }
            Arrival.Told told = told(arrival);
            double at = millis(readyNanos, told.atNanos());
            lastNanos = told.atNanos();
            if (told.reqid().filter(readyRequest::equals).isPresent()) {
                answered = at;
            } else if (told.msgtype().equals("PATCH-DOC")) {
                Drawing before = drawing;
                drawing = before.patched(told.content());
                content = Double.isNaN(content) && before.fills(told.content()) ? at : content;
                ended = Double.isNaN(ended) && drawing.loaders().isEmpty() ? at : ended;
            }
        }
        return new Rendered(answered, Double.isNaN(content) ? ended : content, ended, lastNanos);
    }

    /**
     * When what followed {@code document_ready} came, ms after it.
     *
     * <p>What did not come within the patience is not a number.
     *
     * @param answered the answer itself
     * @param content the first loader's content
     * @param ended the last loader's end; 0 for a page without loaders
     * @param lastNanos when the last of them came, by the ticker
     */
    record Rendered(double answered, double content, double ended, long lastNanos) {
        /** Whether all of it came: now and then Panel 1.3.8 never ends a loader whose function ran on a thread. */
        boolean isWhole() {
            return !Double.isNaN(answered) && !Double.isNaN(ended);
        }
    }

    /** How many times the busy indicator is told to turn within a time. */
    int busyTurns(long patienceNanos) throws InterruptedException {
        int turns = 0;
        long end = ticker.nanos() + patienceNanos;
        for (long left = patienceNanos; left > 0; left = end - ticker.nanos()) {
            if (socket().next(left) instanceof Arrival.Told told && drawing.turnsBusy(told.content())) {
                turns++;
            }
        }
        return turns;
    }

    /** Says goodbye; from now on the session is unused. */
    @Override
    public void close() {
        requests.close();
        Link open = socket;
        if (open != null) {
            open.leave();
        }
    }

    private Arrival.Told ask(String msgtype, JsonNode content) throws CannotMeasure, InterruptedException {
        return answerTo(tell(msgtype, content));
    }

    private String tell(String msgtype, JsonNode content) {
        String msgid = "c" + ++messages;
        socket().tell(new Message(msgid, msgtype, null, content));
        return msgid;
    }

    private Arrival.Told answerTo(String msgid) throws CannotMeasure, InterruptedException {
        return until(told -> told.reqid().filter(msgid::equals).isPresent());
    }

    private Arrival.Told until(Predicate<Arrival.Told> wanted) throws CannotMeasure, InterruptedException {
        while (true) {
            Arrival.Told told = told(socket().next());
            if (wanted.test(told)) {
                return told;
            }
        }
    }

    private Arrival.Told told(Arrival arrival) throws CannotMeasure {
        if (arrival instanceof Arrival.Told told) {
            return told;
        }
        throw new CannotMeasure("expected the page's websocket to stay open, found: " + arrival.text()
                + "; look into the server's log");
    }

    private Link socket() {
        Link open = socket;
        if (open == null) {
            throw new IllegalStateException("a page joins before it speaks");
        }
        return open;
    }

    private static ObjectNode changed(String model, String attribute, JsonNode value) {
        ObjectNode event = Json.object().put("kind", "ModelChanged");
        event.putObject("model").put("id", model);
        event.put("attr", attribute).set("new", value);
        ObjectNode content = Json.object();
        content.putArray("events").add(event);
        return content;
    }

    private static ObjectNode ready(ObjectNode content) {
        ObjectNode event = content.putArray("events").addObject();
        event.put("kind", "MessageSent").put("msg_type", "bokeh_event");
        ObjectNode data = event.putObject("msg_data").put("type", "event").put("name", "document_ready");
        data.putObject("values").put("type", "map");
        return content;
    }

    private static Map<String, JsonNode> browser() {
        ObjectNode facts = Json.object()
                .put("dark_mode", false)
                .put("device_pixel_ratio", 1)
                .put("language", "en")
                .put("webdriver", true)
                .put("timezone", "UTC")
                .put("timezone_offset", 0);
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        facts.properties().forEach(fact -> ordered.put(fact.getKey(), fact.getValue()));
        return ordered;
    }

    private static double millis(long from, long to) {
        return Timeline.millisBetween(from, to);
    }
}
