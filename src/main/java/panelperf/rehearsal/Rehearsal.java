package panelperf.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import panelperf.session.Hold;
import panelperf.session.Knobs;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionObserver;

/**
 * The study's load, played to one server in virtual time: one user, then ten at once, then ten who come again and again for
 * four minutes; at the end the wait until no session lives. One user's visits come first, alone, to compare with.
 */
public final class Rehearsal {
    static final String BASELINE = "baseline";
    static final String SINGLE = "single";
    static final String SINGLE_LOAD = "single_load";
    static final String LOAD = "load";

    private static final int BASELINE_VISITS = 20;
    private static final int USERS = 10;
    private static final Duration SINGLE_LOAD_AT = Duration.ofSeconds(5);
    private static final Duration LOAD_AT = Duration.ofSeconds(15);
    private static final Duration LOAD_FOR = Duration.ofMinutes(4);

    private final Knobs knobs;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final Notes notes = new Notes();
    private final VirtualServer server;
    private final List<VisitTimes> visits = new ArrayList<>();
    private int underWay;
    private int opened;
    private boolean allCame;

    private Rehearsal(Knobs knobs, long seed) {
        this.knobs = knobs;
        this.random = new SplittableRandom(seed);
        this.server = new VirtualServer(knobs, random.split(), notes, time);
    }

    /** Plays it. The same knobs and seed give the same run. */
    public static Rehearsed play(Knobs knobs, long seed) {
        return new Rehearsal(knobs, seed).run();
    }

    private Rehearsed run() {
        visitAgain(BASELINE, BASELINE_VISITS, this::awaitEmptyThenStudy);
        while (!(allCame && underWay == 0 && server.live() == 0) && time.step()) {
            // Until nobody is there and no session lives.
        }
        return new Rehearsed(knobs, visits, notes.sessions, notes.holds, notes.uses, time.nowNanos());
    }

    /** So many visits of one user, one after the other. */
    private void visitAgain(String scenario, int left, Runnable then) {
        visit(scenario, () -> {
            if (left > 1) {
                visitAgain(scenario, left - 1, then);
            } else {
                then.run();
            }
        });
    }

    /** The study begins at any moment between two looks for unused sessions: a server does not know when it is studied. */
    private void awaitEmptyThenStudy() {
        if (server.live() > 0) {
            time.in(Duration.ofMillis(250).toNanos(), this::awaitEmptyThenStudy);
        } else {
            time.in(random.nextLong(knobs.expiry().checkPeriod().toNanos()), this::study);
        }
    }

    private void study() {
        visit(SINGLE, () -> {});
        time.in(SINGLE_LOAD_AT.toNanos(), () -> {
            for (int user = 0; user < USERS; user++) {
                visit(SINGLE_LOAD, () -> {});
            }
        });
        time.in(LOAD_AT.toNanos(), () -> {
            long end = time.nowNanos() + LOAD_FOR.toNanos();
            for (int user = 0; user < USERS; user++) {
                visitUntil(end);
            }
            allCame = true;
        });
    }

    private void visitUntil(long endNanos) {
        visit(LOAD, () -> {
            if (time.nowNanos() < endNanos) {
                visitUntil(endNanos);
            }
        });
    }

    private void visit(String scenario, Runnable then) {
        underWay++;
        opened++;
        new VirtualVisit(server, time, knobs, scenario, "visit-" + opened, times -> {
                    underWay--;
                    visits.add(times);
                    then.run();
                })
                .begin();
    }

    /** All that the server tells. */
    private static final class Notes implements SessionObserver {
        private final List<ServerSession> sessions = new ArrayList<>();
        private final List<Hold> holds = new ArrayList<>();
        private final List<PoolUse> uses = new ArrayList<>();

        @Override
        public void changed(ServerSession session) {
            if (session.destroyedNanos().isPresent()) {
                sessions.add(session);
            }
        }

        @Override
        public void held(Hold hold) {
            holds.add(hold);
        }

        @Override
        public void rendered(PoolUse use) {
            uses.add(use);
        }
    }
}
