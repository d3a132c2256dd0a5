package panelperf.headless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.htmlunit.BrowserVersion;
import org.htmlunit.Cache;
import org.htmlunit.DefaultPageCreator;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.Page;
import org.htmlunit.ScriptException;
import org.htmlunit.WebClient;
import org.htmlunit.WebClientOptions;
import org.htmlunit.WebConsole;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.LambdaFunction;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.SerializableCallable;
import org.htmlunit.corejs.javascript.Undefined;
import org.htmlunit.corejs.javascript.VarScope;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.JavaScriptErrorListener;
import org.htmlunit.javascript.background.BackgroundJavaScriptFactory;
import org.htmlunit.javascript.host.Window;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Tokens;
import panelperf.time.Ticker;
import panelperf.transpile.CannotTranspile;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.Redaction;
import panelperf.visit.Step;

/** HtmlUnit's side of one visit: its client, our scripts in its page, and what they tell. */
final class HtmlUnitPage {
    private static final BrowserVersion BROWSER = new BrowserVersion.BrowserVersionBuilder(BrowserVersion.CHROME)
            .setSystemTimezone(TimeZone.getTimeZone(ZoneOffset.UTC))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ERRORS = 10;
    /** As many as there are browsers of different pacing in this JVM. */
    private static final Map<Pacing, String> DRIVERS = new ConcurrentHashMap<>();

    /** What BokehJS says of a document that it gave up. */
    private static final String NOT_DRAWN = "Error rendering Bokeh items:";

    private static final Pattern EMBEDS = Pattern.compile("\\bembed_items\\b|/autoload\\.js\\b");
    private static final Pattern PASSWORD = Pattern.compile("(?i)<input\\b[^>]*type\\s*=\\s*[\"']?password");
    private static final Pattern FRAME = Pattern.compile("(?i)<i?frame\\b[^>]*?\\bsrc\\s*=\\s*[\"']?([^\"'\\s>]+)");

    /** What happens in a page. */
    interface Events {
        void mark(String name);

        void failed(Outcome.Failed failure);

        void session(@Nullable String id);

        /** Whether the page is to take steps and tell of them. */
        boolean wantsSteps();

        /** A step is {@code sent} or {@code unchanged}, or the server has {@code answered} it or {@code changed} a model. */
        void step(String what, String model, boolean loader);

        /** Whether {@link #drawn} is to be told: it takes time that a visit under load does not have. */
        boolean wantsDrawn();

        void drawn(Drawn drawn);

        /** A script had to be transpiled while the page waited. */
        void transpiled(String script);
    }

    /** The page could not be opened, for a reason that is not the wire's. */
    static final class NotOpened extends Exception {
        private static final long serialVersionUID = 1L;
        private final String cause;

        NotOpened(String cause, String message) {
            super(message);
            this.cause = cause;
        }

        String cause() {
            return cause;
        }
    }

    private final Network network;
    private final PageTraffic traffic;
    private final PaintModel paint;
    private final PageEngine kind;
    private final Events events;
    private final WebClient client;
    private final ScriptEngine engine;
    private final List<String> scriptErrors = new CopyOnWriteArrayList<>();
    private volatile @Nullable PageSocket sockets;
    private volatile @Nullable WebWindow window;
    private volatile @Nullable Actor actor;

    HtmlUnitPage(
            Network network, PageTraffic traffic, PaintModel paint, PageEngine kind, Ticker ticker, Events events) {
        this.network = network;
        this.traffic = traffic;
        this.paint = paint;
        this.kind = kind;
        this.events = events;
        this.client = new PageClient(BROWSER);
        this.engine = new ScriptEngine(
                client, ticker, ticker.nanos() + traffic.left().toNanos(), kind.compiled(), this::runnable);
        configure(Math.max(1, traffic.left().toMillis()));
    }

