package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {
    private final Hosts hosts = new Hosts(Set.of("localhost:5555", "lab.example:80", "[fe80::1]:5555"), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1",
                "LOCALHOST:5555",
                "app.localhost",
                "127.0.0.1:5555",
                "[::1]",
                "[::1]:5555",
                "192.0.2.7",
                "lab.example",
                "Lab.Example:99",
                "[fe80::1]"
            })
    void what_no_other_site_can_be_called_is_served(String host) {
        assertThat(hosts.serve(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:5555",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "lab.example.evil.example",
                "",
                ":5555",
                "[",
                "localhost, evil.example"
            })
    void other_names_are_not(String host) {
        assertThat(hosts.serve(host)).isFalse();
    }

    @Test
    void where_nobody_knows_this_machines_names_all_are_served_and_few_are_known() {
        Hosts open = new Hosts(Set.of("0.0.0.0:5555"), true);

        assertThat(open.serve("lab.example")).isTrue();
        assertThat(open.know("lab.example")).isFalse();
        assertThat(open.know("localhost:5555")).isTrue();
    }
}
