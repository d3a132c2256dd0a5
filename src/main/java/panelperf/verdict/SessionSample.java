package panelperf.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.Span;
import panelperf.run.Run;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;

/**
 * Figures of the server's own sessions, as it told of them after the load.
 *
 * <p>What has not happened when the server was asked is positive infinity: a session that still lives is older than every
 * limit.
 */
public final class SessionSample {
    /** A pass of Bokeh's clean-up begins 17 s after the last; two ends that are further apart belong to no stretch. */
    private static final double LONGEST_GAP_MS = 5_000;
    /** What a visit waits for the server for. */
    private static final List<Milestone> SERVERS = List.of(
            Milestone.FIRST_BYTE,
            Milestone.HTML,
            Milestone.WS_OPEN,
            Milestone.ACK,
            Milestone.PULLED,
            Milestone.FIRST_PATCH,
            Milestone.SPINNER_GONE);

    private SessionSample() {}

    /**
     * How sessions and visits were joined.
     *
     * @param visits visits whose page came
     * @param joined visits with a session of their own for sure
     * @param ambiguous sessions that fit a visit, but not surely
     * @param nobodys sessions that fit no visit: of other visitors, or of visits whose page never came
     */
    public record Joins(int visits, int joined, int ambiguous, int nobodys) {}

    /** How sessions and visits were joined. */
    public static Joins joins(Run run) {
        int pages = 0;
        for (Visit visit : run.visits()) {
            boolean came = visit.serverResponded()
                    && visit.view().milestones().at(Milestone.HTML).isPresent();
            pages += came ? 1 : 0;
        }
        int joined = 0;
        int ambiguous = 0;
        for (RecordedSession session : run.sessions()) {
            joined += session.visit().isPresent() ? 1 : 0;
            ambiguous += session.visit().isEmpty() && session.fits() > 0 ? 1 : 0;
        }
        return new Joins(pages, joined, ambiguous, run.sessions().size() - joined - ambiguous);
    }

    /** From when a session was begun to when its document was there, ms; of those for which both are known. */
    public static double[] initialisationMs(Run run) {
        return sample(
                run.sessions().stream()
                        .filter(session -> session.initialisedMs().isPresent()),
                session -> session.initialisedMs().getAsDouble() - session.createdMs());
    }

    /** From when a session was begun to when it was destroyed, ms. */
    public static double[] lifetimeMs(Run run) {
        return sample(run.sessions().stream(), session -> destroyed(session) - session.createdMs());
    }

    /** From when a session's last socket closed to when it was destroyed, ms; of those for which the first is known. */
    public static double[] closeToEndMs(Run run) {
        return sample(
                run.sessions().stream().filter(session -> session.closedMs().isPresent()),
                session -> Math.max(0, destroyed(session) - session.closedMs().getAsDouble()));
    }

    private static double destroyed(RecordedSession session) {
        return session.destroyedMs().orElse(Double.POSITIVE_INFINITY);
    }

    private static double[] sample(Stream<RecordedSession> sessions, ToDoubleFunction<RecordedSession> figure) {
        return sessions.mapToDouble(figure).toArray();
    }

    /** How many sessions lived at the same moment, at most. */
    public static int mostAlive(Run run) {
        double[] begins = sample(run.sessions().stream(), RecordedSession::createdMs);
        double[] ends = sample(run.sessions().stream(), SessionSample::destroyed);
        Arrays.sort(begins);
        Arrays.sort(ends);
        int most = 0;
        int over = 0;
        for (int begun = 0; begun < begins.length; begun++) {
            while (over < ends.length && ends[over] <= begins[begun]) {
                over++;
            }
            most = Math.max(most, begun + 1 - over);
        }
        return most;
    }

