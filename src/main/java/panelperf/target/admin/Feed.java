package panelperf.target.admin;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import panelperf.session.Hold;
import panelperf.session.Work;

/**
 * What admin pages are told: a snapshot when they come, then what has changed since the last time. All pages are told the
 * same, so that a second page costs a copy. One thread's: the admin thread.
 *
 * <p>What a snapshot holds may come once more in the change after it; pages know everything by its number.
 */
public final class Feed {
    private static final int LOG_LINES = 200;
    private static final int SNAPSHOT_LOG_LINES = 2_000;
    private static final int HOLDS = 500;
    /** The profile is long, and nobody reads it faster. */
    private static final int PROFILE_EVERY = 5;

    private final History history;
    private final ServerFacts facts;
    private final Supplier<RecordingStatus> recording;
    private long holdsSent;
    private long logSent;
    private long trendSent;
    private int changes;

    /** A feed that nobody hears yet. */
    public Feed(History history, ServerFacts facts, Supplier<RecordingStatus> recording) {
        this.history = history;
        this.facts = facts;
        this.recording = recording;
    }

    /** The first page has come: from now on, what changes is kept for {@link #change}. */
    public void begin() {
        history.ask(known -> {
            known.collect(true);
            holdsSent = known.holds().last();
            trendSent = known.trend().last();
            return true;
        });
        logSent = history.log().last();
    }

    /** The last page has gone. */
    public void end() {
        history.ask(known -> {
            known.collect(false);
            return true;
        });
    }

    /** All that is known, as far as it is kept. */
    public String snapshot() {
        Batch batch = history.ask(known -> new Batch(
                history.nowNanos(),
                known.rows(),
                known.holds().after(0, Integer.MAX_VALUE),
                known.load().all(),
                known.trend().after(0),
                known.census(),
                known.withoutRow(),
                ProfileJson.of(known, history.ageNanos())));
        List<Recent.Numbered<LogLine>> lines = history.log().after(0, SNAPSHOT_LOG_LINES);
        return JsonText.object(history.timeline(), json -> {
            json.text("type", "snapshot");
            facts(json);
            write(json, batch, lines, 0);
            batch.profile().write(json);
        });
    }

    /** What has changed since the last change, or the beginning. */
    public String change() {
        boolean withProfile = changes++ % PROFILE_EVERY == 0;
        Batch batch = history.ask(known -> new Batch(
                history.nowNanos(),
                known.changed(),
                known.holds().after(holdsSent, HOLDS),
                known.load().changed(),
                known.trend().after(trendSent),
                known.census(),
                known.withoutRow(),
                withProfile ? ProfileJson.of(known, history.ageNanos()) : JsonText.NOTHING));
        List<Recent.Numbered<LogLine>> lines = history.log().after(logSent, LOG_LINES);
        long lastLine = lines.isEmpty() ? logSent : lines.get(lines.size() - 1).number();
        long leftOut = lastLine - logSent - lines.size();
        String text = JsonText.object(history.timeline(), json -> {
            json.text("type", "change");
            write(json, batch, lines, leftOut);
            batch.profile().write(json);
        });
        logSent = lastLine;
        holdsSent = batch.holds().isEmpty() ? holdsSent : last(batch.holds());
        trendSent = batch.trend().isEmpty()
                ? trendSent
                : batch.trend().get(batch.trend().size() - 1).number();
        return text;
    }

    private static long last(List<Recent.Numbered<Hold>> holds) {
        return holds.get(holds.size() - 1).number();
    }

    /** What one text is made of, taken under the lock and written outside it. */
    private record Batch(
            long nowNanos,
            List<Watched.Row> sessions,
            List<Recent.Numbered<Hold>> holds,
            List<Load.View> load,
            List<Trend.Point> trend,
            Census census,
            long withoutRow,
            JsonText.Value profile) {}

    private void facts(JsonText json) throws IOException {
        json.object("server", server -> {
            server.text("name", facts.name());
            server.text("version", facts.version());
            server.epoch("startedMs", facts.startedEpochMs());
        });
        json.object("limits", limits -> {
            limits.milliseconds("slotMs", Load.SLOT_NANOS);
            limits.milliseconds(
                    "shortestHoldMs", history.limits().shortestHold().toNanos());
            limits.milliseconds("stallMs", history.limits().stall().toNanos());
            limits.number("trendSeconds", history.limits().trendSeconds());
            limits.number("rows", history.limits().rows());
            limits.number("logLines", history.limits().logLines());
        });
        json.texts("works", Arrays.stream(Work.values()).map(Words::of).toList());
    }

    private void write(JsonText json, Batch batch, List<Recent.Numbered<LogLine>> lines, long leftOut)
            throws IOException {
        json.instant("nowMs", batch.nowNanos());
        json.object("census", census -> {
            census.number("total", batch.census().total());
            census.number("active", batch.census().active());
            census.number("coming", batch.census().coming());
            census.number("connected", batch.census().connected());
            census.number("waiting", batch.census().waiting());
            census.number("withoutRow", batch.withoutRow());
        });
        RecordingStatus status = recording.get();
        json.object("recording", status::write);
        json.objects("sessions", batch.sessions(), (object, row) -> {
            SessionJson.write(object, row.session());
            object.instant("startedMs", row.startedNanos());
        });
        json.objects("holds", batch.holds(), Feed::hold);
        json.objects("load", batch.load(), Feed::load);
        json.objects("trend", batch.trend(), Feed::point);
        json.number("logLinesLeftOut", leftOut);
        json.objects("log", lines, Feed::line);
    }

    private static void hold(JsonText json, Recent.Numbered<Hold> one) throws IOException {
        Hold hold = one.value();
        json.number("n", one.number());
        json.text("work", Words.of(hold.work()));
        json.number("session", hold.session().map(key -> key.number()).orElse(0L));
        json.instant("queuedMs", hold.queuedNanos());
        json.instant("startMs", hold.startNanos());
        json.instant("endMs", hold.endNanos());
    }

    private static void load(JsonText json, Load.View slot) throws IOException {
        json.instant("startMs", slot.startNanos());
        json.milliseconds("loopMs", slot.loopNanos());
        json.milliseconds("poolMs", slot.poolNanos());
        json.milliseconds("longestWaitMs", slot.longestWaitNanos());
    }

    private static void point(JsonText json, Trend.Point point) throws IOException {
        json.number("n", point.number());
        json.instant("atMs", point.nanos());
        json.number("total", point.census().total());
        json.number("coming", point.census().coming());
        json.number("connected", point.census().connected());
        json.number("waiting", point.census().waiting());
        json.milliseconds("renderMeanMs", point.renderMeanNanos());
        json.milliseconds("renderLongestMs", point.renderLongestNanos());
        json.milliseconds("spinnerLongestMs", point.spinnerLongestNanos());
        json.milliseconds("durationMeanMs", point.durationMeanNanos());
    }

    private static void line(JsonText json, Recent.Numbered<LogLine> one) throws IOException {
        LogLine line = one.value();
        json.number("n", one.number());
        json.epoch("atMs", line.epochMs());
        json.text("level", Words.lower(line.level()));
        json.number("session", line.session().map(key -> key.number()).orElse(0L));
        json.text("id", line.session().map(key -> key.id()).orElse(""));
        json.text("text", line.text());
    }
}
