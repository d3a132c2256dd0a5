package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HoldingsTest {
    private final List<String> givenBack = new ArrayList<>();
    private final Holdings holdings = new Holdings();

    @Test
    void what_came_last_is_given_back_first() {
        hold("journal");
        hold("server");

        holdings.close();

        assertThat(givenBack).containsExactly("server", "journal");
    }

    @Test
    void what_comes_after_the_end_is_given_back_at_once() {
        holdings.close();

        hold("a target that was still starting");

        assertThat(givenBack).containsExactly("a target that was still starting");
    }

    @Test
    void one_that_does_not_go_does_not_keep_the_others() {
        hold("journal");
        holdings.hold((AutoCloseable) () -> {
            throw new IllegalStateException("stuck");
        });

        holdings.close();
        holdings.close();

        assertThat(givenBack).containsExactly("journal");
    }

    private void hold(String name) {
        holdings.hold((AutoCloseable) () -> givenBack.add(name));
    }
}
