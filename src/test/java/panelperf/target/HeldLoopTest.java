package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import panelperf.bokeh.Message;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.session.Work;

/** What a client sees of a server whose document loop is held, as Tornado's is by Panel; time is moved by hand. */
final class HeldLoopTest {
    private static final Knobs NATIVE = Knobs.standard();
    private static final String STYLE = "GET " + StaticRoute.STYLE.path() + " HTTP/1.1\r\nHost: localhost:5555\r\n\r\n";
    private static final String PAGE = "GET / HTTP/1.1\r\nHost: localhost:5555\r\n\r\n";

    private VirtualServer server = new VirtualServer();

    private void use(Knobs knobs) {
        server.close();
        server = new VirtualServer(new HelloApp(), knobs);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pages_come_one_after_the_other_where_sessions_begin_in_sequence() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("90ms"))));
        VirtualConnection first = server.connect();
        VirtualConnection second = server.connect();
        first.send(PAGE);
        second.send(PAGE);
        assertThat(first.text()).isEmpty();

        pass(90);
        assertThat(first.text()).startsWith("HTTP/1.1 200");
        assertThat(second.text()).isEmpty();

        pass(90);
        assertThat(second.text()).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_file_waits_for_the_loop_where_files_cost_it() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("90ms")))
                .with(costs(Spread.parse("5ms"), Spread.zero())));
        VirtualConnection page = server.connect();
        VirtualConnection file = server.connect();
        page.send(PAGE);
        file.send(STYLE);

        pass(94);
        assertThat(file.text()).isEmpty();

        pass(1);
        assertThat(file.text()).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_file_waits_for_nobody_where_it_costs_nothing() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("90ms"))));
        server.connect().send(PAGE);

        assertThat(server.connect().get(StaticRoute.STYLE.path()).status()).isEqualTo(200);
    }

    /** A socket's second message takes its place behind what has come meanwhile, and not at once behind the first. */
    @Test
    void messages_of_one_socket_take_turns_with_others() {
        use(NATIVE.with(costs(Spread.zero(), Spread.parse("10ms"))));
        VirtualSocket one = server.openSocket();
        VirtualSocket other = server.openSocket();
        one.messages();
        other.messages();

        one.send("SERVER-INFO-REQ", "1", "{}");
        one.send("SERVER-INFO-REQ", "2", "{}");
        other.send("SERVER-INFO-REQ", "3", "{}");

        pass(20);
        assertThat(one.messages()).hasSize(1);
        assertThat(other.messages()).hasSize(1);
        pass(10);
        assertThat(one.messages()).hasSize(1);
    }

    @Test
    void a_page_that_weighs_what_panels_does_names_its_files_and_asks_for_the_browser() {
        use(NATIVE.with(new Knobs.Delivery(Knobs.Wire.QUICK, Knobs.Files.PANEL)));

        VirtualConnection.Response page = server.connect().get("/");

        assertThat(page.body().split("weight-", -1)).hasSize(1 + 8);
        int bytes = PageWeight.of(Knobs.Files.PANEL)
                .files()
                .mapToInt(file -> Integer.parseInt(
                        server.connect().get(file.path()).headers().get("Content-Length")))
                .sum();
        assertThat(bytes).isBetween(2_800_000, 3_000_000);
        VirtualSocket socket = server.connect().upgrade(page.token());
        socket.messages();
        socket.send("PULL-DOC-REQ", "1", "{}");
        assertThat(socket.messages().toString()).contains("panel.models.browser.BrowserInfo");
    }

    @Test
    void all_pages_are_told_when_the_server_is_busy_and_when_it_is_no_more() {
        use(NATIVE.with(Knobs.LoopCosts.none().with(Work.BUSY, Spread.parse("2ms"))));
        VirtualSocket working = server.openSocket();
        VirtualSocket idle = server.openSocket();
        idle.messages();

        working.send("PATCH-DOC", "1", VirtualSocket.DOCUMENT_READY);
        pass(8);

        assertThat(idle.messages().toString())
                .containsSubsequence("css_classes", "spin", "css_classes", "light")
                .doesNotContain("Hello");
    }

    @Test
    void a_message_leaves_frame_by_frame_where_tornados_wire_is_wanted() {
        assertThat(flushesOfAMessage()).isEqualTo(1);
        assertThat(flushesOfAMessage(new EachFrameAtOnce())).isEqualTo(1 + 3);
    }

    private static int flushesOfAMessage(ChannelHandler... between) {
        Flushes flushes = new Flushes();
        EmbeddedChannel channel = new EmbeddedChannel(flushes);
        channel.pipeline().addLast(between).addLast(new MessageEncoder());
        channel.writeOutbound(Message.ack("p1"));
        channel.finishAndReleaseAll();
        return flushes.count;
    }

    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            count++;
            ctx.flush();
        }
    }

    /** A step at a time: what holds the loop begins when time stands at its begin. */
    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            server.pass(Duration.ofMillis(1));
        }
    }

    private static Knobs.LoopCosts costs(Spread file, Spread answer) {
        return Knobs.LoopCosts.none().with(Work.FILE, file).with(Work.ANSWER, answer);
    }
}
