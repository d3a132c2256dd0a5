package panelperf.target;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Tokens;
import panelperf.session.Knobs;
import panelperf.target.admin.History;
import panelperf.target.admin.Limits;
import panelperf.target.admin.LogTap;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** A running page server. Its methods may be called by any thread but its own. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty closes what fails; closing tells nobody.
public final class PageServer implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final long STOP_SECONDS = 2;
    /** More are refused: the admin thread is never that far behind. */
    private static final int ADMIN_TASKS = 1024;

    private final EventLoopGroup io = new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("panelperf-io", true),
            NioIoHandler.newFactory());
    private final EventExecutor documents =
            new DefaultEventExecutor(new DefaultThreadFactory("panelperf-documents", true));
    private final ThreadPoolExecutor renderPool;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Refusals refusals = new Refusals();
    private final Admin admin;
    private final LogTap logTap;
    private final Sessions sessions;
    private List<Channel> listeners = List.of();
    /** Set before the first connection is accepted. */
    private volatile @Nullable HttpPipeline pipeline;

    private PageServer(App app, Behaviour behaviour, Ticker ticker, Timeline timeline) {
        int threads = behaviour.knobs().rendering().threads();
        renderPool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                // The machine starts no more than there are threads; one may be reported done just before it is free.
                new ArrayBlockingQueue<>(threads),
                new DefaultThreadFactory("panelperf-render", true));
        renderPool.allowCoreThreadTimeOut(true);
        History history = new History(ticker, timeline, Limits.standard());
        sessions = new Sessions(app, behaviour, history, ticker, documents, renderPool);
        admin = new Admin(
                history,
                refusals,
                new DefaultEventExecutor(
                        null,
                        new DefaultThreadFactory("panelperf-admin", true),
                        ADMIN_TASKS,
                        RejectedExecutionHandlers.reject()),
                ticker,
                timeline);
        logTap = LogTap.into(history.log());
    }

    /**
     * Starts a server without a preset's name.
     *
     * @throws CannotListen as {@link #start(Listening, Site, Behaviour, Ticker, Timeline)}
     */
    public static PageServer start(Listening listening, App app, Knobs knobs, Ticker ticker, Timeline timeline)
            throws CannotListen {
        return start(listening, Site.of(app), Behaviour.of(knobs), ticker, timeline);
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws CannotListen when the address is taken or is none of this machine's; nothing is left running then
     */
    public static PageServer start(
            Listening listening, Site site, Behaviour behaviour, Ticker ticker, Timeline timeline) throws CannotListen {
        PageServer server = new PageServer(site.app(), behaviour, ticker, timeline);
        try {
            server.listen(listening, site, behaviour, ticker, timeline);
        } catch (CannotListen | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void listen(Listening listening, Site site, Behaviour behaviour, Ticker ticker, Timeline timeline)
            throws CannotListen {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(io)
                .channel(NioServerSocketChannel.class)
                // Nobody is let in before the port, and with it the origins, are known.
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(
                        ChannelOption.TCP_NODELAY, behaviour.knobs().delivery().wire() == Knobs.Wire.QUICK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        listeners = Binding.bind(bootstrap, listening);
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        pipeline = new HttpPipeline(new PageServerParts(
                site,
                behaviour,
                sessions,
                new Tokens(key, listening.acceptUnsignedTokens().orElse(isOnLoopback())),
                new SessionIds(random),
                new Origins(origins(listening, port())),
                new Hosts(origins(listening, port()), !isOnLoopback()),
                refusals,
                admin,
                new AdminAccess(listening.adminSecret(), origins(listening, port())),
                ticker,
                timeline));
        sessions.start();
        listeners.forEach(listener -> listener.config().setAutoRead(true));
    }

    private void accept(Channel channel) {
        HttpPipeline handlers = pipeline;
        if (handlers == null) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline().addLast(handlers);
    }

    private boolean isOnLoopback() {
        return listeners.stream()
                .map(listener -> ((InetSocketAddress) listener.localAddress()).getAddress())
                .allMatch(InetAddress::isLoopbackAddress);
    }

    private static Set<String> origins(Listening listening, int port) {
        Set<String> origins = new HashSet<>(listening.moreOrigins());
        origins.add(Listening.LOCALHOST + ":" + port);
        origins.add(listening.host() + ":" + port);
        return origins;
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listeners.get(0).localAddress()).getPort();
    }

    /** What stands behind its admin page; for tests. */
    Admin admin() {
        return admin;
    }

    /** What it has refused so far. */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * Stops: takes no more connections, ends those that ask for nothing, answers the requests that are under way, tells
     * open websockets (code 1001), and gives back every thread and port. Takes up to a few seconds when clients do not
     * answer; does nothing the second time.
     */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS));
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(RequestQueue.Stop.NOW));
        if (!documents.isShuttingDown()) {
            sessions.endSockets().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        }
        admin.endPages();
        renderPool.shutdownNow();
        connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        // After the connections: each tells its session when it ends, and one that could not would break off its
        // goodbye.
        documents
                .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
        logTap.close();
        admin.close();
        io.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    }
}