    /** How many sessions were initialised while another was: 0 where a server sets up one after the other. */
    public static int overlapped(Run run) {
        List<RecordedSession> known = run.sessions().stream()
                .filter(session -> session.initialisedMs().isPresent())
                .sorted(Comparator.comparingDouble(RecordedSession::createdMs))
                .toList();
        boolean[] overlaps = new boolean[known.size()];
        int latest = 0;
        for (int i = 1; i < known.size(); i++) {
            double latestEnd = known.get(latest).initialisedMs().getAsDouble();
            if (known.get(i).createdMs() < latestEnd) {
                overlaps[i] = true;
                overlaps[latest] = true;
            }
            latest = known.get(i).initialisedMs().getAsDouble() > latestEnd ? i : latest;
        }
        int count = 0;
        for (boolean one : overlaps) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /**
     * A time in which a server did nothing but destroy sessions, while visits waited for it.
     *
     * @param fromMs when the visit that waited longest last heard of the server, or when the first of the sessions ended
     * @param toMs when the last of the sessions ended
     * @param sessions how many ended in it, one after the other
     * @param waiting visits that were under way at its end
     */
    public record Destruction(double fromMs, double toMs, int sessions, int waiting) {
        /** How long it was. */
        public double lengthMs() {
            return toMs - fromMs;
        }
    }

    /**
     * The longest time in which one session after the other ended, the server telling of nothing else that it did, and at
     * least one visit waited for it. Empty when there was none with two sessions or more.
     */
    public static Optional<Destruction> longestDestruction(Run run) {
        List<Moment> moments = moments(run.sessions());
        List<Destruction> found = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (Moment moment : moments) {
            boolean goesOn =
                    moment.end() && !ends.isEmpty() && moment.atMs() - ends.get(ends.size() - 1) <= LONGEST_GAP_MS;
            if (!goesOn) {
                waited(run, ends).ifPresent(found::add);
                ends.clear();
            }
            if (moment.end()) {
                ends.add(moment.atMs());
            }
        }
        waited(run, ends).ifPresent(found::add);
        return found.stream().max(Comparator.comparingDouble(Destruction::lengthMs));
    }

    /** Something that a server did: the end of a session, or something else. */
    private record Moment(double atMs, boolean end) {}

    private static List<Moment> moments(List<RecordedSession> sessions) {
        List<Moment> moments = new ArrayList<>();
        for (RecordedSession session : sessions) {
            if (session.source() == RecordedSession.Source.ADMIN_PAGE) {
                moments.add(new Moment(session.createdMs(), false)); // our target is only asked then
            }
            other(moments, session.initialisedMs());
            other(moments, session.readyMs());
            for (Span span : session.handled()) {
                moments.add(new Moment(span.fromMs(), false));
                moments.add(new Moment(span.toMs(), false));
            }
            session.destroyedMs().ifPresent(at -> moments.add(new Moment(at, true)));
        }
        moments.sort(Comparator.comparingDouble(Moment::atMs));
        return moments;
    }

    private static void other(List<Moment> moments, OptionalDouble at) {
        at.ifPresent(ms -> moments.add(new Moment(ms, false)));
    }

    /** The longest part of such a time for which one and the same visit heard nothing of the server. */
    private static Optional<Destruction> waited(Run run, List<Double> ends) {
        if (ends.size() < 2) {
            return Optional.empty();
        }
        double first = ends.get(0);
        double last = ends.get(ends.size() - 1);
        Optional<Destruction> longest = Optional.empty();
        for (Visit visit : run.visits()) {
            if (visit.start().intendedStartMs() < last && visit.endMs() > first) {
                double[] heard = heardMs(visit);
                for (int i = 1; i < heard.length; i++) {
                    Optional<Destruction> part = between(heard[i - 1], heard[i], run, ends);
                    longest = part.isPresent()
                                    && (longest.isEmpty()
                                            || part.get().lengthMs()
                                                    > longest.get().lengthMs())
                            ? part
                            : longest;
                }
            }
        }
        return longest;
    }

    /** When a visit heard of the server, with its beginning before and its end after that. */
    private static double[] heardMs(Visit visit) {
        double start = visit.start().intendedStartMs();
        DoubleStream milestones = SERVERS.stream()
                .flatMapToDouble(milestone -> visit.view().milestones().at(milestone).stream())
                .map(ms -> start + ms);
        return DoubleStream.concat(DoubleStream.of(start, visit.endMs()), milestones)
                .sorted()
                .toArray();
    }

    private static Optional<Destruction> between(double silentMs, double heardMs, Run run, List<Double> ends) {
        double from = Math.max(silentMs, ends.get(0));
        double[] during = ends.stream()
                .mapToDouble(end -> end)
                .filter(end -> end >= from && end <= heardMs)
                .toArray();
        if (during.length < 2) {
            return Optional.empty();
        }
        double to = during[during.length - 1];
        long waiting = run.visits().stream()
                .filter(visit -> visit.start().intendedStartMs() < to && visit.endMs() >= to)
                .count();
        return Optional.of(new Destruction(from, to, during.length, (int) waiting));
    }
}
