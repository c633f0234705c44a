package dev.melt.virtual.ios.service;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** How an operation on a file ended, with the number that AFC has for it. */
enum AfcStatus {
    SUCCESS(0),
    /** Also of a folder that is not empty. */
    UNKNOWN(1),
    INVALID_ARGUMENT(7),
    NOT_FOUND(8),
    IS_FOLDER(9),
    DENIED(10),
    NOT_SUPPORTED(15),
    EXISTS(16),
    NO_SPACE(18),
    IO(20);

    private final int number;

    AfcStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static AfcStatus of(IOException e) {
        if (e instanceof AfcRefused refused) {
            return refused.status();
        }
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return NOT_FOUND;
        }
        if (e instanceof FileAlreadyExistsException) {
            return EXISTS;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return UNKNOWN;
        }
        return e instanceof AccessDeniedException ? DENIED : IO;
    }
}
