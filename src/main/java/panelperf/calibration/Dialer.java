package panelperf.calibration;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.concurrent.TimeUnit;
import panelperf.time.Ticker;

/** Opens connections to one server, all on one event loop. Any thread may dial. */
final class Dialer implements AutoCloseable {
    /** A page's largest script has some 4 MB. */
    private static final int LARGEST_BODY = 64 << 20;

    private static final int CONNECT_MS = 5_000;

    private final Site site;
    private final Ticker ticker;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final QuickAck quickAck = new QuickAck();

    Dialer(Site site, Ticker ticker) {
        this.site = site;
        this.ticker = ticker;
    }

    /**
     * A new connection.
     *
     * @param quick whether what comes is acknowledged at once
     */
    Link dial(boolean quick) throws CannotMeasure, InterruptedException {
        Link link = new Link(site, ticker);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (quick) {
                            channel.pipeline().addLast(quickAck);
                        }
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_BODY), link.inbound());
                    }
                });
        var connected = bootstrap.connect(site.address()).await();
        if (!connected.isSuccess()) {
            throw new CannotMeasure("expected a server at " + site.page() + ", found none ("
                    + connected.cause().getMessage() + "); start it first");
        }
        link.on(connected.channel());
        return link;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
