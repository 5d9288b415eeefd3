package dev.headway.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import dev.headway.server.text.Escaped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a line; safe to share between threads.
 *
 * <p>It has {@code time} (UTC), {@code level}, {@code logger}, {@code thread} and {@code message}; the fields that an event
 * brings, such as {@code client}; and for an exception {@code error} and {@code trace}.
 */
public final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", event.getInstant().toString());
        fields.put("level", event.getLevel().toString());
        fields.put("logger", event.getLoggerName());
        fields.put("thread", event.getThreadName());
        fields.put("message", Escaped.of(event.getFormattedMessage()));
        pairs(event).forEach(pair -> fields.putIfAbsent(pair.key, value(pair)));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.put("error", Traces.head(thrown));
            fields.put("trace", Traces.of(thrown));
        }
        return mapper.writeValueAsString(fields) + "\n";
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
    }

    private static Object value(KeyValuePair pair) {
        return pair.value instanceof Number || pair.value instanceof Boolean
                ? pair.value
                : Escaped.of(String.valueOf(pair.value));
    }
}
