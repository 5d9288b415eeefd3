package dev.headway.server.metrics;

/**
 * Every metric of ours, with the sentence that explains it; an immutable value.
 *
 * <p>Prometheus shows dots as underscores, adds {@code _total} to counters, and the unit.
 */
enum Names {
    DECISIONS("headway.limit.decisions", "Requests by what was decided before they were read"),
    RESPONSES("headway.http.responses", "Answers by what they came to"),
    REMAINING("headway.limit.remaining", "How much of its quota an admitted client has left"),
    DECISION_TIME("headway.limit.decision", "Time to decide, of one in 64 requests in memory, of every one by Redis"),
    DURATION(
            "headway.http.duration",
            "Time from the head of a request to its answer, of every one admitted, of one in 64 of the others"),
    BY_HOUR("headway.http.requests.by.hour", "Requests by hour of the day, in the time zone of the server"),
    CONNECTIONS("headway.http.connections", "Open connections"),
    REDUCED("headway.limit.reduced", "1 while a limit is lowered because of load"),
    LOAD_LEVEL("headway.load.level", "The load by which limits are lowered: percent, or jobs that wait"),
    LOAD_THRESHOLD("headway.load.busy.above", "The level of load above which limits are lowered"),
    ENABLED("headway.limit.enabled", "1 if requests are limited"),
    KEYS("headway.limit.keys", "Clients, each once per endpoint, that are held in memory"),
    BYTES("headway.limit.memory", "Memory that they take, empty places included"),
    OVERFLOWS("headway.limit.overflows", "Requests of new clients that found the table full"),
    TRIED("headway.limit.tried", "Requests by what rules that are only tried would have decided"),
    RULES("headway.limit.rules", "Rules of the policy file that hold"),
    FAULTS("headway.limit.rule.faults", "Faults of the policy file; while there are some, the rules of before hold"),
    FILE_CHANGES("headway.file.changes", "Times that a followed file was found changed, by what came of it"),
    FILE_BEHIND("headway.file.behind", "1 while a followed file cannot be used, so that what it said before holds"),
    FILE_USABLE("headway.file.usable.timestamp", "Unix time at which a followed file was last read and could be used"),
    STORE_UP("headway.limit.store.up", "1 while the shared store gives decisions, also if there is none"),
    STORE_STATE("headway.limit.store.state", "1 for the state that the breaker before the shared store is in"),
    STORE_FAILURES("headway.limit.store.failures", "Decisions that the shared store did not give"),
    DECIDED_ALONE("headway.limit.decided.alone", "Requests decided without the shared store"),
    FROM_MEMORY("headway.limit.refused.from.memory", "Requests refused without asking the shared store"),
    LEASE_KEYS("headway.limit.lease.keys", "Clients, each once per endpoint, of whom permits may be held ahead"),
    LEASE_ADMITTED("headway.limit.lease.admitted", "Requests admitted of permits that were taken ahead"),
    LEASE_TAKEN("headway.limit.lease.taken", "Permits that were taken ahead"),
    LEASE_RETURNED("headway.limit.lease.returned", "Permits taken ahead that were given back"),
    VALIDATION_RUN("headway.validation.run", "Time that measuring a model took, by how it ended"),
    JOBS("headway.jobs", "Jobs by state"),
    JOBS_READABLE("headway.jobs.readable", "1 while the jobs can be counted"),
    JOB_OLDEST("headway.jobs.oldest.waiting", "Age of the job that has waited longest for its first attempt"),
    JOB_WAIT("headway.job.wait", "Time from submission to the first attempt"),
    JOB_RUN("headway.job.run", "Time that attempts ran, by how they ended");

    private final String text;
    private final String help;

    Names(String text, String help) {
        this.text = text;
        this.help = help;
    }

    String text() {
        return text;
    }

    String help() {
        return help;
    }
}
