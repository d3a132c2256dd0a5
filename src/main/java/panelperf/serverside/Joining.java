package panelperf.serverside;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.VisitName;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;

/**
 * Says which visit each session of the server was made for, where that is sure.
 *
 * <p>By instants: a session <em>fits</em> a visit when it was initialised within the time from the visit's request to the last
 * byte of its HTML, which the server sends once the session is there; and where the server says when it heard that the page
 * was drawn, and can be believed, when that lies after the visit had pulled its document and, if the page loaded, before the
 * visit's end. Panel may tell it of another session ({@link AdminTimeline}), but then the one whose page it was has none: so no
 * instant is believed in which a session lived of which Panel does not tell it. Visits and sessions that fit each other,
 * directly or by way of others, are a group. Every visit whose page came has a session, and no two have the same; so
 *
 * <ul>
 *   <li>a visit that one session alone fits is joined to it, and that session fits no other visit any more, and so on until no
 *       visit has only one left;
 *   <li>where a group has more visits than sessions, or leaves a visit without any, somebody's session is missing (another
 *       process served it), and in that group none is joined.
 * </ul>
 *
 * The others are ambiguous and stay so.
 */
public final class Joining {
    /** Our wall clock is read in whole milliseconds, once a run; the server's has its own granularity. */
    public static final double CLOCKS_MS = 2;

    private Joining() {}

    /** A visit whose page came, and the sessions that may still be its own. */
    private static final class Candidate {
        private final Visit visit;
        private final double fromMs;
        private final double toMs;
        private final double drawnFromMs;
        private final double drawnToMs;
        private final Set<Integer> sessions = new TreeSet<>();

        Candidate(Visit visit, double htmlMs) {
            this.visit = visit;
            this.fromMs = visit.start().intendedStartMs() + visit.view().queuedMs() - CLOCKS_MS;
            this.toMs = visit.start().intendedStartMs() + htmlMs + CLOCKS_MS;
            // Not from READY on: that is noted after the message was sent, and may be so after it was handled.
            this.drawnFromMs = visit.start().intendedStartMs()
                    + visit.view().milestones().at(Milestone.PULLED).orElse(0)
                    - CLOCKS_MS;
            this.drawnToMs = visit.pageLoaded() ? visit.endMs() + CLOCKS_MS : Double.POSITIVE_INFINITY;
        }

        boolean fits(RecordedSession session, OptionalDouble drawn) {
            OptionalDouble initialised = session.initialisedMs();
            return initialised.isPresent()
                    && initialised.getAsDouble() <= toMs
                    && (drawn.isEmpty() || (drawn.getAsDouble() >= drawnFromMs && drawn.getAsDouble() <= drawnToMs));
        }
    }

    /** When each session's page was drawn, where that can be believed. */
    private static OptionalDouble[] drawn(RecordedSession[] sessions) {
        List<RecordedSession> silent = Arrays.stream(sessions)
                .filter(session -> session.readyMs().isEmpty())
                .toList();
        return Arrays.stream(sessions)
                .map(session -> session.readyMs().isPresent()
                                && silent.stream()
                                        .anyMatch(other ->
                                                lived(other, session.readyMs().getAsDouble()))
                        ? OptionalDouble.empty()
                        : session.readyMs())
                .toArray(OptionalDouble[]::new);
    }

    private static boolean lived(RecordedSession session, double atMs) {
        return session.createdMs() <= atMs && session.destroyedMs().orElse(Double.POSITIVE_INFINITY) >= atMs;
    }

    /**
     * Joins sessions that have no ids that visits know, by instants of clocks that agree.
     *
     * @return the sessions, by their creation
     */
    public static List<RecordedSession> byInstants(List<RecordedSession> sessions, List<Visit> visits) {
        RecordedSession[] sorted = sorted(sessions);
        double[] created =
                Arrays.stream(sorted).mapToDouble(RecordedSession::createdMs).toArray();
        OptionalDouble[] drawn = drawn(sorted);
        List<Candidate> candidates = new ArrayList<>();
        Map<Integer, List<Candidate>> visitors = new HashMap<>();
        for (Visit visit : visits) {
            OptionalDouble html = visit.view().milestones().at(Milestone.HTML);
            if (visit.serverResponded() && html.isPresent()) {
                Candidate candidate = new Candidate(visit, html.getAsDouble());
                candidates.add(candidate);
                fit(candidate, sorted, created, drawn);
                candidate.sessions.forEach(session -> visitors.computeIfAbsent(session, none -> new ArrayList<>())
                        .add(candidate));
            }
        }
        visitors.forEach((session, fitting) -> sorted[session] = sorted[session].withFits(fitting.size()));
        for (List<Candidate> group : groups(candidates, visitors)) {
            join(group, visitors, sorted);
        }
        return List.of(sorted);
    }

