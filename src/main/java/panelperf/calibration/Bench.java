package panelperf.calibration;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import panelperf.time.Ticker;

/** The server that is measured, and the tools. One thread's, but for what says otherwise. */
final class Bench {
    /** Half of the shortest life, as a part of the longest. */
    private static final double SOON = 0.2;

    private final Site site;
    private final ServerProcess process;
    private final Course course;
    private final Ticker ticker;
    private final Dialer dialer;
    private final Consumer<String> progress;
    private int served;
    /** When the first page since the last {@link #clear} was asked for; empty when none was. */
    private OptionalLong firstNanos = OptionalLong.empty();

    Bench(Site site, ServerProcess process, Course course, Ticker ticker, Dialer dialer, Consumer<String> progress) {
        this.site = site;
        this.process = process;
        this.course = course;
        this.ticker = ticker;
        this.dialer = dialer;
        this.progress = progress;
    }

    Course course() {
        return course;
    }

    long now() {
        return ticker.nanos();
    }

    double cpuMs() {
        return process.cpuMs();
    }

    /** How many pages have been asked for, and so how many sessions the server has had of us. */
    int served() {
        return served;
    }

    /** A page, just asked for. */
    PageLife request() throws CannotMeasure, InterruptedException {
        count(1);
        return PageLife.request(site, dialer, ticker, true);
    }

    /** A page as {@link #request} gives it, for any thread: it must be counted by {@link #count}. */
    PageLife requestBeside() throws CannotMeasure, InterruptedException {
        return PageLife.request(site, dialer, ticker, true);
    }

    void count(int pages) {
        served += pages;
        if (firstNanos.isEmpty()) {
            firstNanos = OptionalLong.of(now());
        }
    }

    /**
     * Waits, where sessions that were left some time ago could end soon and hold the server, until all of them have. What
     * follows must take no longer than half of the shortest life.
     */
    void clear() throws CannotMeasure, InterruptedException {
        long mayEnd = Math.round(SOON * course.longestLife().toNanos());
        if (firstNanos.isEmpty() || now() - firstNanos.getAsLong() < mayEnd) {
            return;
        }
        say("  waiting until the sessions of these pages have ended");
        long until = now() + course.longestLife().toNanos();
        try (Watch watch = watch()) {
            while (now() < until || !watch.isSettled()) {
                Thread.sleep(100);
            }
        }
        cleared();
    }

    /** No session of ours lives. */
    void cleared() {
        firstNanos = OptionalLong.empty();
    }

    /** A page on a connection that acknowledges when the system thinks fit. */
    PageLife requestUnhurried() throws CannotMeasure, InterruptedException {
        count(1);
        return PageLife.request(site, dialer, ticker, false);
    }

    /** A page whose last loader is gone, and whose socket is open. */
    PageLife open() throws CannotMeasure, InterruptedException {
        return live(request());
    }

    /** The server's admin page, open. */
    PageLife openAdmin() throws CannotMeasure, InterruptedException {
        count(1);
        return live(PageLife.request(site.beside("admin"), dialer, ticker, true));
    }

    private static PageLife live(PageLife life) throws CannotMeasure, InterruptedException {
        life.join();
        life.pull();
        life.tellBrowser();
        life.ready();
        return life;
    }

    Watch watch() throws CannotMeasure, InterruptedException {
        return Watch.begin(site, dialer, process, ticker);
    }

    /** Tells a person how far it is. */
    void say(String format, Object... values) {
        progress.accept(String.format(Locale.ROOT, format, values));
    }
}