    private void configure(long timeoutMs) {
        client.setJavaScriptEngine(engine);
        client.setWebConnection(traffic);
        traffic.keepCookiesIn(client);
        client.setCache(new StylesOnly());
        client.setJavaScriptTimeout(timeoutMs);
        client.setJavaScriptErrorListener(new Errors());
        if (kind.runsBundles()) {
            client.getWebConsole().setLogger(new ConsoleErrors());
        }
        client.setIncorrectnessListener((message, origin) -> {});
        client.setPageCreator(new ScriptedPages());
        WebClientOptions options = client.getOptions();
        options.setCssEnabled(false);
        options.setDownloadImages(false);
        options.setWebSocketEnabled(false);
        options.setThrowExceptionOnScriptError(false);
        options.setThrowExceptionOnFailingStatusCode(false);
        options.setHistoryPageCacheLimit(0);
        options.setHistorySizeLimit(1);
    }

    /** Fetches and parses; returns when the page's own scripts have run. On a worker. */
    void open(URI url) throws IOException, NotOpened {
        try {
            Page opened = client.getPage(new WebRequest(url.toURL()));
            if (opened.getWebResponse().getStatusCode() / 100 == 2 && !(opened instanceof HtmlPage)) {
                throw new NotOpened(
                        Cause.NOT_PANEL,
                        "expected HTML, found " + opened.getWebResponse().getContentType());
            }
        } catch (FailingHttpStatusCodeException e) {
            throw new NotOpened(Cause.TOO_MUCH, "more redirects than a browser follows");
        }
    }

    /** Why a page that stands has not begun a document. */
    Outcome.Failed noDocument() {
        WebWindow top = window;
        Page standing = top == null ? null : top.getEnclosedPage();
        String found = standing == null ? "" : standing.getWebResponse().getContentAsString();
        if (PASSWORD.matcher(found).find()) {
            return unsupported("a login form; sign in with a browser and give its cookie as a header");
        }
        if (found.contains("autoload.js")) {
            return unsupported("an app embedded by autoload.js; name the app's own address");
        }
        Matcher frame = FRAME.matcher(found);
        if (frame.find()) {
            return unsupported("the frame " + Redaction.of(frame.group(1)) + "; name the frame's own address");
        }
        return scriptErrors.isEmpty()
                ? new Outcome.Failed(Cause.NOT_PANEL, "the page never started a Bokeh document")
                : new Outcome.Failed(Cause.SCRIPT_ERROR, scriptErrors.get(0));
    }

    private static Outcome.Failed unsupported(String met) {
        return new Outcome.Failed(Cause.UNSUPPORTED, met);
    }

    /** From any thread: no script runs any more, and the sockets say goodbye. */
    void stop() {
        engine.stop();
        PageSocket open = sockets;
        if (open != null) {
            open.closeAll();
        }
    }

    /** Lets scripts run until then. From any thread; after {@link #stop} none runs. */
    void allowUntil(long nanos) {
        engine.allowUntil(nanos);
    }

    /** Takes a step, soon, as a job of the page. From any thread. */
    void act(Step step) {
        Actor acting = actor;
        WebWindow top = window;
        if (acting != null && top != null) {
            top.getJobManager()
                    .addJob(
                            BackgroundJavaScriptFactory.theFactory()
                                    .createJavaScriptJob(0, null, () -> acting.act(json(step))),
                            acting.page());
        }
    }

    private static String json(Step step) {
        ObjectNode json = JSON.createObjectNode();
        if (step instanceof Step.Change change) {
            json.put("model", change.model()).put("property", change.property());
            json.set("value", JSON.valueToTree(change.value()));
        } else if (step instanceof Step.Click click) {
            json.put("model", click.model()).put("click", true);
        }
        return json.toString();
    }

    /** How long the page's jobs have waited for a thread, all together, ms. */
    double jobDelayMs() {
        WebWindow top = window;
        return top == null ? 0 : PooledJobs.waitedMs(top);
    }

    /** How long the page's jobs have waited for a thread, or run, ms. */
    double busyMs() {
        WebWindow top = window;
        return top == null ? 0 : PooledJobs.busyMs(top);
    }

