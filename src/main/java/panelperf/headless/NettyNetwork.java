package panelperf.headless;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/**
 * The wire by Netty, made for many users at once: few threads for all of them, and for each visit connections of its own, as a
 * new browser has them. A visit's connections live on one thread, so nothing about them is locked.
 *
 * <p>A websocket always has a connection of its own: on one that HTTP has used before, the server's first message came 35 ms
 * late, by the delayed acknowledgements of TCP.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write that fails closes its channel, which ends what waits for an answer.
final class NettyNetwork implements Network {
    /** Reading and counting takes little: the pages' own work is what a machine's processors are for. */
    private static final int MOST_THREADS = 4;

    private static final int HEADER_BYTES = 64 << 10;
    private static final int FIRST_PIECE_BYTES = 4 << 10;
    private static final int MOST_PIECE_BYTES = 256 << 10;
    /** How long an address holds, so that not every connection asks for it. */
    private static final long ADDRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int RESOLVERS = 4;

    private final Shared shared;
    private final EventLoop loop;
    private final boolean owner;
    private final Ticker ticker;

    // Of the loop's thread only.
    private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
    private final Set<Channel> open = new HashSet<>();
    private boolean closed;

    /** A wire of its own threads. */
    NettyNetwork(Ticker ticker, @Nullable SSLContext tls) {
        this(ticker, new Shared(ticker, tls), true);
    }

    private NettyNetwork(Ticker ticker, Shared shared, boolean owner) {
        this.ticker = ticker;
        this.shared = shared;
        this.owner = owner;
        this.loop = shared.group.next();
    }

    @Override
    public Network forVisit() {
        return new NettyNetwork(ticker, shared, false);
    }

    /** Threads, addresses and trust: all that visits share. */
    private static final class Shared {
        private final Ticker ticker;
        private final boolean epoll = Epoll.isAvailable();
        private final EventLoopGroup group;
        private final ThreadPoolExecutor resolvers;
        private final Map<String, Address> addresses = new ConcurrentHashMap<>();
        private final @Nullable SSLContext tls;

        Shared(Ticker ticker, @Nullable SSLContext tls) {
            this.ticker = ticker;
            this.tls = tls;
            IoHandlerFactory transport = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
            int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
            this.group = new MultiThreadIoEventLoopGroup(threads, Daemons.named("page-network"), transport);
            this.resolvers = new ThreadPoolExecutor(
                    RESOLVERS,
                    RESOLVERS,
                    5,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Daemons.named("page-names"));
            resolvers.allowCoreThreadTimeOut(true);
        }

        private record Address(InetAddress address, long untilNanos) {}

        /** An address by name, which may take the system's time: never on a thread of the network. */
        CompletableFuture<InetAddress> resolve(String host) {
            Address known = addresses.get(host);
            if (known != null && known.untilNanos - ticker.nanos() > 0) {
                return CompletableFuture.completedFuture(known.address);
            }
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            InetAddress found = InetAddress.getByName(host);
                            addresses.put(host, new Address(found, ticker.nanos() + ADDRESS_NANOS));
                            return found;
                        } catch (UnknownHostException e) {
                            throw new CompletionException(e);
                        }
                    },
                    resolvers);
        }

        SslHandler ssl(Origin origin) throws NoSuchAlgorithmException {
            SSLContext context = tls == null ? SSLContext.getDefault() : tls;
            SSLEngine engine = context.createSSLEngine(origin.host, origin.port);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            return new SslHandler(engine);
        }
    }

    /** Where a connection leads. */
    record Origin(boolean secure, String host, int port) {
        static Origin of(URI url) {
            boolean secure = "https".equals(url.getScheme()) || "wss".equals(url.getScheme());
            String host = url.getHost();
            if (host.startsWith("[")) {
                host = host.substring(1, host.length() - 1);
            }
            return new Origin(secure, host, url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80);
        }
    }

    @Override
    public CompletableFuture<Fetched> fetch(
            URI url, Map<String, String> headers, Duration timeout, boolean keepBody, LongPredicate received) {
        HttpExchange exchange = new HttpExchange(url, headers, keepBody, received, ticker);
        onLoop(exchange.result, () -> begin(exchange, timeout));
        var unused = exchange.result.whenComplete((fetched, failure) -> {
            if (exchange.result.isCancelled()) {
                onLoop(exchange.result, () -> exchange.abandon(new IOException("the visit is over")));
            }
        });
        return exchange.result;
    }

    private void onLoop(CompletableFuture<?> result, Runnable action) {
        try {
            if (loop.inEventLoop()) {
                action.run();
            } else {
                loop.execute(action);
            }
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IOException("the browser was closed", e));
        }
    }

    private void begin(HttpExchange exchange, Duration timeout) {
        if (closed) {
            exchange.abandon(new IOException("the visit is over"));
            return;
        }
        ScheduledFuture<?> timer = loop.schedule(
                () -> exchange.abandon(
                        exchange.connected()
                                ? new HttpTimeoutException("no answer in time")
                                : new HttpConnectTimeoutException("no connection in time")),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        var unused = exchange.result.whenComplete((fetched, failure) -> timer.cancel(false));
        exchangeOn(exchange, false);
    }

    /** Takes a connection that is idle, or makes one. */
    private void exchangeOn(HttpExchange exchange, boolean fresh) {
        Origin origin = Origin.of(exchange.url);
        HttpConnection kept = fresh ? null : idle(origin);
        if (kept != null) {
            kept.send(exchange);
            return;
        }
        HttpConnection connection = new HttpConnection(origin, this::release, this::retry);
        connect(origin, connection::added, exchange.result, channel -> {
            if (exchange.result.isDone()) {
                channel.close();
            } else {
                connection.send(exchange);
            }
        });
    }

    private @Nullable HttpConnection idle(Origin origin) {
        for (HttpConnection connection : idle) {
            if (connection.origin.equals(origin)) {
                idle.remove(connection);
                return connection;
            }
        }
        return null;
    }

    private void release(HttpConnection connection) {
        if (closed) {
            connection.close();
        } else {
            idle.push(connection);
        }
    }

    /** A kept connection had been closed by the server before it could answer: that says nothing of the server. */
    private void retry(HttpConnection connection, HttpExchange exchange) {
        idle.remove(connection);
        exchangeOn(exchange, true);
    }

    private interface Added {
        void to(Channel channel) throws IOException;
    }

    private interface Connected {
        void on(Channel channel);
    }

    private void connect(Origin origin, Added added, CompletableFuture<?> result, Connected connected) {
        shared.resolve(origin.host)
                .whenComplete((address, unknown) -> onLoop(result, () -> {
                    if (unknown != null) {
                        result.completeExceptionally(unknown.getCause() == null ? unknown : unknown.getCause());
                    } else if (closed) {
                        result.completeExceptionally(new IOException("the visit is over"));
                    } else {
                        connect(origin, address, added, result, connected);
                    }
                }));
    }

    private void connect(
            Origin origin, InetAddress address, Added added, CompletableFuture<?> result, Connected connected) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(shared.epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(1024, FIRST_PIECE_BYTES, MOST_PIECE_BYTES))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws Exception {
                        if (origin.secure) {
                            channel.pipeline().addLast(shared.ssl(origin));
                        }
                        channel.pipeline().addLast(codec());
                        added.to(channel);
                    }
                });
        ChannelFuture connecting = bootstrap.connect(address, origin.port);
        Channel channel = connecting.channel();
        open.add(channel);
        channel.closeFuture().addListener(gone -> open.remove(channel));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                result.completeExceptionally(done.cause());
            } else if (origin.secure) {
                secured(channel, result, connected);
            } else {
                connected.on(channel);
            }
        });
    }

    private static void secured(Channel channel, CompletableFuture<?> result, Connected connected) {
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                connected.on(channel);
            } else {
                result.completeExceptionally(
                        shaken.cause() instanceof ClosedChannelException
                                ? new SSLHandshakeException("the connection was closed in the midst of the handshake")
                                : shaken.cause());
            }
        });
    }

    private static HttpClientCodec codec() {
        return new HttpClientCodec(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(HEADER_BYTES)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setMaxChunkSize(Integer.MAX_VALUE)
                        .setValidateHeaders(false),
                false,
                false);
    }

    @Override
    public CompletableFuture<Socket> open(
            URI url, Map<String, String> headers, String[] protocols, Duration timeout, SocketListener listener) {
        CompletableFuture<Socket> result = new CompletableFuture<>();
        Origin origin = Origin.of(url);
        NettySocket socket = new NettySocket(url, headers, protocols, listener, result);
        onLoop(result, () -> {
            ScheduledFuture<?> timer = loop.schedule(
                    () -> {
                        result.completeExceptionally(new HttpTimeoutException("no websocket in time"));
                        socket.cut();
                    },
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
            var unused = result.whenComplete((opened, failure) -> timer.cancel(false));
            connect(origin, socket::added, result, channel -> socket.shakeHands());
        });
        return result;
    }

    /** For a visit: its HTTP connections, and those of websockets that have not said goodbye. Else everything. */
    @Override
    public void close() {
        if (owner) {
            shared.resolvers.shutdownNow();
            shared.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            return;
        }
        onLoop(new CompletableFuture<>(), () -> {
            closed = true;
            idle.clear();
            Set.copyOf(open).stream()
                    .filter(channel -> channel.pipeline().get(NettySocket.class) == null)
                    .forEach(Channel::close);
        });
    }
}
