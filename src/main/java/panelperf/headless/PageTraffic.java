package panelperf.headless;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.htmlunit.WebClient;
import org.htmlunit.WebConnection;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.http.Cookie;
import org.htmlunit.util.NameValuePair;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.time.WallClock;
import panelperf.visit.Cause;
import panelperf.visit.Redaction;
import panelperf.visit.RequestHeaders;

/**
 * The HTTP of one visit: what HtmlUnit asks for, and what a browser would fetch besides, six at a time, as soon as the
 * HTML names it.
 *
 * <p>HtmlUnit calls it on a worker, which may block here up to the visit's deadline; everything else is asynchronous.
 */
final class PageTraffic implements WebConnection {
    private static final int AT_ONCE = 6;
    private static final int MOST_REQUESTS = 1000;
    private static final long MOST_BYTES = 64L << 20;
    private static final long PATIENCE_MS = 500;
    private static final long NEVER = 0;

    private final Network network;
    private final Ticker ticker;
    private volatile long deadlineNanos;
    private final URI page;
    private final @Nullable HttpCache cache;
    /** Which scripts are fetched, and not run, by their paths. */
    private final Predicate<String> replaced;

    private final RequestHeaders headers;
    private volatile @Nullable WebClient jar;

    /** What the scanner has asked for and HtmlUnit not yet. */
    private final Map<URI, CompletableFuture<Fetched>> ahead = new ConcurrentHashMap<>();

    /** What is on the wire. */
    private final Set<CompletableFuture<Fetched>> transfers = ConcurrentHashMap.newKeySet();

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong stylesNanos = new AtomicLong(NEVER);
    private final AtomicInteger stylesPending = new AtomicInteger();
    private volatile int status;
    private volatile long firstByteNanos = NEVER;
    private volatile long htmlNanos = NEVER;
    private volatile @Nullable Throwable failure;
    private volatile boolean over;

    PageTraffic(
            Network network,
            Ticker ticker,
            long deadlineNanos,
            URI page,
            RequestHeaders headers,
            @Nullable HttpCache cache,
            Predicate<String> replaced) {
        this.network = network;
        this.ticker = ticker;
        this.deadlineNanos = deadlineNanos;
        this.page = page;
        this.headers = headers;
        this.cache = cache;
        this.replaced = replaced;
    }

    /** Cookies live in the client of the visit, where scripts of the page see them too. */
    void keepCookiesIn(WebClient client) {
        jar = client;
    }

