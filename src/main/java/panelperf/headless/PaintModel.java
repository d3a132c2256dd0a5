package panelperf.headless;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.html.DomChangeEvent;
import org.htmlunit.html.DomChangeListener;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.DomText;
import org.htmlunit.html.HtmlAttributeChangeEvent;
import org.htmlunit.html.HtmlAttributeChangeListener;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/**
 * What a browser would have painted and when, as far as the DOM tells; and the page's loaders.
 *
 * <p>HtmlUnit has no layout and paints nothing, so this is a model, and its figures are called models everywhere:
 *
 * <ul>
 *   <li>Content is a text that is not blank, or an image, canvas or svg, in the body, outside script, style, template,
 *       noscript and of anything with {@code display: none} in its style attribute.
 *   <li>First content is the first of it that was attached.
 *   <li>Largest content is the one with the largest estimated area. A text counts for its nearest block: half its font
 *       size wide a character, on lines of at most 1,200 px, 1.2 font sizes high. A picture counts 300 × 150 px, the size
 *       that HTML gives one that says nothing.
 *   <li>A loader is an attached element with the class {@code pn-loading}, the body included.
 * </ul>
 *
 * <p>Written under the page's lock, by whichever thread changes the DOM; the numbers may be read by any thread.
 */
final class PaintModel implements DomChangeListener, HtmlAttributeChangeListener {
    static final long NEVER = 0;

    private static final String LOADING = "pn-loading";
    private static final double PICTURE = 300 * 150;
    private static final double LINE_PX = 1200;
    private static final int LONGEST_TEXT = 5000;
    private static final Set<String> UNSEEN = Set.of("script", "style", "title", "template", "noscript");
    private static final Set<String> PICTURES = Set.of("img", "canvas", "svg", "video");
    private static final Set<String> BLOCKS = Set.of(
            "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "a", "span", "button", "section",
            "article", "header", "footer", "pre", "label");

    private final transient Ticker ticker;
    private final transient Runnable loadersGone;
    private final transient Set<DomElement> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
    /** All that ever were: a view that is drawn again takes its children out and puts them back. */
    private final transient Set<DomElement> everSeen = Collections.newSetFromMap(new IdentityHashMap<>());

    private double largestArea;
    private final transient AtomicInteger seen = new AtomicInteger();
    private volatile int left;
    private volatile boolean contentLoaders;
    private volatile boolean loadersCome;
    private volatile long firstNanos = NEVER;
    private volatile long largestNanos = NEVER;
    private volatile long goneNanos = NEVER;

    /**
     * Watches a page whose first node is still to come.
     *
     * @param loadersGone is called when the last loader has gone, perhaps more than once, under the page's lock
     */
    PaintModel(Ticker ticker, Runnable loadersGone) {
        this.ticker = ticker;
        this.loadersGone = loadersGone;
    }

    @Override
    public void nodeAdded(DomChangeEvent event) {
        DomNode node = event.getChangedNode();
        if (node.isAttachedToPage()) {
            take(node);
        }
    }

    @Override
    public void nodeDeleted(DomChangeEvent event) {
        if (!loaders.isEmpty() && loaders.removeIf(loader -> !loader.isAttachedToPage())) {
            counted();
        }
    }

    @Override
    public void attributeAdded(HtmlAttributeChangeEvent event) {
        attributeChanged(event);
    }

    @Override
    public void attributeReplaced(HtmlAttributeChangeEvent event) {
        attributeChanged(event);
    }

    @Override
    public void attributeRemoved(HtmlAttributeChangeEvent event) {
        attributeChanged(event);
    }

    private void attributeChanged(HtmlAttributeChangeEvent event) {
        DomElement element = event.getHtmlElement();
        if (!element.isAttachedToPage() || !"class".equals(event.getName())) {
            return;
        }
        if (isLoader(element)) {
            loadersCome |= !"body".equals(element.getTagName()) && !loaders.contains(element);
            loaderSeen(element);
        } else if (loaders.remove(element)) {
            counted();
        }
    }

