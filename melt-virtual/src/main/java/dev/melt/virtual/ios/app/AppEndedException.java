package dev.melt.virtual.ios.app;

/** The app was ended from outside: nothing more is to be written. */
final class AppEndedException extends RuntimeException {
    AppEndedException() {
        super("the app was ended");
    }
}
