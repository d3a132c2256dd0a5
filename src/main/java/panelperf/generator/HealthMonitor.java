package panelperf.generator;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import panelperf.run.HealthSample;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * Watches this process while it makes load, a sample a second. A thread of its own takes naps of 10 ms; what it oversleeps,
 * every other thread that was due may have overslept too: pauses of the JVM, and CPU that others took (Tene's jHiccup).
 *
 * <p>Threads: {@link #visitEnded} may be called by any; the sink is called by the watching thread, or by {@link #flush}'s, never by
 * both at once.
 */
public final class HealthMonitor implements AutoCloseable {
    static final double NAP_MS = 10;
    /** Timers and schedulers are not exact; less than this is no stall. */
    static final double TOLERANCE_MS = 2;

    private static final double SAMPLE_MS = 1000;

    private final Ticker ticker;
    private final Timeline timeline;
    private final Supplier<OptionalDouble> targetCpuMs;
    private final Consumer<HealthSample> sink;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread watcher = new Thread(this::watch, "injector-health");

    private boolean watching;
    private long begunNanos;
    private long wokeNanos;
    private double stalledMs;
    private double gcBeforeMs;
    private double cpuBeforeMs;
    private OptionalDouble targetBeforeMs = OptionalDouble.empty();
    private final Object visits = new Object();
    private int ended;
    private double startLateMs;
    private double jobLateMs;

    /**
     * A monitor that does not watch yet.
     *
     * @param targetCpuMs CPU time of our target so far, ms; empty when there is none
     * @param sink gets a sample about each second
     */
    public HealthMonitor(
            Ticker ticker, Timeline timeline, Supplier<OptionalDouble> targetCpuMs, Consumer<HealthSample> sink) {
        this.ticker = ticker;
        this.timeline = timeline;
        this.targetCpuMs = targetCpuMs;
        this.sink = sink;
    }

    /** Begins to watch. */
    public void start() {
        begin(ticker.nanos());
        watcher.setDaemon(true);
        watcher.start();
    }

    synchronized void begin(long nowNanos) {
        watching = true;
        begunNanos = nowNanos;
        wokeNanos = nowNanos;
        gcBeforeMs = gcMs();
        cpuBeforeMs = ProcessCpu.ms();
        targetBeforeMs = targetCpuMs.get();
    }

    /** A visit ended that the injector had held up by so much. */
    public void visitEnded(double lateStartMs, double lateJobsMs) {
        synchronized (visits) {
            ended++;
            startLateMs = Math.max(startLateMs, lateStartMs);
            jobLateMs = Math.max(jobLateMs, lateJobsMs);
        }
    }

    private void watch() {
        while (!over.get()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((long) NAP_MS));
            woke(ticker.nanos());
        }
    }

    /** A nap is over. */
    synchronized void woke(long nowNanos) {
        double overslept = Timeline.millisBetween(wokeNanos, nowNanos) - NAP_MS;
        wokeNanos = nowNanos;
        if (overslept > TOLERANCE_MS) {
            stalledMs += overslept;
        }
        if (Timeline.millisBetween(begunNanos, nowNanos) >= SAMPLE_MS) {
            tell(nowNanos);
        }
    }

    /** Tells what is known of the second that has begun, so that a short run has samples too. */
    public synchronized void flush() {
        long nowNanos = ticker.nanos();
        if (watching && nowNanos > begunNanos) {
            tell(nowNanos);
        }
    }

    private void tell(long nowNanos) {
        sink.accept(sample(nowNanos));
        stalledMs = 0;
        begunNanos = nowNanos;
    }

    private HealthSample sample(long nowNanos) {
        double periodMs = Timeline.millisBetween(begunNanos, nowNanos);
        double gc = gcMs();
        double cpu = ProcessCpu.ms();
        OptionalDouble target = targetCpuMs.get();
        OptionalDouble targetUsed = target.isPresent() && targetBeforeMs.isPresent()
                ? OptionalDouble.of(Math.max(0, target.getAsDouble() - targetBeforeMs.getAsDouble()))
                : OptionalDouble.empty();
        HealthSample sample;
        synchronized (visits) {
            sample = new HealthSample(
                    timeline.epochMs(nowNanos),
                    periodMs,
                    Math.min(stalledMs, periodMs),
                    gc - gcBeforeMs,
                    Math.max(0, cpu - cpuBeforeMs),
                    targetUsed,
                    ended,
                    startLateMs,
                    jobLateMs);
            ended = 0;
            startLateMs = 0;
            jobLateMs = 0;
        }
        gcBeforeMs = gc;
        cpuBeforeMs = cpu;
        targetBeforeMs = target;
        return sample;
    }

    private static double gcMs() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(ms -> ms >= 0)
                .sum();
    }

    /** Stops watching; the second that had begun is not told. */
    @Override
    public void close() {
        over.set(true);
        LockSupport.unpark(watcher);
    }
}
