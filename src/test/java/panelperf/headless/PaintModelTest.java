package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as painted, and when; each change of the page is one tick of the clock. */
final class PaintModelTest {
    private final WebClient client = new WebClient();
    private long now = 100;
    private int goneCalls;
    private final PaintModel model = new PaintModel(() -> now, () -> goneCalls++);
    private HtmlPage page;

    @BeforeEach
    void open() throws IOException {
        client.getOptions().setJavaScriptEnabled(false);
        page = client.loadHtmlCodeIntoCurrentWindow("<html><head></head><body></body></html>");
        page.addDomChangeListener(model);
        page.addHtmlAttributeChangeListener(model);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void nothing_is_painted_on_an_empty_page() {
        add(page.getBody(), "div");

        assertThat(model.firstNanos()).isEqualTo(PaintModel.NEVER);
        assertThat(model.largestNanos()).isEqualTo(PaintModel.NEVER);
    }

    @Test
    void the_first_text_is_the_first_content_and_a_larger_one_the_largest() {
        text(add(page.getBody(), "p"), "short");
        long first = now;
        text(add(page.getBody(), "h1"), "a much longer headline");
        long largest = now;
        text(add(page.getBody(), "p"), "last");

        assertThat(model.firstNanos()).isEqualTo(first);
        assertThat(model.largestNanos()).isEqualTo(largest);
    }

    @Test
    void a_picture_counts_as_a_browser_lays_it_out_by_default() {
        text(add(page.getBody(), "h1"), "Panel Performance");
        add(page.getBody(), "img");
        long picture = now;
        text(add(page.getBody(), "p"), "caption");

        assertThat(model.largestNanos()).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "style", "template", "noscript"})
    void what_a_browser_does_not_show_is_not_painted(String tag) {
        text(add(page.getBody(), tag), "not to be seen");

        assertThat(model.firstNanos()).isEqualTo(PaintModel.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"display: none", "color: red; display:none"})
    void what_is_hidden_is_not_painted(String style) {
        HtmlElement hidden = add(page.getBody(), "div");
        hidden.setAttribute("style", style);
        text(add(hidden, "p"), "hidden");

        assertThat(model.firstNanos()).isEqualTo(PaintModel.NEVER);
    }

    @Test
    void blanks_and_the_heads_title_are_not_painted() {
        text(add(page.getBody(), "p"), " \n\u00a0 ");
        text(add(page.getHead(), "title"), "Panel Performance");

        assertThat(model.firstNanos()).isEqualTo(PaintModel.NEVER);
    }

    @Test
    void loaders_are_counted_as_they_come_and_go() {
        DomElement one = add(page.getBody(), "div");
        tick();
        one.setAttribute("class", "bk-panel pn-loading pn-arc");
        tick();
        page.getBody().setAttribute("class", "pn-loading");
        assertThat(model.loadersSeen()).isEqualTo(2);
        assertThat(model.loadersLeft()).isEqualTo(2);

        tick();
        one.setAttribute("class", "bk-panel");
        assertThat(model.goneNanos()).isEqualTo(PaintModel.NEVER);
        tick();
        page.getBody().removeAttribute("class");

        assertThat(model.loadersLeft()).isZero();
        assertThat(model.goneNanos()).isEqualTo(now);
        assertThat(goneCalls).isEqualTo(1);
    }

    @Test
    void a_loader_goes_with_the_element_it_lies_in() {
        HtmlElement outer = add(page.getBody(), "div");
        HtmlElement loader = add(outer, "div");
        loader.setAttribute("class", "pn-loading");

        tick();
        outer.remove();

        assertThat(model.goneNanos()).isEqualTo(now);
        assertThat(model.loadersLeft()).isZero();
    }

    @Test
    void a_loader_that_comes_back_is_waited_for_again() {
        HtmlElement loader = add(page.getBody(), "div");
        loader.setAttribute("class", "pn-loading");
        loader.setAttribute("class", "");
        tick();
        loader.setAttribute("class", "pn-loading");

        assertThat(model.goneNanos()).isEqualTo(PaintModel.NEVER);
        assertThat(model.loadersLeft()).isEqualTo(1);
    }

    @Test
    void a_class_that_only_begins_like_a_loaders_is_none() {
        add(page.getBody(), "div").setAttribute("class", "pn-loading-done not-pn-loading");

        assertThat(model.loadersSeen()).isZero();
    }

    @Test
    void loaders_that_stand_for_content_tell_the_end_of_loading() {
        HtmlElement loader = (HtmlElement) page.createElement("div");
        loader.setAttribute("class", "pn-loading");
        page.getBody().appendChild(loader);
        loader.setAttribute("class", "");

        assertThat(model.loadersTellTheEnd()).isTrue();
    }

    @Test
    void the_bodys_loader_and_one_that_came_to_content_do_not() {
        page.getBody().setAttribute("class", "pn-loading");
        page.getBody().setAttribute("class", "");
        assertThat(model.loadersTellTheEnd()).isFalse();

        add(page.getBody(), "div").setAttribute("class", "pn-loading");
        assertThat(model.loadersTellTheEnd()).isFalse();
    }

    @Test
    void a_loader_that_is_taken_out_and_put_back_is_one_loader() {
        HtmlElement loader = (HtmlElement) page.createElement("div");
        loader.setAttribute("class", "pn-loading");
        page.getBody().appendChild(loader);
        loader.remove();
        page.getBody().appendChild(loader);

        assertThat(model.loadersSeen()).isEqualTo(1);
        assertThat(model.loadersLeft()).isEqualTo(1);
        assertThat(model.loadersTellTheEnd()).isTrue();
    }

    private void tick() {
        now += 10;
    }

    private HtmlElement add(DomElement parent, String tag) {
        tick();
        HtmlElement element = (HtmlElement) page.createElement(tag);
        parent.appendChild(element);
        return element;
    }

    private void text(DomElement parent, String text) {
        tick();
        parent.appendChild(page.createTextNode(text));
    }
}
