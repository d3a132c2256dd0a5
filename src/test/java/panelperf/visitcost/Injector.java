package panelperf.visitcost;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import panelperf.RealParts;
import panelperf.generator.ProcessCpu;
import panelperf.headless.FullSettings;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * The injector that is measured: one part of the benchmark in one JVM. Prints {@code result key=value …}, a line for each
 * thing that was measured; CPU is that of this process, compiler and collector included.
 */
public final class Injector {
    private static final int BLOCK = 200;
    /** The full engine's visits take a hundred times as long. */
    private static final int BLOCK_OF_FULL = 8;

    private static final int LEAST_WARM_UP = 12;
    private static final int MOST_WARM_UP = 40;
    private static final int MEASURED = 8;
    /** Blocks whose medians are compared. */
    private static final int WINDOW = 4;

    private static final double STEADY = 0.04;
    /** Of the time of a window: a compiler that still works for longer is what would be measured. */
    private static final double COMPILING = 0.05;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** Visits a second while pages are alive: slow enough that no number of them waits for the processor. */
    private static final int ARRIVALS = 50;

    /** Visits of one figure: ten seconds of them, because the young generation fills in some nine. */
    private static final int STRETCH = 10 * ARRIVALS;

    private static final int STRETCHES = 3;

    /** As many as ten users make before Panel 1.3.8, and some more. */
    private static final int FEW_A_SECOND = 4;

    private static final double MS_A_TICK = 10;

    private static final int LONGEST_HOLD_MS = 600_000;

    private final Ticker ticker = Ticker.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Map<String, String> options;
    private final Browser browser;
    private final int block;
    private final URI url;
    private final AtomicInteger failed = new AtomicInteger();

    private Injector(Map<String, String> options) {
        this.options = options;
        this.url = URI.create(option("url"));
        this.browser = browser();
        this.block = option("engine").equals("full") ? BLOCK_OF_FULL : BLOCK;
    }

    /** Arguments are {@code key=value}: part, engine, url, cache, users, pages, alive. */
    public static void main(String[] args) throws Exception {
        Injector injector = new Injector(Measures.options(args));
        injector.browser.prepare(injector.url, RequestHeaders.none());
        switch (injector.option("part")) {
            case "first" -> injector.first();
            case "visits" -> injector.visits();
            case "alive" -> injector.alive();
            case "held" -> injector.held();
            case "soak" -> injector.soak();
            case "few" -> injector.few();
            default -> throw new IllegalArgumentException("no part " + injector.option("part"));
        }
        System.exit(injector.failed.get() == 0 ? 0 : 1);
    }

