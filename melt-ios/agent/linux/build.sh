#!/bin/sh
# Builds the agent for this Linux machine, as a package for a virtual iPhone: the sources of the app as they are, with the modules in
# this folder in the place of Apple's. Needs Swift 5.9 or newer, libcrypto's headers, zip, and llama.cpp b4916.
#
#   sh linux/build.sh CHECKOUT      of llama.cpp, built there: cmake -B build -DBUILD_SHARED_LIBS=ON && cmake --build build
#
# LLAMA_INCLUDE (folders) and LLAMA_LIBS (shared libraries) name other places than those of a checkout.
set -eu
if [ $# -ne 1 ] && [ -z "${LLAMA_INCLUDE:-}" ]; then
    echo "usage: sh linux/build.sh CHECKOUT, of llama.cpp b4916 that was built there" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
agent=$(dirname "$here")
include=${LLAMA_INCLUDE:-$1/include $1/ggml/include}
libraries=${LLAMA_LIBS:-$(ls "$1"/build/bin/lib*.so)}
build=$here/build
app=$build/Payload/MeltAgent.app
rm -rf "$build"
mkdir -p "$app" "$build/modules"

options="-O -swift-version 5 -I $build/modules"
for folder in $include; do
    options="$options -I $folder -Xcc -I$folder"
done
echo 'module llama { header "llama-c.h" export * }' >"$build/modules/module.modulemap"
echo '#include <llama.h>' >"$build/modules/llama-c.h"
for module in VirtualPhone Darwin os UIKit CryptoKit; do
    swiftc $options -parse-as-library -emit-module -emit-module-path "$build/modules/$module.swiftmodule" \
        -emit-object -o "$build/modules/$module.o" -module-name "$module" "$here/$module.swift"
done
for library in $libraries; do
    cp "$library" "$app/"
done
swiftc $options -module-name MeltAgent "$agent"/Sources/Protocol/*.swift "$agent"/Sources/Engine/*.swift \
    "$here/Foundation.swift" "$here/main.swift" "$build"/modules/*.o "$app"/lib*.so -lcrypto \
    -Xlinker -rpath='$ORIGIN' -o "$app/MeltAgent"
sed -e 's/$(EXECUTABLE_NAME)/MeltAgent/; s/$(PRODUCT_NAME)/MeltAgent/; s/$(PRODUCT_BUNDLE_IDENTIFIER)/dev.melt.agent/' \
    -e 's/$(MARKETING_VERSION)/1/; s/$(CURRENT_PROJECT_VERSION)/1/; s/$(MELT_BACKEND)/cpu/' \
    "$agent/Info.plist" >"$app/Info.plist"
(cd "$build" && zip -qr MeltAgent.ipa Payload)
echo "$build/MeltAgent.ipa"
