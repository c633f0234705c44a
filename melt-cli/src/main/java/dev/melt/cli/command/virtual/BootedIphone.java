package dev.melt.cli.command.virtual;

import dev.melt.virtual.ios.IphoneRemote;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A simulated iPhone on a usbmuxd that programs find by a variable. */
record BootedIphone(String name, VirtualIphone phone, ControlPipe control) implements BootedDevice {
    /** Makes a phone that can be told what to do. */
    static BootedIphone boot(Desk desk, String name, VirtualIphone phone) throws IOException {
        try {
            IphoneRemote remote = new IphoneRemote(phone);
            return new BootedIphone(name, phone, desk.control(name, remote::obey));
        } catch (IOException | RuntimeException e) {
            phone.close();
            throw e;
        }
    }

    @Override
    public List<String> introduction() {
        Map.Entry<String, String> variable =
                phone.environment().entrySet().iterator().next();
        String environment = variable.getKey() + "=" + variable.getValue();
        return List.of(
                name + " (virtual) is " + phone.udid() + " at " + environment,
                "in another terminal: " + environment + " melt run --device " + phone.udid() + " --model tiny",
                "by hand: " + environment + " ideviceinfo -u " + phone.udid(),
                "to change it: echo 'lock screen' >" + control.path(),
                "its words: " + String.join(", ", IphoneRemote.WORDS));
    }

    @Override
    public void end() throws IOException {
        control.close();
        phone.close();
    }
}
