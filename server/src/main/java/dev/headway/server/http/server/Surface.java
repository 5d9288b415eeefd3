package dev.headway.server.http.server;

import dev.headway.server.caller.client.ClientResolver;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.routing.Router;
import java.util.concurrent.Semaphore;

/**
 * What all event loops of a server share; safe to share between threads.
 *
 * @param settings bounds and deadlines
 * @param router the endpoints
 * @param resolver who is asking
 * @param guard the keys
 * @param cors the web pages that may call
 * @param connections the open connections
 * @param workers where handlers run
 * @param bodyMemory what bodies may take
 * @param meters what is told of requests
 * @param drainSpares permits for reading refused bodies beyond the cap
 */
record Surface(
        HttpSettings settings,
        Router router,
        ClientResolver resolver,
        Guard guard,
        Cors cors,
        OpenConnections connections,
        Workers workers,
        BodyMemory bodyMemory,
        RequestMeters meters,
        Semaphore drainSpares) {}
