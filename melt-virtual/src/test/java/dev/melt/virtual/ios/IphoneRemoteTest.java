package dev.melt.virtual.ios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.app.PhoneApp;
import dev.melt.virtual.ios.device.IphoneConditions.Lock;
import org.junit.jupiter.api.Test;

/** Words that change a phone. */
class IphoneRemoteTest extends WithIphones {
    @Test
    void everyWordThatIsNamedIsKnown() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(ScriptApp.bench("true")));
        IphoneRemote remote = new IphoneRemote(phone);
        for (String word : IphoneRemote.WORDS) {
            String line = word.replaceAll(" ([a-z0-9]+)\\|.*", " $1")
                    .replace("BYTES", "5")
                    .replace("VERSION", "15.8")
                    .replace("BUNDLE", "org.melt.bench")
                    .replace("SHARE", "0.5")
                    .replace("CELSIUS", "30")
                    .replace("SECONDS", "1")
                    .replace("REASON", "highwater");

            assertThat(remote.obey(line)).as(line).isEmpty();
        }
    }

    @Test
    void saysWhatItDidNotUnderstand() throws Exception {
        VirtualIphone phone = start(Options.PLAIN);
        IphoneRemote remote = new IphoneRemote(phone);

        assertThat(remote.obey("lock screen; dance"))
                .singleElement()
                .asString()
                .startsWith("'dance' is none of: plug on|off");
        assertThat(phone.conditions().lock()).isEqualTo(Lock.SCREEN);
        assertThat(remote.obey("lock tight")).containsExactly("'lock tight': open, screen, services, boot expected");
        assertThat(remote.obey("ios next")).containsExactly("'ios next': a version such as 16.5 expected, not next");
        assertThat(remote.obey("uninstall org.nobody")).containsExactly("'uninstall org.nobody': not installed");
        assertThatThrownBy(() -> startNew("iphone7", Options.PLAIN.withWords("dance")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'dance'");
    }

    @Test
    void nobodyLaunchesAnAppWithoutDeveloperModeWhereThereIsOne() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(ScriptApp.bench("exec sleep 60")));
        remote(phone, "developer-mode off");

        assertThatThrownBy(() -> phone.launch(ScriptApp.BENCH)).hasMessageContaining("Developer Mode is off");
        remote(phone, "ios 15.8");
        assertThat(phone.launch(ScriptApp.BENCH).isAlive()).isTrue();
    }

    @Test
    void appsAreLaunchedAsByAFinger() throws Exception {
        VirtualIphone phone = start("iphone15pro", Options.PLAIN.withApps(ScriptApp.bench("exec sleep 60")));
        IphoneRemote remote = new IphoneRemote(phone);

        assertThat(remote.obey("launch org.melt.bench")).isEmpty();
        assertThat(phone.running(ScriptApp.BENCH)).isPresent();
        assertThat(remote.obey("launch org.nobody"))
                .containsExactly("'launch org.nobody': org.nobody is not installed");
        assertThat(remote.obey("lock screen; launch org.melt.bench"))
                .containsExactly("'launch org.melt.bench': Locked");
    }

    @Test
    void whatAnAppSensesFollows() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(ScriptApp.bench("exec sleep 60")));
        phone.launch(ScriptApp.BENCH);
        PhoneApp.PhoneSenses senses = phone.senses(ScriptApp.BENCH);

        assertThat(senses.plugged()).isTrue();
        assertThat(senses.thermalState()).isZero();
        remote(phone, "power off; level 0.42; thermal 2; lowpower on");
        assertThat(senses.plugged()).isFalse();
        assertThat(senses.batteryLevel()).isEqualTo(0.42);
        assertThat(senses.thermalState()).isEqualTo(2);
        assertThat(senses.lowPowerMode()).isTrue();
        remote(phone, "thermal free; warm 47; plug off");
        assertThat(senses.thermalState()).isEqualTo(3);
    }
}
