"""Registers that were handed in, and their sweeps: files of their own, apart from the record.

    kept       one register with what was asked of it, and how far its sweep is
    folder     all that are kept: admitted within limits, found again after a restart, deleted when asked
    incoming   a register as it arrives, on to the disk piece by piece
    parts      multipart/form-data as it arrives
    queue      sweeps done one after the other, each in a process of its own
    child      that process
    preview    the first rows of a register and how they are read, in such a process too
    outcomes   what came out: rows, counts and tables, read from the file that the sweep wrote

A register may be large, torn or made to do harm: it is only ever read in a child, with its memory bounded and its priority
low, so that neither the lock of the interpreter nor the memory of the server is its to take.
"""
