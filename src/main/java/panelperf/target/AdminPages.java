package panelperf.target;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import panelperf.target.admin.Feed;
import panelperf.time.Ticker;

/**
 * Tells the admin pages that are open what has changed, five times a second. While none is open it does nothing.
 *
 * <p>A page that does not take what it is sent is skipped, and given all anew once it does; when that lasts it is let go.
 * So no page holds more of this server's memory than two megabytes and a snapshot.
 *
 * <p>Package-private methods may be called by any thread; the rest is the admin thread's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class AdminPages {
    /** More are refused. */
    static final int MOST = 32;

    private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);
    /** Room for a snapshot and the changes of the time that it takes; a page that needs more is skipped. */
    private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(256 * 1024, 2 * 1024 * 1024);

    private static final long PERIOD_MS = 200;
    private static final long ANEW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final class Page {
        private final Channel channel;
        private long snapshotNanos;
        private boolean behind;
        private long behindSinceNanos;

        Page(Channel channel, long nowNanos) {
            this.channel = channel;
            this.snapshotNanos = nowNanos;
        }
    }

    private final Feed feed;
    private final EventExecutor thread;
    private final Ticker ticker;
    private final List<Page> pages = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable Future<?> ticks;

    AdminPages(Feed feed, EventExecutor thread, Ticker ticker) {
        this.feed = feed;
        this.thread = thread;
        this.ticker = ticker;
    }

    /** Takes a place for one more page; it is given back when the channel closes. */
    boolean reserve(Channel channel) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return false;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        return true;
    }

    /** How many are open. */
    int open() {
        return open.get();
    }

    /** A page's websocket is open. */
    void join(Channel channel) {
        thread.execute(() -> {
            if (pages.isEmpty()) {
                feed.begin();
                ticks = thread.scheduleAtFixedRate(this::tick, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
            }
            channel.config().setWriteBufferWaterMark(ROOM);
            Page page = new Page(channel, ticker.nanos());
            pages.add(page);
            channel.closeFuture().addListener(closed -> thread.execute(() -> leave(page)));
            send(page, text(feed.snapshot()));
        });
    }

    private void leave(Page page) {
        if (pages.remove(page) && pages.isEmpty()) {
            rest();
        }
    }

    private void rest() {
        Future<?> running = ticks;
        if (running != null) {
            running.cancel(false);
            ticks = null;
            feed.end();
        }
    }

    private void tick() {
        if (pages.isEmpty()) {
            return;
        }
        ByteBuf change;
        try {
            change = text(feed.change());
        } catch (RuntimeException e) {
            // A task that throws would never run again.
            LOG.error("what has changed could not be told to the admin pages", e);
            return;
        }
        try {
            pages.forEach(page -> tell(page, change));
        } finally {
            change.release();
        }
    }

    private void tell(Page page, ByteBuf change) {
        long now = ticker.nanos();
        if (!page.channel.isWritable()) {
            if (!page.behind) {
                page.behind = true;
                page.behindSinceNanos = now;
            } else if (now - page.behindSinceNanos > PATIENCE_NANOS) {
                page.channel.close();
            }
        } else if (!page.behind) {
            send(page, change.retainedDuplicate());
        } else if (now - page.snapshotNanos >= ANEW_NANOS) {
            page.behind = false;
            page.snapshotNanos = now;
            send(page, text(feed.snapshot()));
        }
    }

    private static ByteBuf text(String json) {
        return ByteBufUtil.writeUtf8(PooledByteBufAllocator.DEFAULT, json);
    }

    private static ChannelFuture send(Page page, ByteBuf text) {
        return page.channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    /** Says goodbye to all, because the server stops; nothing may follow a goodbye. */
    void end() {
        List<Page> all = List.copyOf(pages);
        pages.clear();
        rest();
        all.forEach(page -> page.channel
                .eventLoop()
                .execute(() -> SocketEnd.begin(page.channel, new CloseWebSocketFrame(1001, "the server stops"))));
    }
}
