package panelperf.target;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes the addresses that a server is to listen on. */
final class Binding {
    /** With port 0 the one that is free on 127.0.0.1 may be taken on ::1; then another is tried. */
    private static final int MOST_TRIES = 20;

    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Binding() {}

    /**
     * Binds every address of the host that there is.
     *
     * @return one channel or more, all on one port
     * @throws CannotListen when an address is taken, or there is none
     */
    static List<Channel> bind(ServerBootstrap bootstrap, Listening listening) throws CannotListen {
        List<InetAddress> addresses = addresses(listening.host());
        for (int tries = 1; ; tries++) {
            try {
                return bind(bootstrap, addresses, listening.port());
            } catch (AddressTaken e) {
                if (listening.port() != 0 || tries == MOST_TRIES) {
                    throw cannot(listening, e.getCause());
                }
            }
        }
    }

    private static List<InetAddress> addresses(String host) throws CannotListen {
        try {
            return host.equals(Listening.LOCALHOST)
                    ? List.of(InetAddress.getByAddress(LOOPBACK_4), InetAddress.getByAddress(LOOPBACK_6))
                    : List.of(InetAddress.getAllByName(host)[0]);
        } catch (UnknownHostException e) {
            throw new CannotListen(
                    "cannot listen on '" + host + "': expected a name or an address of this machine, and it is neither;"
                            + " leave out --host for localhost",
                    e);
        }
    }

    private static List<Channel> bind(ServerBootstrap bootstrap, List<InetAddress> addresses, int port)
            throws AddressTaken {
        List<Channel> channels = new ArrayList<>();
        int common = port;
        for (InetAddress address : addresses) {
            ChannelFuture bound =
                    bootstrap.bind(new InetSocketAddress(address, common)).awaitUninterruptibly();
            if (bound.isSuccess()) {
                channels.add(bound.channel());
                common = ((InetSocketAddress) bound.channel().localAddress()).getPort();
            } else if (channels.isEmpty() || !(address instanceof Inet6Address) || isTaken(bound.cause())) {
                channels.forEach(channel -> channel.close().awaitUninterruptibly());
                throw new AddressTaken(bound.cause());
            }
            // Else this machine has no IPv6, and 127.0.0.1 is all that localhost means here.
        }
        return channels;
    }

    private static boolean isTaken(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("in use");
    }

    private static CannotListen cannot(Listening listening, Throwable cause) {
        String where = "port " + listening.port() + " of " + listening.host();
        return new CannotListen(
                isTaken(cause)
                        ? "cannot listen on " + where
                                + ": something else listens there; stop it, or choose another port"
                                + " with --port (0 takes any that is free)"
                        : "cannot listen on " + where + ": " + cause.getMessage() + "; choose another --host or --port",
                cause);
    }

    private static final class AddressTaken extends Exception {
        AddressTaken(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            return Objects.requireNonNull(super.getCause());
        }
    }
}
