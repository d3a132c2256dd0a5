package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What steps.js sends for a step, message by message, in the engine that runs it. */
@Timeout(60)
final class StepsScriptTest {
    /** Messages as {@code id.property=value} or {@code id!event}, and what the driver is told. */
    private static final String HARNESS = """
            var told = [], tokens = 0;
            window.panelperf = {
              fail: function (cause, words) { told.push(cause + ': ' + words); },
              step: function (what, id, loader) { if (what !== 'sent') { told.push(what + (id ? ' ' + id + (loader ? ' loader' : '') : '')); } }
            };
            function attributes(page, id) { return page.models[id].attributes; }
            function page(list) {
              var made = { models: {}, elements: {} }, i;
              function put(value) {
                var key;
                if (value === null || typeof value !== 'object') { return; }
                if (value.id && value.name) {
                  made.models[value.id] = value;
                  value.attributes = value.attributes || {};
                  if (!value.unseen) { made.elements[value.id] = document.body.appendChild(document.createElement('div')); }
                }
                for (key in value) { put(value[key]); }
              }
              put(list);
              made.apply = function (event) { attributes(made, event.model.id)[event.attr] = event['new']; };
              made.patch = function (events) {
                var event = events[0];
                told.push(event.kind === 'ModelChanged' ? event.model.id + '.' + event.attr + '=' + JSON.stringify(event['new'])
                  : event.msg_data.values.entries[0][1].id + '!' + event.msg_data.name);
                return 'P' + (++tokens);
              };
              return made;
            }
            """;

    private static final String WIDGETS = """
            [{name:'Slider',id:'s',attributes:{title:'Guests',start:1,end:12,value:4}},
             {name:'Slider',id:'gone',unseen:true,attributes:{title:'Guests',start:1,end:12,value:4}},
             {name:'panel.models.layout.Card',id:'card',attributes:{title:'Guests'}},
             {name:'RangeSlider',id:'r',attributes:{title:'Between',start:0,end:9,value:[1,2]}},
             {name:'Select',id:'l',attributes:{title:'City',options:['Oslo','Rome'],value:'Oslo'}},
             {name:'Select',id:'p',attributes:{title:'Code',options:[['o','Oslo'],['r','Rome']],value:'o'}},
             {name:'TextInput',id:'t',attributes:{title:'Name'}},
             {name:'Spinner',id:'n',attributes:{title:'Rooms',value:1}},
             {name:'Checkbox',id:'c',attributes:{label:'Smoking'}},
             {name:'RadioButtonGroup',id:'g',attributes:{name:'Meal',labels:['Lunch','Dinner'],active:0}},
             {name:'CheckboxGroup',id:'h',attributes:{name:'Days',labels:['Mon','Tue','Wed']}},
             {name:'panel.models.widgets.Button',id:'b',
              attributes:{label:'Refresh',subscribed_events:{type:'set',entries:['button_click']}}},
             {name:'Button',id:'d',attributes:{label:'Deaf'}},
             {name:'Toggle',id:'o',attributes:{label:'Live',active:true,subscribed_events:['button_click']}},
             {name:'Slider',id:'off',attributes:{title:'Off',start:1,end:2,value:1,disabled:true}},
             {name:'Tabs',id:'tabs',attributes:{name:'pages',active:0}},
             {name:'Select',id:'x',attributes:{title:'Twice'}},{name:'Select',id:'y',attributes:{name:'Twice'}}]
            """;

    private static WebClient client;
    private static HtmlPage page;