    /** What a request to the page's own host carries, cookies included; the caller's to add to. */
    Map<String, String> headers(URI url) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers.values());
        WebClient kept = jar;
        Set<Cookie> cookies = kept == null ? Set.of() : kept.getCookies(http(url));
        if (!cookies.isEmpty()) {
            String own = cookies.stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            all.merge("Cookie", own, (given, set) -> given + "; " + set);
        }
        return all;
    }

    private void keepCookies(URI url, Fetched fetched) {
        WebClient kept = jar;
        for (NameValuePair header : fetched.headers()) {
            if (kept != null && header.getName().equalsIgnoreCase("Set-Cookie")) {
                kept.addCookie(header.getValue(), http(url), this);
            }
        }
    }

    /** A websocket's cookies are those of its page's scheme. */
    private static URL http(URI url) {
        try {
            return URI.create(url.toString().replaceFirst("^ws", "http")).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL: " + Redaction.of(url), e);
        }
    }

    @Override
    public WebResponse getResponse(WebRequest request) throws IOException {
        URI url = uri(request);
        boolean document = htmlNanos == NEVER;
        if (!sameHost(url)) {
            if (document) {
                failure = new NetworkFailure.BoundReached(
                        Cause.UNSUPPORTED,
                        "the page leads to another host, " + url.getAuthority()
                                + ": to sign in there, give the cookie that it sets as a header; else name that address");
            }
            // Fonts and trackers of third parties are nobody's load test.
            return response(request, new Fetched(404, List.of(), new byte[0], NEVER, NEVER));
        }
        boolean unwanted = !document && replaced.test(url.getPath());
        try {
            CompletableFuture<Fetched> asked = ahead.remove(url);
            Fetched fetched = await(asked == null ? fetch(url, !unwanted) : asked);
            if (document) {
                document(url, fetched);
            } else if (!fetched.ok() && PageResources.essential(url.getPath())) {
                throw new NetworkFailure.BoundReached(Cause.status(fetched.status()), "script " + Redaction.of(url));
            }
            return response(request, fetched);
        } catch (IOException e) {
            if (document || PageResources.essential(url.getPath())) {
                failure = e;
            }
            throw e;
        }
    }

    private void document(URI url, Fetched fetched) {
        status = fetched.status();
        if (fetched.status() / 100 == 3) {
            return; // HtmlUnit asks for the next one
        }
        firstByteNanos = fetched.firstByteNanos();
        htmlNanos = fetched.lastByteNanos();
        PageResources.of(url, new String(fetched.body(), StandardCharsets.UTF_8))
                .forEach((file, kind) -> {
                    if (sameHost(file)) {
                        boolean keep = kind == PageResources.Kind.SCRIPT && !replaced.test(file.getPath());
                        CompletableFuture<Fetched> coming = ahead.computeIfAbsent(file, asked -> fetch(asked, keep));
                        if (kind == PageResources.Kind.STYLE) {
                            stylesPending.incrementAndGet();
                            var unused = coming.whenComplete((style, problem) -> {
                                if (problem == null) {
                                    stylesNanos.accumulateAndGet(style.lastByteNanos(), this::later);
                                }
                                stylesPending.decrementAndGet();
                            });
                        }
                    }
                });
    }

    private long later(long a, long b) {
        return a == NEVER || b - a > 0 ? b : a;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // Futures are told apart by identity, which is what is meant.
    private CompletableFuture<Fetched> fetch(URI url, boolean keepBody) {
        HttpCache.Stored kept = cache == null ? null : cache.get(url);
        if (kept != null && kept.staleAtMs() > WallClock.epochMs()) {
            long now = ticker.nanos();
            Fetched answer = kept.answer();
            return CompletableFuture.completedFuture(
                    new Fetched(answer.status(), answer.headers(), answer.body(), now, now));
        }
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        if (requests.incrementAndGet() > MOST_REQUESTS) {
            result.completeExceptionally(
                    new NetworkFailure.BoundReached(Cause.TOO_MUCH, "more than " + MOST_REQUESTS + " requests"));
            return result;
        }
        Map<String, String> sent = headers(url);
        if (kept != null) {
            sent.putAll(kept.conditions());
        }
        inTurn(() -> {
            CompletableFuture<Fetched> transfer = network.fetch(url, sent, patience(), keepBody, this::received);
            transfers.add(transfer);
            var unused = transfer.whenComplete((fetched, problem) -> {
                transfers.remove(transfer);
                nextTurn();
                if (problem == null) {
                    keepCookies(url, fetched);
                    result.complete(remembered(url, fetched, kept));
                } else {
                    result.completeExceptionally(problem);
                }
            });
        });
        return result;
    }

    private Fetched remembered(URI url, Fetched fetched, HttpCache.@Nullable Stored kept) {
        if (cache == null) {
            return fetched;
        }
        Fetched answer = fetched.status() == 304 && kept != null
                ? new Fetched(
                        kept.answer().status(),
                        kept.answer().headers(),
                        kept.answer().body(),
                        fetched.firstByteNanos(),
                        fetched.lastByteNanos())
                : fetched;
        cache.put(url, answer, WallClock.epochMs());
        return answer;
    }

    private boolean received(long count) {
        return bytes.addAndGet(count) <= MOST_BYTES && !over;
    }

    private void inTurn(Runnable request) {
        synchronized (waiting) {
            if (underWay == AT_ONCE) {
                waiting.add(request);
                return;
            }
            underWay++;
        }
        request.run();
    }

    private void nextTurn() {
        Runnable next;
        synchronized (waiting) {
            next = over ? null : waiting.poll();
            if (next == null) {
                underWay--;
                return;
            }
        }
        next.run();
    }

    private Fetched await(CompletableFuture<Fetched> file) throws IOException {
        try {
            return file.get(patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | CancellationException e) {
            throw new IOException("the visit is over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the visit is over", e);
        }
    }

    /** For the wire: somewhat more than is left, because the visit's own timer is to be the one that ends it. */
    private Duration patience() {
        return left().plusMillis(PATIENCE_MS);
    }

    /** Moves the deadline of what is asked for from now on. */
    void allowUntil(long nanos) {
        deadlineNanos = nanos;
    }

    /** Until the visit's deadline; never zero, which would mean for ever to some. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, deadlineNanos - ticker.nanos()));
    }

    private boolean sameHost(URI url) {
        return page.getAuthority().equals(url.getAuthority());
    }

    private static URI uri(WebRequest request) throws IOException {
        try {
            URI url = request.getUrl().toURI();
            String text = url.toString();
            return url.getRawFragment() == null ? url : URI.create(text.substring(0, text.indexOf('#')));
        } catch (URISyntaxException e) {
            throw new IOException("no URL: " + request.getUrl(), e);
        }
    }

    private WebResponse response(WebRequest request, Fetched fetched) {
        var headers = fetched.headers().stream()
                .filter(header -> !header.getName().equalsIgnoreCase("content-encoding"))
                .toList();
        boolean unwanted = replaced.test(request.getUrl().getPath());
        byte[] body = unwanted ? new byte[0] : fetched.body();
        return new WebResponse(new WebResponseData(body, fetched.status(), "", headers), request, 0);
    }

    /** Counts a websocket's upgrade. */
    void countRequest() {
        requests.incrementAndGet();
    }

    /** Counts what a websocket received. */
    void countBytes(int count) {
        bytes.addAndGet(count);
    }

    int requests() {
        return requests.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** The document's status; 0 before it has come. */
    int status() {
        return status;
    }

    /** When the document's headers came; 0 when they have not. */
    long firstByteNanos() {
        return firstByteNanos;
    }

    /** When the document had come; 0 when it has not. */
    long htmlNanos() {
        return htmlNanos;
    }

    /** When the last style sheet came; 0 when none has. */
    long stylesNanos() {
        return stylesNanos.get();
    }

    /** Whether a style sheet of the head is still to come: a browser paints nothing before it. */
    boolean stylesPending() {
        return stylesPending.get() > 0;
    }

    /** Why the document, or a script that the page cannot do without, did not come; null when nothing is known. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        over = true;
        synchronized (waiting) {
            waiting.clear();
        }
        transfers.forEach(transfer -> transfer.cancel(true));
    }
}
