package panelperf.visitcost;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import panelperf.bokeh.Tokens;
import panelperf.generator.ProcessCpu;
import panelperf.headless.NettyWire;
import panelperf.time.Ticker;

/**
 * Page lives by one client, without a page: the HTML, all files that it names (six at once, not kept), the websocket, the document,
 * what a browser writes back, {@code document_ready}, all that comes after it, and goodbye. Prints one {@code result} line.
 */
public final class WireInjector {
    private static final int AT_ONCE = 6;
    private static final int BLOCK = 200;
    private static final int MEASURED = 8;
    private static final int LEAST_WARM_UP = 15;
    private static final int MOST_WARM_UP = 60;
    private static final double COMPILING = 0.05;
    private static final int BROWSER_FACTS = 6;
    private static final int LONGEST_MS = 30_000;
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
    private static final String FACT =
            "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"p1\"},\"attr\":\"language\",\"new\":\"en-US\"}]}";
    private static final String READY =
            "{\"events\":[{\"kind\":\"MessageSent\",\"msg_type\":\"bokeh_event\",\"msg_data\":{\"type\":\"event\","
                    + "\"name\":\"document_ready\",\"values\":{\"type\":\"map\"}}}]}";

    private static final Map<String, Function<String, Wire>> WIRES = Map.of(
            "ours", name -> new NettyWire(),
            "java.net.http", name -> new JdkWire(),
            "gatling-http-client", name -> new GatlingWire(),
            "reactor-netty", name -> new ReactorWire());

    private final Ticker ticker = Ticker.system();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Wire wire;
    private final URI url;
    private final int frames;
    private final AtomicInteger failed = new AtomicInteger();
    private final Queue<Double> acksMs = new ConcurrentLinkedQueue<>();

    private WireInjector(Wire wire, URI url, int frames) {
        this.wire = wire;
        this.url = url;
        this.frames = frames;
    }

    /** Arguments are {@code key=value}: wire, url, users, and frames: texts that the server sends in one page's life. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = Measures.options(args);
        String name = options.getOrDefault("wire", "");
        Function<String, Wire> made = WIRES.get(name);
        if (made == null) {
            throw new IllegalArgumentException("wire: expected one of " + WIRES.keySet() + ", found " + name);
        }
        WireInjector injector = new WireInjector(
                made.apply(name),
                URI.create(options.getOrDefault("url", "")),
                Integer.parseInt(options.getOrDefault("frames", "0")) + 3 * BROWSER_FACTS);
        injector.measure(Integer.parseInt(options.getOrDefault("users", "8")));
        System.exit(injector.failed.get() == 0 ? 0 : 1);
    }

    private void measure(int users) throws InterruptedException {
        int warmUp = 0;
        for (double compiling = 1;
                warmUp < LEAST_WARM_UP || (compiling > COMPILING && warmUp < MOST_WARM_UP);
                warmUp++) {
            long began = ticker.nanos();
            long compiled = compiler.getTotalCompilationTime();
            block(users);
            compiling = (compiler.getTotalCompilationTime() - compiled) * 1e6 / (ticker.nanos() - began);
        }
        acksMs.clear();
        double[] cpu = new double[MEASURED];
        double[] perSecond = new double[MEASURED];
        double[] allocated = new double[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            long began = ticker.nanos();
            double cpuMs = ProcessCpu.ms();
            double allocatedKb = Measures.allocatedKb();
            block(users);
            cpu[i] = (ProcessCpu.ms() - cpuMs) / BLOCK;
            perSecond[i] = BLOCK * 1e9 / (ticker.nanos() - began);
            allocated[i] = (Measures.allocatedKb() - allocatedKb) / BLOCK;
        }
        double[] acks =
                acksMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "result n=%d warmUp=%d cpu=%s perSecond=%s allocatedKb=%.0f threads=%d openToAckMs=%.1f failed=%d%n",
                MEASURED * BLOCK,
                warmUp * BLOCK,
                Measures.spread(cpu),
                Measures.spread(perSecond),
                Measures.median(allocated),
                threads.getThreadCount(),
                acks[acks.length / 2],
                failed.get());
    }

    private void block(int users) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(BLOCK);
        CountDownLatch over = new CountDownLatch(BLOCK);
        for (int user = 0; user < users; user++) {
            next(left, over);
        }
        if (!over.await(LONGEST_MS, TimeUnit.MILLISECONDS)) {
            System.out.println("failed: a block that does not end");
            System.exit(1);
        }
    }

    private void next(AtomicInteger left, CountDownLatch over) {
        if (left.getAndDecrement() > 0) {
            new Life(() -> {
                        over.countDown();
                        next(left, over);
                    })
                    .begin();
        }
    }

    /** One page's life. */
    private final class Life implements Wire.Ear {
        private final Wire.Visit visit = wire.visit();
        private final Runnable whenOver;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Queue<URI> files = new ArrayDeque<>();
        private int filesLeft;
        private String token = "";
        private Wire.Socket socket = new NoSocket();
        private int heard;
        private int left = frames;
        private long askedNanos;

