package panelperf.target;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import panelperf.session.Knobs;
import panelperf.target.admin.History;
import panelperf.target.admin.SyntheticPanel;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** A server whose admin page is fed by {@link SyntheticPanel}: a past that is told at once, and then goes on. */
final class FedServer implements AutoCloseable {
    private final PageServer server;
    private final Thread feeder;
    private final AtomicLong shiftNanos = new AtomicLong();
    private volatile boolean stopped;

    private FedServer(int port, int users, long pastSeconds, long stayMs) throws CannotListen {
        Ticker ticker = () -> System.nanoTime() + shiftNanos.get();
        server = PageServer.start(
                Listening.onLocalhost(port), new HelloApp(), Knobs.standard(), ticker, Timeline.anchoredNow(ticker));
        History history = server.admin().history();
        long begin = ticker.nanos();
        SyntheticPanel panel = new SyntheticPanel(history, 7, users, begin, TimeUnit.MILLISECONDS.toNanos(stayMs));
        while (panel.nextNanos() < begin + TimeUnit.SECONDS.toNanos(pastSeconds)) {
            shiftNanos.addAndGet(Math.max(0, panel.nextNanos() - ticker.nanos()));
            panel.step();
        }
        feeder = new Thread(() -> goOn(panel, ticker), "synthetic-panel");
        feeder.setDaemon(true);
        feeder.start();
    }

    private void goOn(SyntheticPanel panel, Ticker ticker) {
        while (!stopped) {
            long wait = panel.nextNanos() - ticker.nanos();
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(50)));
            } else {
                panel.step();
            }
        }
    }

    /**
     * Starts it.
     *
     * @param users who visit over and over
     * @param pastSeconds how long they have been at it
     * @param stayMs how long they look at a loaded page
     */
    static FedServer start(int users, long pastSeconds, long stayMs) throws CannotListen {
        return new FedServer(0, users, pastSeconds, stayMs);
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    PageServer server() {
        return server;
    }

    @Override
    public void close() {
        stopped = true;
        server.close();
    }

    /** For looking at it by hand: serves until it is killed. */
    public static void main(String[] args) throws Exception {
        new FedServer(args.length == 0 ? 5556 : Integer.parseInt(args[0]), 6, 120, 1_500).feeder.join();
    }
}
