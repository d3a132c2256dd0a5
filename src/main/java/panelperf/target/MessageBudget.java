package panelperf.target;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all websockets together may hold of messages that are not whole or not answered yet. One message may be 20 MiB,
 * and there may be thousands of sockets. Any thread.
 */
final class MessageBudget {
    /** An eighth of the heap, but always room for a few messages of the largest size. */
    static long standardBytes() {
        return Math.max(4L * SocketUpgrade.LARGEST_MESSAGE, Runtime.getRuntime().maxMemory() / 8);
    }

    private final AtomicLong left;

    MessageBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes so many bytes, or none. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        if (bytes != 0) {
            left.addAndGet(bytes);
        }
    }

    /** For tests: what is left. */
    long leftBytes() {
        return left.get();
    }
}
