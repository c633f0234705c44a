/** The services of iOS that a trusted host can have: lockdownd, and those that it starts. */
@NullMarked
package dev.melt.virtual.ios.service;

import org.jspecify.annotations.NullMarked;