    /** Everything in what was attached; without recursion, because a hostile page nests as deep as it likes. */
    private void take(DomNode root) {
        DomNode node = root;
        while (node != null) {
            if (node instanceof DomElement element) {
                if (isLoader(element)) {
                    loaderSeen(element);
                }
                if (PICTURES.contains(element.getTagName()) && visible(element)) {
                    painted(PICTURE);
                }
            } else if (node instanceof DomText text) {
                text(text);
            }
            node = next(node, root);
        }
    }

    private static @Nullable DomNode next(DomNode node, DomNode root) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        DomNode at = node;
        while (at != null && at != root && at.getNextSibling() == null) {
            at = at.getParentNode();
        }
        return at == null || at == root ? null : at.getNextSibling();
    }

    private static boolean isLoader(DomElement element) {
        String classes = element.getAttribute("class");
        return classes.contains(LOADING) && (" " + classes + " ").contains(" " + LOADING + " ");
    }

    private void loaderSeen(DomElement loader) {
        if (loaders.add(loader)) {
            if (everSeen.add(loader)) {
                seen.incrementAndGet();
            }
            contentLoaders |= !"body".equals(loader.getTagName());
            left = loaders.size();
            goneNanos = NEVER;
        }
    }

    private void counted() {
        left = loaders.size();
        if (left == 0) {
            goneNanos = ticker.nanos();
            loadersGone.run();
        }
    }

    private void text(DomText text) {
        if (text.getData().replace('\u00a0', ' ').isBlank() || !visible(text)) {
            return;
        }
        DomNode block = text.getParentNode();
        while (block.getParentNode() != null && !BLOCKS.contains(block.getNodeName())) {
            block = block.getParentNode();
        }
        painted(area(block));
    }

    private static double area(DomNode block) {
        int font = font(block.getNodeName());
        double width = characters(block) * font * 0.5;
        double lines = Math.max(1, Math.ceil(width / LINE_PX));
        return Math.min(width, LINE_PX) * lines * font * 1.2;
    }

    private static int font(String tag) {
        return switch (tag) {
            case "h1" -> 32;
            case "h2" -> 24;
            case "h3" -> 19;
            default -> 16;
        };
    }

    /** The block's own characters, without those of blocks inside it; more than a screen of them make no difference. */
    private static int characters(DomNode block) {
        int count = 0;
        for (DomNode child = block.getFirstChild();
                child != null && count < LONGEST_TEXT;
                child = child.getNextSibling()) {
            if (child instanceof DomText text) {
                count += text.getData().strip().length();
            } else if (!BLOCKS.contains(child.getNodeName()) && !UNSEEN.contains(child.getNodeName())) {
                count += child.getTextContent().strip().length();
            }
        }
        return Math.min(count, LONGEST_TEXT);
    }

    /** In the body, and not hidden by itself or by what it lies in. */
    private static boolean visible(DomNode node) {
        boolean inBody = false;
        for (DomNode at = node; at != null; at = at.getParentNode()) {
            if (UNSEEN.contains(at.getNodeName())) {
                return false;
            }
            if (at instanceof DomElement element
                    && element.getAttribute("style").replace(" ", "").contains("display:none")) {
                return false;
            }
            inBody |= "body".equals(at.getNodeName());
        }
        return inBody;
    }

    private void painted(double area) {
        long now = ticker.nanos();
        if (firstNanos == NEVER) {
            firstNanos = now;
        }
        if (area > largestArea) {
            largestArea = area;
            largestNanos = now;
        }
    }

    /** When the first content was attached; {@link #NEVER} before that. */
    long firstNanos() {
        return firstNanos;
    }

    /** When the largest content was attached; {@link #NEVER} before there was any. */
    long largestNanos() {
        return largestNanos;
    }

    /** When the last loader went; {@link #NEVER} while one is there, or none ever was. */
    long goneNanos() {
        return goneNanos;
    }

    /**
     * Whether the end of the loaders that were seen is the end of loading: some stood for content that was to come, and
     * none came to content that was there already. A loader of the body alone only says that scripts have run.
     */
    boolean loadersTellTheEnd() {
        return contentLoaders && !loadersCome;
    }

    int loadersSeen() {
        return seen.get();
    }

    int loadersLeft() {
        return left;
    }
}
