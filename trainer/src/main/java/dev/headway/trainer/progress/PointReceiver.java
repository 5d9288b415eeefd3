package dev.headway.trainer.progress;

import tools.jackson.databind.node.ObjectNode;

/** Somebody outside who wants every point of the metrics as it is measured; for the training thread. */
@FunctionalInterface
public interface PointReceiver {
    /** Takes a point; must not fail and must not make the training wait. */
    void receive(ObjectNode point);
}
