package dev.headway.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.Optional;

/**
 * What Java and the machine tell of themselves; safe to share between threads.
 *
 * <p>Loading what can tell takes a part of a start, so that is done when somebody first looks.
 */
final class MachineMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private Optional<JvmGcMetrics> collections = Optional.empty();

    MachineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows everything, from the first call on. */
    synchronized void look() {
        if (collections.isEmpty()) {
            show();
        }
    }

    private void show() {
        JvmGcMetrics listening = new JvmGcMetrics();
        collections = Optional.of(listening);
        listening.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Stops to listen to the garbage collector. */
    @Override
    public synchronized void close() {
        collections.ifPresent(JvmGcMetrics::close);
    }
}