        Life(Runnable whenOver) {
            this.whenOver = whenOver;
        }

        void begin() {
            var unused = visit.fetch(url, true).whenComplete((html, problem) -> {
                if (problem != null) {
                    failed(problem);
                } else {
                    page(new String(html, StandardCharsets.UTF_8));
                }
            });
        }

        private void page(String html) {
            try {
                token = Tokens.embeddedIn(html).orElse("");
            } catch (java.io.IOException e) {
                failed(e);
                return;
            }
            Set<URI> found = new LinkedHashSet<>();
            Matcher named = NAMED.matcher(html);
            while (named.find()) {
                URI file = url.resolve(named.group(1).replace("&amp;", "&"));
                if (url.getAuthority().equals(file.getAuthority())
                        && !file.getPath().equals(url.getPath())) {
                    found.add(file);
                }
            }
            List<URI> first = new ArrayList<>();
            synchronized (files) {
                files.addAll(found);
                filesLeft = found.size();
                while (first.size() < AT_ONCE && !files.isEmpty()) {
                    first.add(files.remove());
                }
            }
            first.forEach(this::fetch);
        }

        private void fetch(URI file) {
            var unused = visit.fetch(file, false).whenComplete((body, problem) -> {
                if (problem != null) {
                    failed(problem);
                    return;
                }
                URI next;
                boolean all;
                synchronized (files) {
                    next = files.poll();
                    all = --filesLeft == 0;
                }
                if (next != null) {
                    fetch(next);
                } else if (all) {
                    askedNanos = ticker.nanos();
                    visit.open(
                            URI.create(url.toString().replaceFirst("^http", "ws") + "ws"),
                            url.getScheme() + "://" + url.getAuthority(),
                            token,
                            this);
                }
            });
        }

        @Override
        public synchronized void opened(Wire.Socket opened) {
            socket = opened;
        }

        @Override
        public synchronized void text(String text) {
            left--;
            if (heard++ % 3 == 0) {
                if (text.contains("\"ACK\"")) {
                    acksMs.add((ticker.nanos() - askedNanos) / 1e6);
                    socket.send(message("pull", "PULL-DOC-REQ", "{}"));
                } else if (text.contains("PULL-DOC-REPLY")) {
                    List<String> all = new ArrayList<>();
                    for (int fact = 0; fact < BROWSER_FACTS; fact++) {
                        all.addAll(message("fact", "PATCH-DOC", FACT));
                    }
                    all.addAll(message("ready", "PATCH-DOC", READY));
                    socket.send(all);
                }
            }
            if (left == 0) {
                socket.close();
                end();
            }
        }

        private List<String> message(String id, String type, String content) {
            return List.of("{\"msgid\":\"" + id + "\",\"msgtype\":\"" + type + "\"}", "{}", content);
        }

        @Override
        public void failed(Throwable problem) {
            if (!over.get() && failed.incrementAndGet() <= 3) {
                System.out.println("failed: " + problem);
            }
            end();
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                visit.close();
                whenOver.run();
            }
        }
    }

    /** Before there is one. */
    private static final class NoSocket implements Wire.Socket {
        @Override
        public void send(List<String> texts) {}

        @Override
        public void close() {}
    }
}