    @BeforeAll
    static void open() throws Exception {
        client = new WebClient();
        MockWebConnection network = new MockWebConnection();
        network.setDefaultResponse("<html><body></body></html>", "text/html");
        client.setWebConnection(network);
        page = client.getPage(URI.create("http://localhost/").toURL());
        page.executeJavaScript(HARNESS);
        try (InputStream script = StepsScriptTest.class.getResourceAsStream("steps.js")) {
            page.executeJavaScript(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a slider, as by hand           | model:'Guests',value:7           | s.value=7, s.value_throttled=7
            a text for a number            | model:'Guests',value:' 7 '       | s.value=7, s.value_throttled=7
            the value that it has          | model:'Guests',value:'4'         | unchanged
            a range as a list              | model:'Between',value:[3,4]      | r.value=[3,4], r.value_throttled=[3,4]
            a range as a text              | model:'Between',value:'[3,4]'    | r.value=[3,4], r.value_throttled=[3,4]
            an option                      | model:'City',value:'Rome'        | l.value="Rome"
            an option by its label         | model:'Code',value:'Rome'        | p.value="r"
            an option by its value         | model:'Code',value:'r'           | p.value="r"
            a text, as typed               | model:'Name',value:'Ada'         | t.value_input="Ada", t.value="Ada"
            an empty text                  | model:'Name',value:''            | unchanged
            a number for a text            | model:'Name',value:5             | t.value_input="5", t.value="5"
            a spinner                      | model:'Rooms',value:'2'          | n.value=2, n.value_throttled=2
            a checkbox                     | model:'Smoking',value:'true'     | c.active=true
            a checkbox without a state     | model:'Smoking',value:false      | unchanged
            one of several by its label    | model:'Meal',value:'Dinner'      | g.active=1
            some of several by their label | model:'Days',value:['Mon','Wed'] | h.active=[0,2]
            another property               | model:'pages',property:'active',value:'1' | tabs.active=1
            a property that it has not     | model:'pages',property:'tip',value:'x'    | tabs.tip="x"
            a button                       | model:'Refresh',click:true       | b!button_click
            a toggle                       | model:'Live',click:true          | o.active=false, o!button_click
            a checkbox that is clicked     | model:'Smoking',click:true       | c.active=true
            """)
    void a_step_sends_what_a_browser_sends(String what, String step, String messages) {
        assertThat(act(WIDGETS, step)).as(what).isEqualTo(messages);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            no model of that name  | model:'Nobody',value:1     | no_such_model: expected a model whose name, title or label is 'Nobody', found none
            two of that name       | model:'Twice',value:'a'    | ambiguous_model: expected one model whose name, title or label is 'Twice', found 2
            a disabled widget      | model:'Off',value:2        | cannot_set: the Slider is disabled
            out of its range       | model:'Guests',value:0     | cannot_set: expected 1 to 12, found 0
            a list out of it       | model:'Between',value:[3,10] | cannot_set: expected 0 to 9, found [3,10]
            no number              | model:'Guests',value:'many'  | cannot_set: expected a number, found 'many'
            a blank for a number   | model:'Guests',value:' '   | cannot_set: expected a number, found ' '
            no boolean             | model:'Smoking',value:'no' | cannot_set: expected true or false, found 'no'
            no list                | model:'Between',value:'3'  | cannot_set: expected a list like [1, 2], found '3'
            none of its options    | model:'City',value:'Bern'  | cannot_set: expected one of its 2 options, found 'Bern'
            none of its labels     | model:'Meal',value:'Tea'   | cannot_set: expected one of ["Lunch","Dinner"], found 'Tea'
            a button's value       | model:'Refresh',value:1    | cannot_set: a panel.models.widgets.Button has no value; click it
            what is no widget      | model:'pages',value:1      | cannot_set: it is not known what a user sets of a Tabs; name the property
            a click on a slider    | model:'Guests',click:true  | cannot_set: nobody clicks a Slider
            a button without ears  | model:'Deaf',click:true    | cannot_set: the server does not listen to this Button
            """)
    void what_a_user_could_not_do_is_refused_in_a_sentence(String what, String step, String words) {
        assertThat(act(WIDGETS, step)).as(what).startsWith(words);
    }

    /** As Panel 1.3.8 binds a function with {@code loading_indicator}: panel/links.py, recorded from a real page. */
    @Test
    void a_widget_that_panel_has_linked_to_a_loader_shows_it_once_it_has_told_of_its_value() {
        String linked = """
                [{name:'Slider',id:'s',attributes:{title:'Rows',start:0,end:9,value:1,js_property_callbacks:{type:'map',entries:[
                  ['change:value',[{name:'CustomJS',id:'j',attributes:{
                     code:"var css_classes = target.css_classes.slice()\\n var loading_css = ['pn-loading', 'pn-arc']",
                     args:{type:'map',entries:[['source',{id:'s'}],['target',
                       {name:'panel.models.layout.Column',id:'k',attributes:{css_classes:['mine']}}]]}}}]]]}}}]
                """;
        assertThat(act(linked, "model:'Rows',value:3"))
                .isEqualTo("s.value=3, s.value_throttled=3, k.css_classes=[\"mine\",\"pn-loading\",\"pn-arc\"]");
    }

    @Test
    void a_step_is_answered_by_the_reply_to_its_last_message_and_its_own_echo_is_no_change() {
        String told = run("(function () { told = []; tokens = 0; var one = page(" + WIDGETS + ");"
                + " one.models.busy = {id: 'busy', name: 'HTML', attributes: {name: 'busy_indicator'}};"
                + " var steps = panelperfSteps(one); panelperfAct(JSON.stringify({model: 'Guests', value: 7})); told = [];"
                + " function patched(id, attr) { steps.patched({kind: 'ModelChanged', model: {id: id}, attr: attr}); }"
                + " patched('s', 'value'); patched('busy', 'css_classes'); patched('card', 'css_classes');"
                + " patched('s', 'title'); steps.patched({kind: 'TitleChanged', title: 'x'});"
                + " steps.answered('P1'); steps.answered('P2'); steps.answered('P2'); return told; })()");

        assertThat(told).isEqualTo("changed card loader, changed s, answered");
    }

    private static String act(String models, String step) {
        return run("(function () { told = []; tokens = 0; panelperfSteps(page(" + models + "));"
                + " panelperfAct(JSON.stringify({" + step + "})); return told; })()");
    }

    private static String run(String expression) {
        return String.valueOf(page.executeJavaScript("Array.prototype.slice.call(" + expression + ").join(', ')")
                .getJavaScriptResult());
    }
}
