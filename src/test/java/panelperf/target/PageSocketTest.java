package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import panelperf.bokeh.Message;

/** The bound on what waits for a client that does not read. */
@SuppressWarnings("FutureReturnValueIgnored") // What is written here never leaves.
final class PageSocketTest {
    @Test
    void a_client_that_does_not_read_is_let_go_once_too_much_waits_for_it() {
        DeafChannel channel = new DeafChannel();
        Refusals refusals = new Refusals();
        PageSocket socket = new PageSocket(channel, refusals);
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[(int) PageSocket.MOST_UNSENT_BYTES / 2]));
        socket.send(Message.ack("p1"));
        assertThat(channel.isOpen()).isTrue();
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[(int) PageSocket.MOST_UNSENT_BYTES]));

        socket.send(Message.ack("p2"));

        assertThat(channel.isOpen()).isFalse();
        assertThat(refusals.of(Refusal.TOO_SLOW)).isEqualTo(1);
        socket.send(Message.ack("p3"));
        assertThat(refusals.of(Refusal.TOO_SLOW)).as("counted once").isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    /** Its client's window is closed: nothing that is written leaves. */
    private static final class DeafChannel extends EmbeddedChannel {
        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            // What is not taken out of the buffer waits in it.
        }
    }
}
