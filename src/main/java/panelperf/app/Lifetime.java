package panelperf.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long a server serves: until the process is told to end, or the parent process closes our standard input.
 *
 * <p>Ctrl-C reaches a parent and its child at the same moment. The child then serves on for up to two seconds, until its
 * parent closes the pipe, so that the parent can mark its visits as interrupted before their sockets go.
 */
final class Lifetime {
    private static final long PARENT_SECONDS = 2;

    private final AutoCloseable server;
    private final PrintWriter out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();

    Lifetime(AutoCloseable server, PrintWriter out) {
        this.server = server;
        this.out = out;
    }

    /**
     * Says that the server is ready, and returns once it has stopped.
     *
     * @param parent ends when the parent does; empty when there is none to watch
     */
    void serve(String ready, Optional<InputStream> parent) throws InterruptedException {
        Thread hook = new Thread(() -> processEnds(parent.isPresent()), "panelperf-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        parent.ifPresent(this::watch);
        out.println(ready);
        out.flush();
        try {
            ended.await();
        } finally {
            stop();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already; the hook has nothing left to do.
            hook.join(TimeUnit.SECONDS.toMillis(PARENT_SECONDS));
        }
    }

    private void watch(InputStream parent) {
        Thread watcher = new Thread(
                () -> {
                    readToEnd(parent);
                    ended.countDown();
                },
                "panelperf-parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void readToEnd(InputStream in) {
        byte[] ignored = new byte[256];
        try {
            while (in.read(ignored) >= 0) {
                // What a parent writes means nothing; only its end does.
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
    }

    private void processEnds(boolean waitForParent) {
        try {
            if (waitForParent) {
                ended.await(PARENT_SECONDS, TimeUnit.SECONDS);
            }
            ended.countDown();
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the server, once; whoever comes second waits until that is done. */
    private void stop() throws InterruptedException {
        if (stopping.compareAndSet(false, true)) {
            try {
                server.close();
            } catch (Exception e) {
                out.println("stopping failed: " + e.getMessage());
            }
            out.println("stopped");
            out.flush();
            stopped.countDown();
        } else {
            stopped.await();
        }
    }
}