    private static RecordedSession[] sorted(List<RecordedSession> sessions) {
        return sessions.stream()
                .sorted(Comparator.comparingDouble(RecordedSession::createdMs))
                .toArray(RecordedSession[]::new);
    }

    private static void fit(Candidate visit, RecordedSession[] sorted, double[] created, OptionalDouble[] drawn) {
        int first = Arrays.binarySearch(created, visit.fromMs);
        for (int i = first < 0 ? -first - 1 : first; i < sorted.length && created[i] <= visit.toMs; i++) {
            if (visit.fits(sorted[i], drawn[i])) {
                visit.sessions.add(i);
            }
        }
    }

    /** Visits that share sessions, directly or by way of others. */
    private static List<List<Candidate>> groups(List<Candidate> visits, Map<Integer, List<Candidate>> visitors) {
        List<List<Candidate>> groups = new ArrayList<>();
        Set<Candidate> seen = new HashSet<>();
        for (Candidate visit : visits) {
            List<Candidate> group = new ArrayList<>();
            Deque<Candidate> left = new ArrayDeque<>(List.of(visit));
            while (!left.isEmpty()) {
                Candidate one = left.pop();
                if (seen.add(one)) {
                    group.add(one);
                    one.sessions.forEach(
                            session -> visitors.getOrDefault(session, List.of()).forEach(left::push));
                }
            }
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static void join(
            List<Candidate> group, Map<Integer, List<Candidate>> visitors, RecordedSession[] sessions) {
        Set<Integer> all = new HashSet<>();
        group.forEach(visit -> all.addAll(visit.sessions));
        if (group.size() > all.size()) {
            return;
        }
        Map<Integer, Candidate> sure = new HashMap<>();
        Deque<Candidate> decided = new ArrayDeque<>();
        group.stream().filter(visit -> visit.sessions.size() == 1).forEach(decided::add);
        while (!decided.isEmpty()) {
            Candidate visit = decided.pop();
            int session = visit.sessions.iterator().next();
            sure.put(session, visit);
            for (Candidate other : visitors.getOrDefault(session, List.of())) {
                if (other != visit && other.sessions.remove(session)) {
                    if (other.sessions.isEmpty()) {
                        return;
                    }
                    if (other.sessions.size() == 1) {
                        decided.add(other);
                    }
                }
            }
        }
        sure.forEach((session, candidate) -> sessions[session] =
                sessions[session].of(VisitName.of(candidate.visit.start()), closed(candidate.visit)));
    }

    /** A browser closes its socket with the end of the visit. */
    private static OptionalDouble closed(Visit visit) {
        boolean opened = visit.view().milestones().at(Milestone.WS_OPEN).isPresent();
        return opened ? OptionalDouble.of(visit.endMs()) : OptionalDouble.empty();
    }

    /**
     * Joins sessions whose ids the visits know.
     *
     * @return the sessions, by their creation
     */
    public static List<RecordedSession> byId(List<RecordedSession> sessions, List<Visit> visits) {
        Map<String, VisitName> visitors = new HashMap<>();
        for (Visit visit : visits) {
            String id = visit.view().sessionId();
            if (id != null) {
                visitors.putIfAbsent(id, VisitName.of(visit.start()));
            }
        }
        RecordedSession[] sorted = sorted(sessions);
        for (int i = 0; i < sorted.length; i++) {
            VisitName visit = visitors.get(sorted[i].id());
            if (visit != null) {
                sorted[i] = sorted[i].of(visit, OptionalDouble.empty());
            }
        }
        return List.of(sorted);
    }
}
