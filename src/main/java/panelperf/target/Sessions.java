package panelperf.target;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import panelperf.bokeh.Message;
import panelperf.bokeh.Model;
import panelperf.session.Effect;
import panelperf.session.Hold;
import panelperf.session.Knobs;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionKey;
import panelperf.session.SessionMachine;
import panelperf.session.SessionObserver;
import panelperf.session.Work;
import panelperf.time.Ticker;

/**
 * The shell of the session machine: tells it what happens, and does what it says.
 *
 * <p>Package-private methods may be called by any thread; they pass the work to the document loop, whose queue is bounded
 * by the connections: each hands over a few messages and then waits ({@link BokehSocket}). Private methods are the
 * document loop's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What is scheduled here ends with the loop.
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Who waits to be admitted to a session, with a signed token or without. */
    private record Asker(Promise<ServedSession> answer, boolean signed) {}

    private final App app;
    private final Knobs knobs;
    private final Ticker ticker;
    private final EventExecutor loop;
    private final Executor renderPool;
    private final SessionMachine machine;
    private final Map<String, ServedSession> served = new HashMap<>();
    private final Map<String, List<Asker>> askers = new HashMap<>();
    private final Conversation conversation = new Conversation();
    private final SessionObserver observer;
    private long modelIds = 1000;

    /**
     * No sessions yet.
     *
     * @param loop the document loop: one thread
     * @param renderPool runs deferred functions; gets at most {@code knobs.renderThreads()} at once
     */
    Sessions(App app, Knobs knobs, Ticker ticker, EventExecutor loop, Executor renderPool, SessionObserver observer) {
        this.app = app;
        this.knobs = knobs;
        this.ticker = ticker;
        this.loop = loop;
        this.renderPool = renderPool;
        this.observer = observer;
        this.machine = new SessionMachine(knobs, ticker.nanos());
    }

    /** Begins to look for unused sessions and to ping sockets. */
    void start() {
        loop.execute(this::scheduleAdvance);
        long period = knobs.keepAlive().toNanos();
        loop.scheduleAtFixedRate(this::pingAll, period, period, TimeUnit.NANOSECONDS);
    }

    /**
     * Opens a session, a new one when the id is unknown.
     *
     * @param signed whether the token that names it is signed by this server
     * @param answerOn whose thread the answer comes on
     * @return fails with {@link RefusedException} where there is no room, or the session is a page's and the token unsigned
     */
    Future<ServedSession> open(String id, boolean signed, EventExecutor answerOn) {
        Promise<ServedSession> answer = answerOn.newPromise();
        onLoop(Work.INITIALISE, id, () -> {
            askers.computeIfAbsent(id, key -> new ArrayList<>(1)).add(new Asker(answer, signed));
            perform(machine.open(id, ticker.nanos()));
        });
        return answer;
    }

    /** A socket of the session opened. */
    void connect(ServedSession session, PageSocket socket) {
        onLoop(Work.CONNECT, session.key().id(), () -> {
            if (machine.connected(session.key(), ticker.nanos())) {
                session.sockets().add(socket);
                socket.send(conversation.greeting());
            } else {
                socket.end(new CloseWebSocketFrame());
            }
        });
    }

    /** A socket of the session closed. */
    void disconnect(ServedSession session, PageSocket socket) {
        onLoop(Work.DISCONNECT, session.key().id(), () -> {
            if (session.sockets().remove(socket)) {
                machine.disconnected(session.key(), ticker.nanos());
            }
        });
    }

    /**
     * A client's message.
     *
     * @param handled run when it was answered, on the document loop
     */
    void receive(ServedSession session, PageSocket from, Message message, Runnable handled) {
        onLoop(Work.ANSWER, session.key().id(), () -> {
            Conversation.Answer answer = conversation.answer(message, session.document());
            from.send(answer.reply());
            if (answer.documentReady()) {
                perform(machine.documentReady(session.key(), ticker.nanos()));
            }
            handled.run();
        });
    }

    /** The sessions that live, oldest first. */
    Future<List<ServerSession>> list(EventExecutor answerOn) {
        Promise<List<ServerSession>> answer = answerOn.newPromise();
        loop.execute(() -> answer.setSuccess(machine.sessions()));
        return answer;
    }

    /** Ends all sockets, because the server stops. */
    Future<?> endSockets() {
        return loop.submit(() -> served.values()
                .forEach(session -> session.sockets()
                        .forEach(socket -> socket.end(new CloseWebSocketFrame(1001, "the server stops")))));
    }

    /** Does a piece of work of a session on the loop, and tells of it. */
    private void onLoop(Work work, String id, Runnable task) {
        long queuedNanos = ticker.nanos();
        loop.execute(() -> {
            long startNanos = ticker.nanos();
            task.run();
            Optional<ServerSession> session = machine.session(id);
            session.ifPresent(observer::changed);
            observer.held(new Hold(
                    work,
                    session.map(ServerSession::key),
                    queuedNanos,
                    startNanos,
                    Math.max(startNanos, ticker.nanos())));
        });
    }

    private void scheduleAdvance() {
        long delay = Math.max(0, machine.nextDueNanos() - ticker.nanos());
        loop.schedule(
                () -> {
                    perform(machine.advance(ticker.nanos()));
                    scheduleAdvance();
                },
                delay,
                TimeUnit.NANOSECONDS);
    }

    private void pingAll() {
        served.values().forEach(session -> session.sockets().forEach(PageSocket::ping));
    }

    private void perform(List<Effect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Initialise initialise) {
            initialise(initialise.session());
        } else if (effect instanceof Effect.Admit admit) {
            admit(admit.session());
        } else if (effect instanceof Effect.Refuse refuse) {
            answerAskers(refuse.id(), null);
        } else if (effect instanceof Effect.Render render) {
            render(render);
        } else if (effect instanceof Effect.Send send) {
            send(send);
        } else if (effect instanceof Effect.Destroy destroy) {
            served.remove(destroy.session().key().id());
            observer.changed(destroy.session());
        }
    }

    private void initialise(SessionKey key) {
        boolean signed = askers.getOrDefault(key.id(), List.of()).stream().anyMatch(Asker::signed);
        ServedSession session = new ServedSession(key, signed);
        try {
            App.Made made = app.make(() -> "p" + modelIds++);
            session.made(made);
            served.put(key.id(), session);
            perform(machine.initialised(key, made.deferred().size(), ticker.nanos()));
        } catch (RuntimeException e) {
            List<Asker> waiting = askers.remove(key.id());
            perform(machine.failed(key, ticker.nanos()));
            if (waiting != null) {
                waiting.forEach(asker -> asker.answer().tryFailure(e));
            }
        }
    }

    private void admit(SessionKey key) {
        answerAskers(key.id(), served.get(key.id()));
    }

    private void answerAskers(String id, @Nullable ServedSession session) {
        List<Asker> waiting = askers.remove(id);
        if (waiting == null) {
            return;
        }
        for (Asker asker : waiting) {
            if (session == null) {
                asker.answer().tryFailure(new RefusedException(Refusal.TOO_MANY_SESSIONS));
            } else if (session.signed() && !asker.signed()) {
                asker.answer().tryFailure(new RefusedException(Refusal.BAD_TOKEN));
            } else {
                asker.answer().trySuccess(session);
            }
        }
    }

    private void render(Effect.Render render) {
        ServedSession session = served.get(render.session().id());
        if (session == null) {
            perform(machine.rendered(render, ticker.nanos()));
            return;
        }
        Runnable run = () -> renderPool.execute(() -> runDeferred(session, render));
        if (render.holdNanos() > 0) {
            loop.schedule(run, render.holdNanos(), TimeUnit.NANOSECONDS);
        } else {
            run.run();
        }
    }

    /** On a thread of the render pool. */
    private void runDeferred(ServedSession session, Effect.Render render) {
        long startNanos = ticker.nanos();
        Optional<List<Model>> content = content(session.deferred(render.part()));
        try {
            long endNanos = ticker.nanos();
            onLoop(Work.SEND, session.key().id(), () -> {
                observer.rendered(new PoolUse(
                        session.key(), render.part(), startNanos - render.holdNanos(), startNanos, endNanos));
                session.rendered(render.part(), content);
                perform(machine.rendered(render, ticker.nanos()));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the server stopped before a render had ended");
        }
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever an app throws, its place in the pool must come free.
    private static Optional<List<Model>> content(App.Deferred part) {
        try {
            return Optional.of(part.content().call());
        } catch (Exception e) {
            LOG.error("the deferred function of model {} threw; its loader goes and nothing comes", part.loaderId(), e);
            return Optional.empty();
        }
    }

    /** Two patches in this order, as Panel's (panel/param.py): the content, and the end of the loader. */
    private void send(Effect.Send send) {
        ServedSession session = served.get(send.session().id());
        if (session == null) {
            return;
        }
        String loader = session.deferred(send.part()).loaderId();
        session.takeRendered(send.part())
                .ifPresent(content ->
                        session.broadcast(conversation.patch(session.document().setChildren(loader, content))));
        session.broadcast(conversation.patch(session.document().endLoading(loader)));
    }
}
