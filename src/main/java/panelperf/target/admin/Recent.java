package panelperf.target.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest of many, each with its number, from 1. Whoever shares it guards it. */
final class Recent<T> {
    /** One of them. */
    record Numbered<T>(long number, T value) {}

    private final int most;
    private final Deque<Numbered<T>> kept = new ArrayDeque<>();
    private long last;

    Recent(int most) {
        this.most = most;
    }

    void add(T value) {
        last++;
        kept.addLast(new Numbered<>(last, value));
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }

    /** The number of the newest; 0 when there was none. */
    long last() {
        return last;
    }

    /** Those with greater numbers, at most so many, the newest, oldest first. */
    List<Numbered<T>> after(long number, int limit) {
        List<Numbered<T>> found = new ArrayList<>();
        Iterator<Numbered<T>> newestFirst = kept.descendingIterator();
        while (newestFirst.hasNext() && found.size() < limit) {
            Numbered<T> next = newestFirst.next();
            if (next.number() <= number) {
                break;
            }
            found.add(next);
        }
        Collections.reverse(found);
        return found;
    }
}
