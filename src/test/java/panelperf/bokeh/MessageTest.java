package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MessageTest {
    private static final Message REQUEST = new Message("m1", "PULL-DOC-REQ", null, Json.object());

    @Test
    void a_message_travels_as_header_metadata_and_content() {
        assertThat(Message.ack("p1").frames()).containsExactly("{\"msgid\":\"p1\",\"msgtype\":\"ACK\"}", "{}", "{}");
    }

    @Test
    void a_reply_names_the_request() {
        Message reply = REQUEST.reply("p2", "OK", Json.object());

        assertThat(reply.frames().get(0)).isEqualTo("{\"msgid\":\"p2\",\"msgtype\":\"OK\",\"reqid\":\"m1\"}");
    }

    @Test
    void an_error_says_what_and_holds_no_traceback() {
        assertThat(REQUEST.error("p3", "KeyError('events')").frames().get(2))
                .isEqualTo("{\"text\":\"KeyError('events')\",\"traceback\":\"\"}");
    }

    @Test
    void the_server_names_its_version() {
        assertThat(REQUEST.serverInfo("p4").frames().get(2))
                .isEqualTo("{\"version_info\":{\"bokeh\":\"3.3.4\",\"server\":\"3.3.4\"}}");
    }
}
