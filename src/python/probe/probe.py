"""Gradient Debugger's probe: reads one request as a JSON line, checks the backprop in a file, answers in JSON lines.

Runs with Python 3.9+ and NumPy; imports nothing else. In: {"file", "text"?, "bind"?, "seconds"?, "megabytes"?}.
Out: {"type": "progress", "stage"} lines and one {"type": "result", "result"} or {"type": "failed", "reason"}.
"""

import json
import os
import sys

sys.dont_write_bytecode = True
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

def main():
    request = json.loads(sys.stdin.readline())
    if sys.version_info < (3, 9):
        # ast.unparse, which the modules below use, is not there, or they do not even load
        sys.stdout.write(json.dumps({"type": "failed", "reason": "python"}) + "\n")
        return
    try:
        import numpy  # noqa: F401
    except ImportError:
        sys.stdout.write(json.dumps({"type": "failed", "reason": "numpy"}) + "\n")
        return
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [here] + [each for each in sys.path if os.path.abspath(each or ".") != here]
    from gradient_probe import check
    from gradient_probe.common import sandbox

    # their `layers.py` and `utils.py` are looked for beside their file, never here
    sys.path.remove(here)

    channel = sandbox.take_stdout()

    def send(message):
        channel.write(json.dumps(message) + "\n")
        channel.flush()

    sandbox.limit_memory(request.get("megabytes", 4096))
    sandbox.seal()
    folder = os.path.dirname(os.path.abspath(request["file"]))
    if os.path.isdir(folder):
        os.chdir(folder)
    try:
        result = check.check_file(os.path.abspath(request["file"]), request, lambda stage: send({"type": "progress", "stage": stage}))
        send({"type": "result", "result": result})
    except MemoryError:
        send({"type": "failed", "reason": "memory"})
    except BaseException as error:
        import traceback

        traceback.print_exc()
        send({"type": "failed", "reason": "%s: %s" % (type(error).__name__, error)})
    channel.flush()
    sys.stderr.flush()
    # threads that their code left must not keep us
    os._exit(0)


if __name__ == "__main__":
    main()
