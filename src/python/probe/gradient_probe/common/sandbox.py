"""Keeps a person's code from doing what a check must not: no network, nothing written, no window, no waiting for input."""

import builtins
import contextlib
import io
import os
import re
import signal
import sys
import time

import numpy as np

from . import clock
from . import command_line
from . import numpy_1
from . import seeds


class TimeUp(BaseException):
    """Their call took longer than it may; no `except Exception` of theirs catches it, and theirs that catch everything are made such."""


def limit_memory(megabytes):
    try:
        import resource

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass


#: Megabytes that one way to call their functions may take beyond what is taken already: what was never meant, np.outer of a wrong argument, takes all there is, and seconds with it.
SPARE = 768


@contextlib.contextmanager
def frugal():
    """In it, arrays beyond SPARE are a MemoryError at once; where the system does not tell what is taken, nothing changes."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as pages:
            taken = int(pages.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = taken + SPARE * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit if soft == resource.RLIM_INFINITY else min(limit, soft), hard))
    except (ImportError, ValueError, OSError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def seal():
    """Once, before any code of theirs is run."""
    import random
    import socket

    def no_network(*_, **__):
        raise OSError("no network in a gradient check")

    socket.socket.connect = no_network
    socket.create_connection = no_network
    socket.getaddrinfo = no_network

    builtins.input = Answers()
    command_line.give()
    read = builtins.open

    def open_to_read(file, mode="r", *rest, **options):
        if isinstance(file, (str, bytes, os.PathLike)) and any(letter in mode for letter in "wax+"):
            return io.BytesIO() if "b" in mode else io.StringIO()
        return read(file, mode, *rest, **options)

    def nothing(*_, **__):
        return None

    builtins.open = open_to_read
    # pathlib's and NumPy's own way
    io.open = open_to_read
    for name in ("save", "savez", "savez_compressed", "savetxt"):
        setattr(np, name, nothing)
    for name in ("mkdir", "makedirs", "remove", "unlink", "rename", "rmdir", "system"):
        setattr(os, name, nothing)
    def no_exit(*_):
        raise RuntimeError("a gradient check is not ended by its file")

    # parse_args() without what it asks for, exit() in a branch
    sys.exit = builtins.exit = builtins.quit = no_exit
    builtins.SystemExit = type("SystemExit", (RuntimeError,), {})
    time.sleep = nothing
    if not hasattr(time, "clock"):
        time.clock = time.perf_counter
    numpy_1.give_back()
    np.seterr(all="ignore")
    np.set_printoptions(threshold=50)
    random.seed(0)
    seeds.fix()
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(refuse)


class Answers:
    """`input()` answers 1, a number and a choice alike, and 4 where it is asked for units of a layer; a file that never stops asking gets no further."""

    left = 2000
    #: something was asked: what follows from the answers is no matter of the file
    asked = False

    def __call__(self, question="", *_):
        self.left -= 1
        Answers.asked = True
        if self.left < 0:
            raise EOFError("no input in a gradient check")
        return "4" if re.search(r"node|neuron|unit", str(question), re.I) else "1"


#: What the interpreter announces before it happens, and what must not.
REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.truncate", "os.chmod", "shutil.rmtree", "shutil.move", "shutil.copyfile", "urllib.Request", "ftplib.connect", "smtplib.connect", "webbrowser.open")


def refuse(event, arguments):
    """An audit hook, for the ways past the replaced functions: C code, os.open, modules that were imported before."""
    if event == "open":
        _, mode, flags = (tuple(arguments) + (None, None, None))[:3]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+") or (mode is None and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        if writes:
            raise PermissionError("a gradient check writes nothing")
    elif event in REFUSED:
        raise PermissionError("a gradient check does not do this: %s" % event)


#: Seconds after which a bell rings again, for code of theirs that went on when it rang.
AGAIN = 0.05


class Timer:
    """`with Timer(seconds):` raises TimeUp in their code, where the system has such a timer. Seconds of the processor, not of the wall.
    One inside another ends no later than the outer one."""

    #: the innermost that runs
    running = None

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        self.outer = Timer.running
        self.end = min([clock.now() + self.seconds] + ([self.outer.end] if self.outer is not None else []))
        Timer.running = self
        arm("ITIMER_PROF", "SIGPROF", Timer.ring, self.end - clock.now())
        return self

    def __exit__(self, *_):
        try:
            Timer.running = self.outer
        finally:
            # the bell may ring on the way out
            Timer.running = self.outer
            arm("ITIMER_PROF", "SIGPROF", Timer.ring, self.outer.end - clock.now() if self.outer is not None else None)
        return False

    @staticmethod
    def ring(*_):
        if Timer.running is not None and clock.now() >= Timer.running.end:
            raise TimeUp()


def within(seconds, work):
    """What `work` gives; a TimeoutError, as any failure of theirs, where it takes longer."""
    try:
        with Timer(seconds):
            return work()
    except TimeUp:
        raise TimeoutError("it did not end within %g s" % seconds)


class Wall:
    """`with Wall(seconds):` raises TimeUp wherever the check is, that many seconds on the wall after its start: an answer must be given in time."""

    up = False

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        Wall.up = True
        arm("ITIMER_REAL", "SIGALRM", Wall.ring, self.seconds - clock.since_start())
        return self

    def __exit__(self, *_):
        try:
            Wall.up = False
        finally:
            Wall.up = False
            # one that was cut off on its way in would ring while what is known is told
            Timer.running = None
            for timer, bell, ring in (("ITIMER_PROF", "SIGPROF", Timer.ring), ("ITIMER_REAL", "SIGALRM", Wall.ring)):
                arm(timer, bell, ring, None)
        return False

    @staticmethod
    def ring(*_):
        if Wall.up:
            raise TimeUp()


def arm(timer, bell, ring, seconds):
    """Rings after so many seconds of our clock, and again; not at all after None."""
    if hasattr(signal, "setitimer"):
        signal.signal(getattr(signal, bell), ring)
        signal.setitimer(getattr(signal, timer), 0 if seconds is None else max(seconds * clock.PACE, 0.001), 0 if seconds is None else AGAIN)


def take_stdout():
    """The protocol's own stream; what the person's code prints goes nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")
    return channel
