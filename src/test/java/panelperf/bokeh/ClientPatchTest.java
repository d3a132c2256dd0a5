package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientPatchTest {
    private final Document document = new Document("t", List.of(Model.div("p1", "")), List.of());

    @Test
    void document_ready_is_heard_among_other_events() throws Exception {
        ClientPatch patch = read("""
                {"events":[
                  {"kind":"ModelChanged","model":{"id":"p1"},"attr":"inner_width","new":700},
                  {"kind":"MessageSent","msg_type":"bokeh_event","msg_data":{"type":"event","name":"document_ready"}}]}
                """);

        assertThat(patch.documentReady()).isTrue();
    }

    @Test
    void what_a_client_sets_is_read_in_order() throws Exception {
        ClientPatch patch = read("""
                {"events":[
                  {"kind":"ModelChanged","model":{"id":"p1"},"attr":"text","new":"a"},
                  {"kind":"ColumnDataChanged","model":{"id":"p1"},"attr":"data","data":{}},
                  {"kind":"ModelChanged","model":{"id":"p1"},"attr":"text"}]}
                """);

        assertThat(patch.assignments()).hasSize(2);
        assertThat(patch.assignments().get(0).value().asText()).isEqualTo("a");
        assertThat(patch.assignments().get(1).value().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"events":[]}
            {"events":[{"kind":"MessageSent","msg_type":"bokeh_event","msg_data":{"name":"button_click"}}]}
            {"events":[{"kind":"MessageSent","msg_type":"other","msg_data":{"name":"document_ready"}}]}
            {"events":[{"kind":"ColumnDataChanged","model":{"id":"p1"}}]}
            {"events":[{"kind":"TitleChanged","title":"x"}]}
            """)
    void other_changes_are_taken_and_mean_nothing(String content) throws Exception {
        assertThat(read(content).documentReady()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | KeyError('events')
            {"events":{}}                                   | KeyError('events')
            []                                              | KeyError('events')
            {"events":[{"kind":"NoSuchKind"}]}              | RuntimeError("unknown patch event type 'NoSuchKind'")
            {"events":[7]}                                  | RuntimeError("unknown patch event type ''")
            {"events":[{"kind":"ModelChanged","model":{"id":"p99999"}}]} \
                                                  | UnknownReferenceError("can't resolve reference 'p99999'")
            {"events":[{"kind":"ColumnsStreamed"}]}         | UnknownReferenceError("can't resolve reference ''")
            """)
    void what_cannot_be_applied_is_answered_in_bokehs_words(String content, String text) {
        ClientPatch.Refused refused = catchThrowableOfType(ClientPatch.Refused.class, () -> read(content));

        assertThat(refused.text()).isEqualTo(text);
    }

    @Test
    void an_answer_repeats_little_of_what_came() {
        ClientPatch.Refused refused = catchThrowableOfType(
                ClientPatch.Refused.class, () -> read("{\"events\":[{\"kind\":\"" + "k".repeat(9999) + "\"}]}"));

        assertThat(refused.text()).hasSizeLessThan(120).contains("kkk…'");
    }

    private ClientPatch read(String content) throws ClientPatch.Refused, JsonProcessingException {
        return ClientPatch.read(Json.read(content), document);
    }
}