    /** Gives back everything. Not on the page's own thread. */
    void close() {
        client.close();
    }

    /** Our scripts come before the page's first node, which is the one moment when listeners miss nothing. */
    private final class ScriptedPages extends DefaultPageCreator {
        private static final long serialVersionUID = 1L;

        @Override
        protected HtmlPage createHtmlPage(WebResponse response, WebWindow window) throws IOException {
            HtmlPage page = new HtmlPage(response, window);
            window.setEnclosedPage(page);
            if (window == client.getCurrentWindow().getTopWindow()) {
                prepare(page, window);
            } else if (EMBEDS.matcher(response.getContentAsString()).find()) {
                events.failed(unsupported("a document in the frame "
                        + Redaction.of(page.getUrl().toString()) + "; name the frame's own address"));
            }
            getHtmlParser().parse(client, response, page, false, false);
            return page;
        }
    }

    private void prepare(HtmlPage page, WebWindow top) {
        window = top;
        PooledJobs.whenBroken(top, problem -> events.failed(Outcome.Failed.of(problem)));
        page.addDomChangeListener(paint);
        page.addHtmlAttributeChangeListener(paint);
        Window global = top.getScriptableObject();
        VarScope scope = ScriptableObject.getTopLevelScope(global.getParentScope());
        PageSocket pageSockets =
                new PageSocket(network, traffic, engine, page, top, scope, kind.runsBundles(), events::failed);
        sockets = pageSockets;
        define(global, scope, "panelperfOpen", args -> pageSockets.open(args));
        define(global, scope, "panelperfSend", args -> {
            pageSockets.send(args);
            return Undefined.instance;
        });
        define(global, scope, "panelperfClose", args -> {
            pageSockets.close(args);
            return Undefined.instance;
        });
        define(global, scope, "panelperfMark", args -> {
            events.mark(String.valueOf(args[0]));
            return Undefined.instance;
        });
        define(global, scope, "panelperfFail", args -> {
            events.failed(new Outcome.Failed(String.valueOf(args[0]), String.valueOf(args[1])));
            return Undefined.instance;
        });
        define(global, scope, "panelperfSession", args -> {
            events.session(Tokens.claimedSession(String.valueOf(args[0])).orElse(null));
            return Undefined.instance;
        });
        define(global, scope, "panelperfTranspiled", args -> {
            String code = String.valueOf(args[0]);
            String runnable = runnable("code " + Integer.toHexString(code.hashCode()), code);
            return runnable == null ? code : runnable;
        });
        if (events.wantsDrawn()) {
            define(global, scope, "panelperfDocument", args -> {
                events.drawn(drawn(String.valueOf(args[0])));
                return Undefined.instance;
            });
        }
        if (events.wantsSteps()) {
            actor = new Actor(page, scope, global);
            define(global, scope, "panelperfStep", args -> {
                String model = args.length > 1 ? String.valueOf(args[1]) : "";
                events.step(String.valueOf(args[0]), model, args.length > 2 && Boolean.TRUE.equals(args[2]));
                return Undefined.instance;
            });
        }
        run(page, scope, driver(kind.pacing()), "driver.js");
        kind.scripts(events.wantsSteps()).forEach((name, source) -> run(page, scope, source, name));
    }

    /** The page's side of steps. Its method runs as a job of the page. */
    private final class Actor {
        private final HtmlPage page;
        private final VarScope scope;
        private final Window global;

        Actor(HtmlPage page, VarScope scope, Window global) {
            this.page = page;
            this.scope = scope;
            this.global = global;
        }

        HtmlPage page() {
            return page;
        }

        void act(String step) {
            if (ScriptableObject.getProperty(global, "panelperfAct") instanceof Function act) {
                engine.callFunction(page, act, scope, global, new Object[] {step});
            } else {
                events.failed(new Outcome.Failed(
                        Cause.CANNOT_SET,
                        "expected a page with a server session, found one whose document lies in the page itself"));
            }
        }
    }

