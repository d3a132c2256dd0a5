package panelperf.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import panelperf.session.Effect;
import panelperf.session.Knobs;
import panelperf.session.SessionKey;
import panelperf.session.SessionMachine;
import panelperf.session.SessionObserver;
import panelperf.session.Work;

/** The session machine under virtual time, with one deferred function a page. */
final class VirtualServer {
    private static final List<Duration> ONE_PART = List.of(Duration.ZERO);

    private final VirtualTime time;
    private final SessionMachine machine;
    private final Map<String, List<Consumer<SessionKey>>> askers = new HashMap<>();
    private final Map<SessionKey, Runnable> rendered = new HashMap<>();
    private long wakeNanos = Long.MAX_VALUE;
    private boolean turning;

    VirtualServer(Knobs knobs, RandomGenerator random, SessionObserver observer, VirtualTime time) {
        this.time = time;
        this.machine = new SessionMachine(knobs, random, observer, time.nowNanos());
        turn();
    }

    /** Asks for a session; tells when it is admitted. */
    void open(String id, Consumer<SessionKey> admitted) {
        askers.computeIfAbsent(id, key -> new ArrayList<>()).add(admitted);
        machine.open(id, time.nowNanos());
        turn();
    }

    /** Brings work; tells when its turn has passed. */
    void bring(Work work, Optional<SessionKey> session, Runnable done) {
        machine.bring(work, session, done, time.nowNanos());
        turn();
    }

    /** A socket is let in; as soon as its session was opened for it. */
    void connected(SessionKey session) {
        machine.connected(session, time.nowNanos());
    }

    /** A socket closed; within the turn of that work. */
    void disconnected(SessionKey session) {
        machine.disconnected(session, time.nowNanos());
    }

    /**
     * The page is drawn; within the turn of that work.
     *
     * @param sent runs when its content is sent
     */
    void ready(SessionKey session, Runnable sent) {
        rendered.put(session, sent);
        perform(machine.documentReady(session, time.nowNanos()));
    }

    int live() {
        return machine.sessions().size();
    }

    /** As the shell of the real server does: all that is due, and an alarm for what is due next. */
    private void turn() {
        if (turning) {
            return;
        }
        turning = true;
        while (machine.nextDueNanos() <= time.nowNanos()) {
            perform(machine.advance(time.nowNanos()));
            machine.performed(time.nowNanos());
        }
        turning = false;
        long next = machine.nextDueNanos();
        if (next < wakeNanos || wakeNanos <= time.nowNanos()) {
            wakeNanos = next;
            time.at(next, this::turn);
        }
    }

    private void perform(List<Effect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Initialise initialise) {
            perform(machine.initialised(initialise.session(), ONE_PART, time.nowNanos()));
        } else if (effect instanceof Effect.Admit admit) {
            Optional.ofNullable(askers.remove(admit.session().id()))
                    .orElse(List.of())
                    .forEach(asker -> asker.accept(admit.session()));
        } else if (effect instanceof Effect.Refuse refuse) {
            throw new IllegalStateException("expected room for session " + refuse.id() + "; raise max-sessions");
        } else if (effect instanceof Effect.Proceed proceed) {
            proceed.work().run();
        } else if (effect instanceof Effect.Render render) {
            time.in(render.holdNanos(), () -> {
                perform(machine.rendered(render, time.nowNanos()));
                turn();
            });
        } else if (effect instanceof Effect.Send send) {
            Optional.ofNullable(rendered.remove(send.session())).ifPresent(Runnable::run);
        }
    }
}
