package dev.headway.server.http;

import dev.headway.server.throttle.settings.LimitClass;

/**
 * One line of the API: a verb and a path template, what they cost, who may, and what is done; immutable.
 *
 * <p>A template is literal segments and named ones in braces, {@code /api/training/{job_id}/errors}. Where two templates
 * match a path, the one declared first wins, except that a fully literal one always wins.
 *
 * @param method the verb
 * @param template the path template
 * @param limitClass which limit applies
 * @param access which key is needed
 * @param body what happens to the body
 * @param handler what is done
 */
public record Route(
        Method method, String template, LimitClass limitClass, Access access, BodyRule body, Handler handler) {
    /** Refuses a template that does not start with a slash. */
    public Route {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("route template \"" + template + "\" does not start with \"/\"");
        }
    }

    /** Returns a route that takes no body. */
    public static Route get(String template, LimitClass limitClass, Access access, Handler handler) {
        return new Route(Method.GET, template, limitClass, access, BodyRule.ignored(), handler);
    }

    /** Returns a route that acts. */
    public static Route post(String template, LimitClass limitClass, Access access, BodyRule body, Handler handler) {
        return new Route(Method.POST, template, limitClass, access, body, handler);
    }

    /** Returns a route that removes, and takes no body. */
    public static Route delete(String template, LimitClass limitClass, Access access, Handler handler) {
        return new Route(Method.DELETE, template, limitClass, access, BodyRule.ignored(), handler);
    }

    /** Returns verb and template, the name of this endpoint: {@code POST /api/training/cancel/{job_id}}. */
    public String endpoint() {
        return method + " " + template;
    }
}
