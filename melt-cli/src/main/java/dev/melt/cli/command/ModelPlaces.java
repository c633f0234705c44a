package dev.melt.cli.command;

import dev.melt.cli.Session;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.shape.ShapeCatalogue;
import java.time.Clock;

/** The models and shapes that a session sees. */
record ModelPlaces(ModelRegistry registry, ShapeCatalogue shapes) {
    /** For commands that only look: makes no folder. */
    static ModelPlaces of(Session session) {
        ShapeCatalogue shapes = new ShapeCatalogue(session.configs());
        return new ModelPlaces(new ModelRegistry(session.home().resolve("models"), shapes, Clock.systemUTC()), shapes);
    }

    /** For commands that write: the home is made and known to be writable. */
    static ModelPlaces ofWritable(Session session) {
        session.openHome();
        return of(session);
    }
}
