package panelperf.study;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the load goes to.
 *
 * @param url the page's address
 * @param child our target, when it was started for this run; null when somebody else runs the server
 */
record ServerUnderTest(URI url, @Nullable ChildTarget child) {
    private static final int CONNECT_MS = 1000;

    /** Where it will be, before anybody has looked whether it is there. */
    static ServerUnderTest expected(Options options) {
        URI named = options.baseUrl();
        return new ServerUnderTest(named == null ? ours(options.port()) : named, null);
    }

    private static URI ours(int port) {
        return URI.create("http://localhost:" + port + "/");
    }

    /**
     * The server that was named; else what listens at our target's port; else our target, started now.
     *
     * @param usual what a target that is started has where the options say nothing else
     * @param log receives what a started target prints
     * @param holdings are given a started target
     */
    static ServerUnderTest find(Options options, TargetKnobs usual, Path log, Holdings holdings) {
        if (options.baseUrl() != null) {
            options.knobs().refuseFor("-DbaseUrl names a server");
            return new ServerUnderTest(options.baseUrl(), null);
        }
        if (options.port() != 0 && listens(options.port())) {
            options.knobs().refuseFor("something listens at port " + options.port() + " already");
            return new ServerUnderTest(ours(options.port()), null);
        }
        ChildTarget child = ChildTarget.start(options.port(), options.knobs().orElse(usual), log, holdings);
        return new ServerUnderTest(child.url(), child);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** CPU time of our target so far, ms; empty when the server is somebody else's. */
    OptionalDouble cpuMs() {
        return child == null ? OptionalDouble.empty() : child.cpuMs();
    }
}
