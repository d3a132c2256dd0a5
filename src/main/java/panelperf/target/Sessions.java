package panelperf.target;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import panelperf.bokeh.Document;
import panelperf.bokeh.Message;
import panelperf.bokeh.Model;
import panelperf.bokeh.Models;
import panelperf.session.Effect;
import panelperf.session.Knobs;
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

    /**
     * Who waits to be admitted to a session.
     *
     * @param signed whether with a signed token
     * @param joins whether with a socket
     */
    private record Asker(Promise<ServedSession> answer, boolean signed, boolean joins) {}

    private final App app;
    private final Knobs knobs;
    private final Ticker ticker;
    private final EventExecutor loop;
    private final Executor renderPool;
    private final SessionMachine machine;
    private final Map<String, ServedSession> served = new HashMap<>();
    private final Map<String, List<Asker>> askers = new HashMap<>();
    private final Conversation conversation = new Conversation();
    private final Alarm alarm;
    private boolean turning;
    /** Deferred functions make models too, on the render pool. */
    private final AtomicLong modelIds = new AtomicLong(1000);

    private final Models models = new Models(this::nextModelId);

    /**
     * No sessions yet.
     *
     * @param observer is told of what happens, on the document loop
     * @param loop the document loop: one thread
     * @param renderPool runs deferred functions; gets at most as many at once as the knobs say
     */
    Sessions(
            App app,
            Behaviour behaviour,
            SessionObserver observer,
            Ticker ticker,
            EventExecutor loop,
            Executor renderPool) {
        this.app = app;
        this.knobs = behaviour.knobs();
        this.ticker = ticker;
        this.loop = loop;
        this.renderPool = renderPool;
        this.machine = new SessionMachine(knobs, new SplittableRandom(behaviour.seed()), observer, ticker.nanos());
        this.alarm = new Alarm(loop, ticker, this::turn);
    }

    /** Begins to look for unused sessions and to ping sockets. */
    void start() {
        loop.execute(this::turn);
        long period = knobs.limits().keepAlive().toNanos();
        loop.scheduleAtFixedRate(this::pingAll, period, period, TimeUnit.NANOSECONDS);
    }

    /**
     * Opens a session for a page, a new one when the id is unknown.
     *
     * @param signed whether the token that names it is signed by this server
     * @param answerOn whose thread the answer comes on
     * @return fails with {@link RefusedException} where there is no room, or the session is a page's and the token unsigned
     */
    Future<ServedSession> open(String id, boolean signed, EventExecutor answerOn) {
        return ask(id, new Asker(answerOn.newPromise(), signed, false));
    }

    /**
     * Opens a session for a socket, which belongs to it from then on: while the socket's handshake is on its way the session
     * has no end. Whoever was let in says {@link #connect} and at last {@link #disconnect}, or {@link #leave}.
     *
     * @return as {@link #open}
     */
    Future<ServedSession> join(String id, boolean signed, EventExecutor answerOn) {
        return ask(id, new Asker(answerOn.newPromise(), signed, true));
    }

    private Future<ServedSession> ask(String id, Asker asker) {
        loop.execute(() -> {
            askers.computeIfAbsent(id, key -> new ArrayList<>(1)).add(asker);
            machine.open(id, ticker.nanos());
            turn();
        });
        return asker.answer();
    }

    /** The handshake of a socket that was let in has been made. */
    void connect(ServedSession session, PageSocket socket) {
        bring(Work.CONNECT, session, () -> {
            session.sockets().add(socket);
            socket.send(conversation.greeting());
        });
    }

    /** A socket of the session closed. */
    void disconnect(ServedSession session, PageSocket socket) {
        bring(Work.DISCONNECT, session, () -> {
            session.sockets().remove(socket);
            machine.disconnected(session.key(), ticker.nanos());
        });
    }

    /** A socket was let in, and then there was none. */
    void leave(ServedSession session) {
        bring(Work.DISCONNECT, session, () -> machine.disconnected(session.key(), ticker.nanos()));
    }

    /**
     * A client's message.
     *
     * @param handled run when it was answered, on the document loop
     */
    void receive(ServedSession session, PageSocket from, Message message, Runnable handled) {
        loop.execute(() -> {
            Deque<PageSocket.Received> inbox = from.inbox();
            inbox.add(new PageSocket.Received(workOf(message), () -> answer(session, from, message, handled)));
            if (inbox.size() == 1) {
                bringNext(session, from);
            }
        });
    }

    private static Work workOf(Message message) {
        return message.msgtype().equals("PULL-DOC-REQ") ? Work.PULL : Work.ANSWER;
    }

    /** One message of a socket waits for the loop at a time, as Tornado reads the next when it has answered the last. */
    private void bringNext(ServedSession session, PageSocket from) {
        Deque<PageSocket.Received> inbox = from.inbox();
        machine.bring(
                inbox.element().work(),
                Optional.of(session.key()),
                () -> {
                    inbox.element().answer().run();
                    inbox.remove();
                    if (!inbox.isEmpty()) {
                        bringNext(session, from);
                    }
                },
                ticker.nanos());
        turn();
    }

    private void answer(ServedSession session, PageSocket from, Message message, Runnable handled) {
        Conversation.Answer answer = conversation.answer(message, session, from);
        from.send(answer.reply());
        if (answer.documentReady()) {
            perform(machine.documentReady(session.key(), ticker.nanos()));
        }
        handled.run();
    }

    /** Whether the page's files are the document loop's work too, as in Tornado. */
    boolean servesFiles() {
        return !knobs.costs().isFree(Work.FILE);
    }

    /**
     * Waits for the loop as a file does.
     *
     * @return succeeds on the given executor once the loop has served it
     */
    Future<Void> file(EventExecutor answerOn) {
        Promise<Void> answer = answerOn.newPromise();
        bring(Work.FILE, Optional.empty(), () -> answer.trySuccess(null));
        return answer;
    }

    private void bring(Work work, ServedSession session, Runnable action) {
        bring(work, Optional.of(session.key()), action);
    }

    private void bring(Work work, Optional<SessionKey> session, Runnable action) {
        loop.execute(() -> {
            machine.bring(work, session, action, ticker.nanos());
            turn();
        });
    }

    /** The sessions that live, oldest first. */
    Future<List<ServerSession>> list(EventExecutor answerOn) {
        Promise<List<ServerSession>> answer = answerOn.newPromise();
        loop.execute(() -> answer.setSuccess(machine.sessions()));
        return answer;
    }

    /** So many admin pages are open. */
    void adminPages(int open) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> machine.adminPages(open));
        }
    }

    /** Ends all sockets, because the server stops. */
    Future<?> endSockets() {
        return loop.submit(() -> served.values()
                .forEach(session -> session.sockets()
                        .forEach(socket -> socket.end(new CloseWebSocketFrame(1001, "the server stops")))));
    }

    /** Does all that is due, and sees to it that it is called again when more is. */
    private void turn() {
        if (turning) {
            // What is being done has led to more; whoever does it goes on with that.
            return;
        }
        turning = true;
        try {
            while (machine.nextDueNanos() <= ticker.nanos()) {
                advance();
                machine.performed(ticker.nanos());
            }
            alarm.setTo(machine.nextDueNanos());
        } finally {
            turning = false;
        }
    }

    /** One failure must not hold the loop for all others. */
    private void advance() {
        try {
            perform(machine.advance(ticker.nanos()));
        } catch (RuntimeException e) {
            LOG.error("a piece of the document loop's work failed; the server goes on with the next", e);
        }
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
        } else if (effect instanceof Effect.Proceed proceed) {
            proceed.work().run();
        } else if (effect instanceof Effect.Render render) {
            render(render);
        } else if (effect instanceof Effect.Send send) {
            send(send);
        } else if (effect instanceof Effect.ShowBusy show) {
            showBusy(show.busy());
        } else if (effect instanceof Effect.Destroy destroy) {
            served.remove(destroy.session().key().id());
        }
    }

    private void initialise(SessionKey key) {
        boolean signed = askers.getOrDefault(key.id(), List.of()).stream().anyMatch(Asker::signed);
        ServedSession session = new ServedSession(key, signed);
        try {
            App.Made made = app.make(models);
            addPanelsModels(made.document());
            session.made(made);
            served.put(key.id(), session);
            perform(machine.initialised(key, session.delays(), ticker.nanos()));
        } catch (RuntimeException e) {
            List<Asker> waiting = askers.remove(key.id());
            perform(machine.failed(key, ticker.nanos()));
            if (waiting != null) {
                waiting.forEach(asker -> asker.answer().tryFailure(e));
            }
        }
    }

    /** What Panel's pages have beside the app's own, and what makes their clients say more. */
    private void addPanelsModels(Document document) {
        if (knobs.delivery().files() == Knobs.Files.PANEL) {
            document.addRoot(Model.browserInfo(nextModelId()));
        }
        if (!knobs.costs().isFree(Work.BUSY)) {
            document.addRoot(Model.busyIndicator(nextModelId()));
        }
    }

    private String nextModelId() {
        return "p" + modelIds.getAndIncrement();
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
                if (asker.joins()) {
                    machine.connected(session.key(), ticker.nanos());
                }
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
        Optional<List<Model>> content = content(session.deferred(render.part()));
        try {
            loop.execute(() -> {
                session.rendered(render.part(), content);
                perform(machine.rendered(render, ticker.nanos()));
                turn();
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
        App.Deferred part = session.deferred(send.part());
        Optional<List<Model>> content = session.takeRendered(send.part());
        boolean sent = content.isPresent()
                && conversation.change(session, changes -> changes.children(part.loaderId(), content.get()));
        conversation.change(session, changes -> changes.loaded(part.loaderId()));
        if (sent) {
            part.after().ifPresent(after -> schedule(session, after));
        }
    }

    private void schedule(ServedSession session, App.After after) {
        loop.schedule(
                () -> {
                    // The session may have ended meanwhile; another of its name knows nothing of this.
                    if (served.get(session.key().id()) == session) {
                        conversation.change(session, after.reaction());
                    }
                },
                after.delay().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void showBusy(boolean busy) {
        served.values().stream()
                .filter(session -> !session.sockets().isEmpty())
                .forEach(session -> session.document()
                        .showBusy(busy)
                        .ifPresent(patch -> session.broadcast(conversation.patch(patch))));
    }
}
