package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all sockets together may hold of messages that are not whole. */
final class MessageLimitTest {
    private static final int HELD = 1_000_000;

    private final Refusals refusals = new Refusals();
    private final MessageBudget budget = new MessageBudget(3 * HELD / 2);
    private final BoundedFrameDecoder decoder = new BoundedFrameDecoder();
    private final MessageLimit limit = new MessageLimit(decoder, budget, refusals);
    private final EmbeddedChannel first = new EmbeddedChannel(decoder, limit);
    private final BoundedFrameDecoder otherDecoder = new BoundedFrameDecoder();
    private final EmbeddedChannel second =
            new EmbeddedChannel(otherDecoder, new MessageLimit(otherDecoder, budget, refusals));

    @AfterEach
    void release() {
        first.finishAndReleaseAll();
        second.finishAndReleaseAll();
        assertThat(budget.leftBytes()).as("all is given back").isEqualTo(3 * HELD / 2);
    }

    @Test
    void half_a_frame_is_held_and_the_socket_that_would_hold_too_much_ends() {
        first.writeInbound(halfAFrame());
        assertThat(budget.leftBytes()).isLessThan(HELD);

        second.writeInbound(halfAFrame());

        assertThat(second.<CloseWebSocketFrame>readOutbound().statusCode()).isEqualTo(1013);
        assertThat(second.isOpen()).isFalse();
        assertThat(first.isOpen()).isTrue();
        assertThat(refusals.of(Refusal.TOO_MANY_BYTES)).isEqualTo(1);
    }

    @Test
    void fragments_are_held_like_halves() {
        first.writeInbound(Unpooled.wrappedBuffer(RawFrames.frame(RawFrames.TEXT_WITH_MORE, new byte[HELD])));
        ReferenceCountUtil.release(first.readInbound());

        assertThat(budget.leftBytes()).isLessThan(HELD);
    }

    @Test
    void a_message_that_is_answered_is_held_no_more() {
        first.writeInbound(Unpooled.wrappedBuffer(RawFrames.frame(RawFrames.TEXT_WITH_MORE, new byte[HELD])));
        ReferenceCountUtil.release(first.readInbound());

        long held = limit.whole();

        assertThat(budget.leftBytes()).as("until it is answered").isLessThan(HELD);
        budget.giveBack(held);
        assertThat(budget.leftBytes()).isEqualTo(3 * HELD / 2);
    }

    @Test
    void a_socket_that_goes_gives_back_what_it_held() {
        first.writeInbound(halfAFrame());

        var unused = first.close();

        assertThat(budget.leftBytes()).isEqualTo(3 * HELD / 2);
    }

    private static ByteBuf halfAFrame() {
        return Unpooled.wrappedBuffer(RawFrames.head(RawFrames.TEXT, 2L * HELD), new byte[HELD]);
    }
}