    private static Drawn drawn(String json) {
        try {
            return JSON.readValue(json, Drawn.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the page script tells a document in JSON of its own making", e);
        }
    }

    private static String driver(Pacing pacing) {
        return DRIVERS.computeIfAbsent(
                pacing,
                of -> String.format(
                        Locale.ROOT,
                        "window.panelperfSocket = {open: panelperfOpen, send: panelperfSend, close: panelperfClose};"
                                + " window.panelperf = {layout: false, evaluateMs: %d, renderMs: %d, mark: panelperfMark,"
                                + " fail: panelperfFail, session: panelperfSession, transpiled: panelperfTranspiled,"
                                + " document: window.panelperfDocument, step: window.panelperfStep};",
                        of.evaluateMs(),
                        of.renderMs()));
    }

    /** What is compiled for a script; none where nothing can be made of it, and the visit has failed then. */
    private @Nullable String runnable(String name, String source) {
        try {
            return kind.runnable(name, source, events::transpiled);
        } catch (CannotTranspile e) {
            events.failed(new Outcome.Failed(Cause.SCRIPT_ERROR, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void run(HtmlPage page, VarScope scope, String source, String name) {
        engine.execute(page, scope, source, name, 1);
    }

    private interface PageFunction {
        Object call(Object[] args);
    }

    private static void define(Window global, VarScope scope, String name, PageFunction function) {
        SerializableCallable callable = (context, caller, self, args) -> function.call(args);
        ScriptableObject.putProperty(global, name, new LambdaFunction(scope, name, 0, callable));
    }

    /** HtmlUnit's own cache keeps nothing: what a browser keeps is {@link HttpCache}'s business. */
    private static final class StylesOnly extends Cache {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable WebResponse getCachedResponse(WebRequest request) {
            return null;
        }

        @Override
        public @Nullable Object getCachedObject(WebRequest request) {
            return null;
        }

        @Override
        public boolean cacheIfPossible(WebRequest request, WebResponse response, @Nullable Object toCache) {
            return false;
        }
    }

    /** What the page's scripts call an error themselves. */
    private final class ConsoleErrors implements WebConsole.Logger {
        private static final long serialVersionUID = 1L;

        @Override
        public void error(Object message) {
            String said = String.valueOf(message);
            keepError(said);
            if (said.startsWith(NOT_DRAWN)) {
                // In a browser it may be drawn: HtmlUnit lacks what nobody has met yet.
                events.failed(unsupported("BokehJS cannot draw the page here: "
                        + said.substring(NOT_DRAWN.length())
                                .lines()
                                .findFirst()
                                .orElse("")
                                .strip()));
            }
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public void trace(Object message) {}

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public void debug(Object message) {}

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public void info(Object message) {}

        @Override
        public boolean isWarnEnabled() {
            return false;
        }

        @Override
        public void warn(Object message) {}

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private void keepError(String error) {
        if (scriptErrors.size() < MOST_ERRORS) {
            scriptErrors.add(error);
        }
    }

    /** Keeps the first errors of the page's scripts, for a page that does not start. */
    private final class Errors implements JavaScriptErrorListener {

        @Override
        public void scriptException(HtmlPage page, ScriptException e) {
            keepError(String.valueOf(e.getMessage()));
        }

        @Override
        public void timeoutError(HtmlPage page, long allowedTime, long executionTime) {
            keepError("a script ran for " + executionTime + " ms");
        }

        @Override
        public void malformedScriptURL(HtmlPage page, String url, MalformedURLException e) {
            keepError("no URL: " + url);
        }

        @Override
        public void loadScriptError(HtmlPage page, URL url, Exception e) {
            keepError("script " + Redaction.of(url.toString()) + " did not come: " + e.getMessage());
        }

        @Override
        public void warn(String message, String source, int line, String lineSource, int lineOffset) {}
    }
}
