package panelperf.target;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import panelperf.target.admin.Feed;
import panelperf.target.admin.History;
import panelperf.target.admin.Metrics;
import panelperf.target.admin.Recordings;
import panelperf.target.admin.ServerFacts;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** What stands behind the admin page of one server, and the thread that does its work: nothing of it is done on a loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Tasks that fail say so in the log.
final class Admin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);
    private static final long STOP_SECONDS = 2;

    private final EventExecutor thread;
    private final History history;
    private final Timeline timeline;
    private final Recordings recordings;
    private final Metrics metrics;
    private final AdminPages pages;

    /** For a server whose sessions the history watches. */
    Admin(History history, Refusals refusals, EventExecutor thread, Ticker ticker, Timeline timeline) {
        this.thread = thread;
        this.history = history;
        this.timeline = timeline;
        this.recordings = new Recordings(ticker, timeline);
        this.metrics = new Metrics(history);
        ServerFacts facts = new ServerFacts(Version.NAME, Version.CURRENT, timeline.epochMs(ticker.nanos()));
        this.pages = new AdminPages(new Feed(history, facts, recordings::status), thread, ticker);
        metrics.gauged("panelperf.admin.pages", "Admin pages that are open", pages::open);
        for (Refusal refusal : Refusal.values()) {
            metrics.counted(
                    "panelperf.refusals",
                    "Connections, requests and sockets that were refused",
                    "reason",
                    refusal.name().toLowerCase(Locale.ROOT),
                    () -> refusals.of(refusal));
        }
    }

    History history() {
        return history;
    }

    Timeline timeline() {
        return timeline;
    }

    Recordings recordings() {
        return recordings;
    }

    Metrics metrics() {
        return metrics;
    }

    AdminPages pages() {
        return pages;
    }

    /**
     * Has the admin thread make an answer.
     *
     * @param answerOn whose thread the answer comes on
     */
    Future<FullHttpResponse> answer(EventExecutor answerOn, Callable<FullHttpResponse> work) {
        Promise<FullHttpResponse> answer = answerOn.newPromise();
        try {
            thread.execute(() -> make(answer, work));
        } catch (RejectedExecutionException e) {
            answer.setSuccess(Responses.busy("the admin page has too much to do, or the server stops; try again"));
        }
        return answer;
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever goes wrong, whoever asked is told.
    private static void make(Promise<FullHttpResponse> answer, Callable<FullHttpResponse> work) {
        try {
            answer.setSuccess(work.call());
        } catch (Exception e) {
            LOG.error("an answer of the admin page could not be made", e);
            answer.setSuccess(Responses.error(HttpResponseStatus.INTERNAL_SERVER_ERROR));
        }
    }

    /** Starts a recording, which ends by itself. On the admin thread. */
    boolean startRecording() throws IOException {
        if (!recordings.start()) {
            return false;
        }
        thread.schedule(this::stopOverdue, Recordings.LONGEST.toSeconds() + 1, TimeUnit.SECONDS);
        return true;
    }

    private void stopOverdue() {
        try {
            if (recordings.isOver()) {
                recordings.stop();
            }
        } catch (IOException e) {
            LOG.error("a recording could not be kept", e);
        }
    }

    /** Says goodbye to the open pages, because the server stops; they end with the connections. */
    void endPages() {
        onThread(() -> {
            pages.end();
            return true;
        });
    }

    /** Gives back the thread and what was recorded, once no connection is left; does nothing the second time. */
    @Override
    public void close() {
        onThread(() -> {
            recordings.close();
            metrics.close();
            return true;
        });
        thread.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void onThread(Callable<Boolean> work) {
        if (!thread.isShuttingDown()) {
            thread.submit(work).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
