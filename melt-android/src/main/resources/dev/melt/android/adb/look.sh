#!/bin/sh
# What an Android device says of itself, in one go: for mksh with toybox or toolbox, without a loop that forks.
#   F PATH VALUE   the first line of a file        M PATH   lines of a file follow, each after |
#   C NAME         lines of a command follow       G CURRENT COUNTER   one reading of the fuel gauge
T='	'
one() {
    for F; do
        V=
        read -r V <"$F" && [ -n "$V" ] || [ -n "$V" ] && echo "F$T$F$T$V"
    done 2>/dev/null
}
lines() { while IFS= read -r V; do echo "|$V"; done; }
all() {
    for F; do
        [ -r "$F" ] && echo "M$T$F" && lines <"$F"
    done 2>/dev/null
}
command_() {
    echo "C$T$1"
    shift
    "$@" 2>/dev/null | lines
}
S=/sys/class
one $S/thermal/thermal_zone*/type $S/thermal/thermal_zone*/temp
one $S/thermal/cooling_device*/type $S/thermal/cooling_device*/cur_state
one $S/hwmon/hwmon*/name $S/hwmon/hwmon*/temp*_input $S/hwmon/hwmon*/temp*_label
P=/sys/devices/system/cpu
one $P/cpu[0-9]*/cpufreq/scaling_cur_freq $P/possible
for N in scaling_max_freq cpuinfo_max_freq related_cpus scaling_governor; do one $P/cpufreq/policy*/$N; done
for N in type scope status health capacity temp voltage_now current_now charge_counter charge_full \
    charge_full_design cycle_count online; do
    one $S/power_supply/*/$N
done
K=$S/kgsl/kgsl-3d0
one $K/gpu_model $K/gpu_busy_percentage $K/gpuclk $K/max_gpuclk $K/devfreq/cur_freq
one /sys/devices/platform/*.mali/cur_freq /sys/devices/platform/*.mali/utilization
one $S/misc/mali0/device/utilisation $S/devfreq/*mali*/cur_freq $S/devfreq/*gpu*/cur_freq /sys/kernel/ged/hal/gpu_utilization
one /proc/loadavg /proc/sys/kernel/random/boot_id /proc/self/smaps_rollup
all /proc/stat /proc/meminfo /proc/cpuinfo
all /sys/bus/iio/devices/iio:device*/energy_value /sys/bus/iio/devices/iio:device*/enabled_rails
command_ getprop getprop
command_ uname uname -a
command_ df df -k /data/local/tmp
command_ battery dumpsys battery
command_ thermal dumpsys thermalservice
command_ gles sh -c 'dumpsys SurfaceFlinger | grep -m 1 GLES:'
command_ npu ls /dev/edgetpu-soc /dev/abrolhos /dev/janeiro /dev/rio /dev/adsprpc-smd /dev/fastrpc-cdsp /dev/apusys /dev/vertex10 /dev/npu
command_ page getconf PAGESIZE
N=0
for F in $S/power_supply/*/current_now; do
    while [ $N -lt 5 ]; do
        V= W=
        read -r V <"$F" || break
        read -r W <"${F%current_now}charge_counter"
        echo "G$T${F%/current_now}$T$V$T$W"
        N=$((N + 1))
        sleep 0.2
    done 2>/dev/null
    N=0
done
exit 0