    private String option(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("expected " + name + "=, found only " + options);
        }
        return value;
    }

    private int number(String name) {
        return Integer.parseInt(option(name));
    }

    private Browser browser() {
        boolean warm = option("cache").equals("warm");
        return switch (option("engine")) {
            case "light" ->
                PageBrowser.light(
                        LightSettings.standard().withPacing(Pacing.off()).withWarmCache(warm), ticker);
            case "full" ->
                PageBrowser.full(FullSettings.standard(RealParts.transpiled()).withWarmCache(warm), ticker);
            default -> throw new IllegalArgumentException("engine: expected light or full, found " + option("engine"));
        };
    }

    private static void print(String format, Object... values) {
        System.out.println("result " + String.format(Locale.ROOT, format, values));
    }

    private void visit(URI page, String user, Duration deadline, Runnable whenOver) {
        browser.open(new PageRequest(page, user, ticker.nanos(), deadline), view -> {
            judge(view);
            whenOver.run();
        });
    }

    private void judge(PageView view) {
        if (!(view.outcome() instanceof Outcome.Loaded) && !(view.outcome() instanceof Outcome.Interrupted)) {
            if (failed.incrementAndGet() <= 3) {
                System.out.println("failed: " + view.outcome());
            }
        }
    }

    /** From the start of this JVM to the end of its first visit. */
    private void first() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        visit(url, "first", DEADLINE, over::countDown);
        over.await();
        print("uptimeMs=%d cpuMs=%.0f", ManagementFactory.getRuntimeMXBean().getUptime(), ProcessCpu.ms());
    }

    /**
     * What a block of visits by users without a pause cost.
     *
     * @param allocatedKb by all threads that lived at its end, a visit
     * @param compiling compilations together, of the block's time
     */
    private record Block(double cpuMs, double perSecond, double allocatedKb, double p50Ms, double compiling) {}

    private Block block(int users, int visits) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(visits);
        CountDownLatch over = new CountDownLatch(visits);
        ConcurrentLinkedQueue<Double> tookMs = new ConcurrentLinkedQueue<>();
        double cpu = ProcessCpu.ms();
        double allocated = Measures.allocatedKb();
        double compiled = compiler.getTotalCompilationTime();
        long began = ticker.nanos();
        for (int user = 0; user < users; user++) {
            next("user-" + user, left, over, tookMs);
        }
        over.await();
        double seconds = (ticker.nanos() - began) / 1e9;
        return new Block(
                (ProcessCpu.ms() - cpu) / visits,
                visits / seconds,
                (Measures.allocatedKb() - allocated) / visits,
                Measures.median(tookMs.stream().mapToDouble(Double::doubleValue).toArray()),
                (compiler.getTotalCompilationTime() - compiled) / (seconds * 1e3));
    }

    private void next(String user, AtomicInteger left, CountDownLatch over, ConcurrentLinkedQueue<Double> tookMs) {
        if (left.getAndDecrement() <= 0) {
            return;
        }
        long began = ticker.nanos();
        visit(url, user, DEADLINE, () -> {
            tookMs.add((ticker.nanos() - began) / 1e6);
            over.countDown();
            next(user, left, over, tookMs);
        });
    }

    /** Until two windows of blocks that follow each other cost the same, and the compiler has little left to do. */
    private List<Block> warmedUp(int users) throws InterruptedException {
        List<Block> blocks = new ArrayList<>();
        while (blocks.size() < MOST_WARM_UP) {
            blocks.add(block(users, block));
            int done = blocks.size();
            if (done >= LEAST_WARM_UP) {
                double late = cpu(blocks.subList(done - WINDOW, done));
                double early = cpu(blocks.subList(done - 2 * WINDOW, done - WINDOW));
                double compiling = blocks.subList(done - WINDOW, done).stream()
                        .mapToDouble(Block::compiling)
                        .average()
                        .orElseThrow();
                if (late > early * (1 - STEADY) && compiling < COMPILING) {
                    break;
                }
            }
        }
        return blocks;
    }

    private static double cpu(List<Block> blocks) {
        return Measures.median(blocks.stream().mapToDouble(Block::cpuMs).toArray());
    }

    private void visits() throws InterruptedException {
        int users = number("users");
        List<Block> warmUp = warmedUp(users);
        List<Block> measured = new ArrayList<>();
        for (int i = 0; i < MEASURED; i++) {
            measured.add(block(users, block));
        }
        print(
                "n=%d warmUp=%d first=%.1f cpu=%s perSecond=%s allocatedKb=%.0f p50Ms=%.1f threads=%d failed=%d",
                MEASURED * block,
                warmUp.size() * block,
                warmUp.get(0).cpuMs(),
                Measures.spread(measured.stream().mapToDouble(Block::cpuMs).toArray()),
                Measures.spread(measured.stream().mapToDouble(Block::perSecond).toArray()),
                Measures.median(
                        measured.stream().mapToDouble(Block::allocatedKb).toArray()),
                Measures.median(measured.stream().mapToDouble(Block::p50Ms).toArray()),
                threads.getThreadCount(),
                failed.get());
    }

    /**
     * A run as one before a real server is: few visits, four a second, on a JVM that is not warm yet. By whom the CPU was used, ms
     * a visit.
     */
    private void few() throws InterruptedException, IOException {
        int visits = number("pages");
        CountDownLatch over = new CountDownLatch(visits);
        Map<String, Double> before = cpuMsByThreads();
        double cpu = ProcessCpu.ms();
        long began = ticker.nanos();
        for (int i = 0; i < visits; i++) {
            pauseUntil(began + i * 1_000_000_000L / FEW_A_SECOND);
            visit(url, "user-" + i % number("users"), DEADLINE, over::countDown);
        }
        over.await();
        double used = (ProcessCpu.ms() - cpu) / visits;
        StringBuilder kinds = new StringBuilder();
        cpuMsByThreads()
                .forEach((kind, ms) -> kinds.append(
                        String.format(Locale.ROOT, " %s=%.1f", kind, (ms - before.getOrDefault(kind, 0.0)) / visits)));
        print("n=%d cpu=%.1f of which%s failed=%d", visits, used, kinds, failed.get());
    }

    /** CPU time so far, ms, by what the threads do; empty where the system does not tell. */
    private static Map<String, Double> cpuMsByThreads() throws IOException {
        Map<String, Double> all = new java.util.TreeMap<>();
        Path tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return all;
        }
        try (var listed = Files.list(tasks)) {
            for (Path task : listed.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                double ms = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MS_A_TICK;
                all.merge(kind(stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'))), ms, Double::sum);
            }
        }
        return all;
    }

    private static String kind(String thread) {
        if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
            return "compiler";
        }
        return thread.startsWith("GC ") || thread.startsWith("G1 ")
                ? "collector"
                : thread.startsWith("page-") ? thread.replaceAll("-?\\d*$", "") : "other";
    }

    /** CPU a visit while so many pages live that visits come at the same pace, and each stays for as long as that takes. */
    private void alive() throws InterruptedException {
        warmedUp(number("users"));
        Map<Integer, List<Double>> cpu = new java.util.TreeMap<>();
        for (int pages : Stream.of(option("alive").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray()) {
            boolean first = cpu.isEmpty();
            List<Double> measured = arrivals(pages);
            if (!first) { // which only brings the compiler to the other rhythm
                cpu.computeIfAbsent(pages, key -> new ArrayList<>()).addAll(measured);
            } else {
                cpu.put(pages, new ArrayList<>());
            }
        }
        cpu.forEach((pages, values) -> print(
                "pages=%d n=%d cpu=%s failed=%d",
                pages,
                values.size() * STRETCH,
                Measures.spread(values.stream().mapToDouble(Double::doubleValue).toArray()),
                failed.get()));
    }

    /** CPU ms a visit of each stretch, once the pages live. */
    private List<Double> arrivals(int pages) throws InterruptedException {
        long holdMs = pages * 1000L / ARRIVALS;
        URI held = URI.create(url + "?holdMs=" + holdMs);
        AtomicInteger underWay = new AtomicInteger();
        List<Double> measured = new ArrayList<>();
        long filled = 2 * ARRIVALS + (long) pages;
        double before = 0;
        long began = ticker.nanos();
        for (long i = 0; i <= filled + (long) STRETCHES * STRETCH; i++) {
            pauseUntil(began + i * 1_000_000_000L / ARRIVALS);
            if (i >= filled && (i - filled) % STRETCH == 0) {
                double now = ProcessCpu.ms();
                if (i > filled) {
                    measured.add((now - before) / STRETCH);
                }
                before = now;
            }
            underWay.incrementAndGet();
            visit(held, "user-" + i % 64, Duration.ofMillis(holdMs + 30_000), underWay::decrementAndGet);
        }
        while (underWay.get() > 0) {
            pauseUntil(ticker.nanos() + 10_000_000);
        }
        return measured;
    }

    private void pauseUntil(long nanos) {
        for (long left = nanos - ticker.nanos(); left > 0; left = nanos - ticker.nanos()) {
            LockSupport.parkNanos(left);
        }
    }

    /** So many pages that live at once, with their sockets open. */
    private void held() throws Exception {
        int pages = number("pages");
        block(number("users"), 2 * BLOCK);
        State before = state();
        AtomicInteger over = new AtomicInteger();
        URI held = URI.create(url + "?holdMs=" + LONGEST_HOLD_MS);
        long began = ticker.nanos();
        for (int i = 0; i < pages; i++) {
            pauseUntil(began + i * 1_000_000_000L / ARRIVALS);
            visit(held, "user-" + i % 64, Duration.ofMillis(LONGEST_HOLD_MS), over::incrementAndGet);
        }
        long ready = 0;
        for (int waits = 0; waits < 1200 && (ready = readyPages()) < pages; waits++) {
            pauseUntil(ticker.nanos() + 100_000_000);
        }
        State during = state();
        int ended = over.get();
        browser.interrupt();
        while (over.get() < pages) {
            pauseUntil(ticker.nanos() + 10_000_000);
        }
        TimeUnit.SECONDS.sleep(2);
        State after = state();
        print(
                "pages=%d ready=%d ended=%d heapKbAPage=%.0f before=%s during=%s after=%s",
                pages, ready, ended, (during.heapKb - before.heapKb) / pages, before, during, after);
    }

    private long readyPages() throws IOException, InterruptedException {
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(url.resolve("/replay/ready"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        return Long.parseLong(answer.body());
    }

    /** Visit after visit; what is left behind is looked at every thousand. */
    private void soak() throws Exception {
        int users = number("users");
        int visits = number("pages");
        block(users, 1000);
        for (int done = 0; done <= visits; done += 1000) {
            State state = state();
            print("visits=%d %s failed=%d", done, state, failed.get());
            if (done < visits) {
                block(users, 1000);
            }
        }
    }

    /** What this process holds, after collections. */
    private record State(double heapKb, long committedMb, long residentMb, int threads, long files) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "heapMb:%.1f,committedMb:%d,residentMb:%d,threads:%d,files:%d",
                    heapKb / 1e3,
                    committedMb,
                    residentMb,
                    threads,
                    files);
        }
    }

    private State state() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            TimeUnit.MILLISECONDS.sleep(200);
            System.gc();
        }
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long files = system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : -1;
        return new State(
                heap.getUsed() / 1e3, heap.getCommitted() >> 20, residentMb(), threads.getThreadCount(), files);
    }

    private static long residentMb() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(-1);
    }
}
