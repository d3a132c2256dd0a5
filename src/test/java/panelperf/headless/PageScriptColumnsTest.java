package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.bokeh.PageScript;

/** How the page script reads the columns of a source and what it makes of their changes, in the engine that is oldest. */
@Timeout(60)
final class PageScriptColumnsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a list                     | [1,2.5]                                                                  | 1,2.5
            texts                      | ["a","b"]                                                                | a,b
            float64 as base64          | {type:'ndarray',array:{type:'bytes',data:'AAAAAAAA8D8AAAAAAAAEwA=='},shape:[2],dtype:'float64',order:'little'} | 1,-2.5
            int32 as base64            | {type:'ndarray',array:{type:'bytes',data:'AQAAAP////8='},shape:[2],dtype:'int32',order:'little'} | 1,-1
            float64 as a binary frame  | {type:'ndarray',array:{type:'bytes',data:new Float64Array([3,4]).buffer},shape:[2],dtype:'float64'} | 3,4
            objects                    | {type:'ndarray',array:['x',null],shape:[2],dtype:'object'}               | x,
            a type that is unknown     | {type:'ndarray',array:{type:'bytes',data:'AAAA'},shape:[1],dtype:'complex'} | ~~
            nothing                    | undefined                                                                | ~~
            """)
    void a_column_is_read(String form, String column, String values) throws Exception {
        assertThat(run("panelperfColumns.values({attributes: {data: {type: 'map', entries: [['c', " + column
                        + "]]}}}, 'c')"))
                .as(form)
                .isEqualTo(values);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            other columns     | {kind:'ColumnDataChanged',data:{type:'map',entries:[['c',[9]]]},cols:null}      | 9
            columns that go   | {kind:'ColumnDataChanged',data:{type:'map',entries:[['d',[9]]]},cols:null}      | ~~
            some columns      | {kind:'ColumnDataChanged',data:{type:'map',entries:[['d',[9]]]},cols:['d']}     | 1,2,3
            more rows         | {kind:'ColumnsStreamed',data:{type:'map',entries:[['c',[4,5]]]},rollover:null}  | 1,2,3,4,5
            rows that roll    | {kind:'ColumnsStreamed',data:{type:'map',entries:[['c',[4,5]]]},rollover:3}     | 3,4,5
            rows as an object | {kind:'ColumnsStreamed',data:{c:[4]}}                                           | 1,2,3,4
            one value         | {kind:'ColumnsPatched',patches:{type:'map',entries:[['c',[[1,7]]]]}}            | 1,7,3
            a slice           | {kind:'ColumnsPatched',patches:{c:[[{type:'slice',start:0,stop:3,step:2},[8,9]]]}} | 8,2,9
            """)
    void a_change_is_applied(String change, String event, String values) throws Exception {
        assertThat(run("(function () { var a = {data: {type: 'map', entries: [['c', [1, 2, 3]]]}};"
                        + " panelperfColumns.change(a, " + event + ");"
                        + " return panelperfColumns.values({attributes: a}, 'c'); })()"))
                .as(change)
                .isEqualTo(values);
    }

    @Test
    void binary_frames_go_where_the_content_names_them() throws Exception {
        assertThat(run("(function () {"
                        + " var content = {events: [{data: {entries: [['c', {type: 'ndarray', dtype: 'int8',"
                        + " array: {type: 'bytes', data: {id: 'b2'}}}]]}}]};"
                        + " panelperfColumns.attach(content, ['{\"id\": \"b1\"}', new Int8Array([1]).buffer,"
                        + " '{\"id\": \"b2\"}', new Int8Array([5, 6]).buffer]);"
                        + " return panelperfColumns.values({attributes: {data: {c: content.events[0].data.entries[0][1]}}},"
                        + " 'c'); })()"))
                .isEqualTo("5,6");
    }

    /** The values, with commas between them. */
    private static String run(String expression) throws Exception {
        try (WebClient client = new WebClient()) {
            MockWebConnection network = new MockWebConnection();
            network.setDefaultResponse("<html><body></body></html>", "text/html");
            client.setWebConnection(network);
            HtmlPage page = client.getPage(URI.create("http://localhost/").toURL());
            page.executeJavaScript(PageScript.source());
            return String.valueOf(page.executeJavaScript("Array.prototype.slice.call(" + expression + ").join()")
                    .getJavaScriptResult());
        }
    }
}
