package dev.headway.server.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy file cannot be used; the message lists everything that is wrong with it, one a line. */
public final class InvalidPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidPolicy(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Returns what is wrong, in the order of the file. */
    public List<Fault> faults() {
        return faults;
    }
}
