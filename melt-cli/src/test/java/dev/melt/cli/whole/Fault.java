package dev.melt.cli.whole;

import dev.melt.virtual.android.VirtualAndroid;

/**
 * Something that is made to go wrong in a run on a virtual phone.
 *
 * @param order place among the rows of the page
 * @param what for people
 * @param when for people
 * @param says words that standard error has to contain
 * @param inTheEnd for people
 * @param profile of the phone
 * @param before done before the run begins
 * @param event of the run at which it is struck
 * @param strike done then
 * @param resumed whether the run is resumed once the phone is well again
 * @param trials that are asked for
 */
record Fault(
        String order,
        String what,
        String when,
        String says,
        String inTheEnd,
        String profile,
        Deed before,
        String event,
        Deed strike,
        boolean resumed,
        int trials) {
    private static final Deed NOTHING = phone -> {};

    /** What is done to a phone. */
    interface Deed {
        void to(VirtualAndroid phone) throws Exception;
    }

    /** One that begins before the run, and is met while files are pushed. */
    static Fault inAPush(
            String order, String what, String when, String says, String inTheEnd, String profile, Deed before) {
        return new Fault(order, what, when, says, inTheEnd, profile, before, "pushing", NOTHING, false, 1);
    }

    /** One that strikes while an engine works. */
    static Fault inATrial(
            String order, String what, String when, String says, String inTheEnd, int trials, Deed strike) {
        return new Fault(order, what, when, says, inTheEnd, "pixel8", NOTHING, "trial_started", strike, false, trials);
    }

    /** The same on another phone. */
    Fault on(String other) {
        return new Fault(order, what, when, says, inTheEnd, other, before, event, strike, resumed, trials);
    }

    /** The same, after something that is done before the run begins. */
    Fault begunWith(Deed first) {
        return new Fault(order, what, when, says, inTheEnd, profile, first, event, strike, resumed, trials);
    }

    /** The same, and the run is resumed afterwards. */
    Fault thenResumed() {
        return new Fault(order, what, when, says, inTheEnd, profile, before, event, strike, true, trials);
    }

    @Override
    public String toString() {
        return what + ", " + when;
    }
}
