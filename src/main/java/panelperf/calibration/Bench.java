package panelperf.calibration;

import java.util.Locale;
import java.util.function.Consumer;
import panelperf.time.Ticker;

/** The server that is measured, and the tools. One thread's, but for what says otherwise. */
final class Bench {
    private final Site site;
    private final ServerProcess process;
    private final Course course;
    private final Ticker ticker;
    private final Dialer dialer;
    private final Consumer<String> progress;
    private int served;

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
        served++;
        return PageLife.request(site, dialer, ticker, true);
    }

    /** A page as {@link #request} gives it, for any thread: it must be counted by {@link #count}. */
    PageLife requestBeside() throws CannotMeasure, InterruptedException {
        return PageLife.request(site, dialer, ticker, true);
    }

    void count(int pages) {
        served += pages;
    }

    /** A page on a connection that acknowledges when the system thinks fit. */
    PageLife requestUnhurried() throws CannotMeasure, InterruptedException {
        served++;
        return PageLife.request(site, dialer, ticker, false);
    }

    /** A page whose last loader is gone, and whose socket is open. */
    PageLife open() throws CannotMeasure, InterruptedException {
        return live(request());
    }

    /** The server's admin page, open. */
    PageLife openAdmin() throws CannotMeasure, InterruptedException {
        served++;
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
