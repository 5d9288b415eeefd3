package dev.headway.trainer.loop;

import dev.headway.trainer.progress.MetricPoint;
import dev.headway.trainer.progress.PointReceiver;
import dev.headway.trainer.progress.ProgressFile;
import dev.headway.trainer.progress.RunLog;
import dev.headway.trainer.progress.Speed;
import java.nio.file.Path;
import java.util.Locale;

/** Tells the log, the metrics and progress.json what a run does. For one thread. */
final class Reporter {
    private static final String PART = "trainer";
    private static final String RUNNING = "running";

    private final RunLog log;
    private final PointReceiver receiver;
    private final RunPlan plan;
    private final RunState state;
    private final Speed speed;
    private final ProgressReport report;
    private final ProgressFile file;

    Reporter(RunContext context, RunPlan plan, RunState state, Speed speed, ProgressReport report, ProgressFile file) {
        this.log = context.log();
        this.receiver = context.receiver();
        this.plan = plan;
        this.state = state;
        this.speed = speed;
        this.report = report;
        this.file = file;
    }

    void begin() {
        log.info(
                PART,
                "step " + state.step() + " of " + plan.totalSteps() + ", " + plan.stepsPerEpoch() + " steps an epoch");
        file.write(() -> report.toJson(RUNNING));
    }

    void stepDone(StepResult result, double seconds) {
        speed.add(result.samples(), result.tokens(), seconds);
        if (plan.isLogging(state.step())) logStep();
        file.offer(() -> report.toJson(RUNNING));
    }

    private void logStep() {
        state.logStep(plan.epoch(state.step()));
        addPoint();
        log.info(
                PART,
                String.format(
                        Locale.ROOT,
                        "step %d/%d, epoch %.2f: loss %.4f, gradient norm %.3f, learning rate %.3g, %.0f tokens/s",
                        state.step(),
                        plan.totalSteps(),
                        plan.epoch(state.step()),
                        state.trainLoss(),
                        state.gradientNorm(),
                        state.learningRate(),
                        speed.tokensPerSecond()));
    }

    private void addPoint() {
        MetricPoint point = report.point();
        state.history().add(point);
        receiver.receive(report.withBest(point.toJson()));
    }

    void evaluated() {
        addPoint();
        log.info(
                PART,
                String.format(
                        Locale.ROOT,
                        "step %d/%d: evaluation loss %.4f, perplexity %.3f%s",
                        state.step(),
                        plan.totalSteps(),
                        state.evaluationLoss(),
                        Math.exp(state.evaluationLoss()),
                        state.bestStep().orElse(-1) == state.step() ? ", the best so far" : ""));
        file.write(() -> report.toJson(RUNNING));
    }

    void saved(Path checkpoint) {
        log.info(PART, "saved " + checkpoint);
    }

    void stoppedEarly() {
        log.info(
                PART,
                "stopping early: " + state.evaluationsWithoutImprovement()
                        + " evaluations in a row without improvement");
    }

    void paused() {
        log.info(PART, "asked to stop: paused after step " + state.step());
        file.write(() -> report.toJson(RUNNING));
    }

    void completed(Path model) {
        log.info(PART, "completed " + state.step() + " steps, " + state.tokens() + " tokens; the model is in " + model);
        file.write(() -> report.toJson("completed"));
    }

    void tookBest(long step) {
        log.info(PART, "the finished model is the best one, from step " + step);
    }

    void lostBest(long step) {
        log.warn(
                PART,
                "the best evaluation was after step " + step
                        + ", but there is no checkpoint of it: the finished model is the last one");
    }

    /** Notes the failure where clients look for the state of a run. */
    void failed(String sentence) {
        file.write(() -> report.toJson(RUNNING).put("error_message", sentence));
    }

    double seconds() {
        return report.seconds();
    }
}
