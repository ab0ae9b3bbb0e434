"""Measures a GPU: limits and exactness first, then the goals, then PyTorch and JAX. Needs Python 3.8 and what it carries (prepare.mjs).

usage: measure.py [--out FOLDER] [--seconds 480] [--tiny] [--only ROW,ROW]

Writes each row as soon as it is there into FOLDER/rows.jsonl and, as a table, FOLDER/rows.md; what its processes say besides into
FOLDER/log.txt. Every row has a deadline, and all together have --seconds: what is cut off is named, and nothing that was measured is
lost. Where Vulkan is missing it says what it has tried and goes on. --tiny: small sizes, on a software driver too.
"""
import argparse
import glob
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

own = os.path.dirname(os.path.abspath(__file__))
pack = os.path.dirname(os.path.dirname(os.path.dirname(own)))
started = time.monotonic()

# What a row may take at most, and the peers of each goal with what they may take.
deadlines = {"processor": 20, "tfjs": 40, "limits": 40, "agreement": 60, "bits": 60, "sweep-1": 60, "sweep-154": 75, "wide-1": 40, "wide-50": 40}
deadline = 60
checks = ("doubleSingle", "agrees", "twice", "reopened")
goals = {"sweep": ("40", 40, 1024), "wide": ("1024,1024", 200, 1), "spectrum": ("4096,4096", 1000, 1)}
tiny_goals = {"sweep": ("8", 10, 4), "wide": ("16,16", 10, 1), "spectrum": ("16,16", 12, 1)}
peers = [
    ("sweep", "vmap", 40), ("wide", "eager", 40), ("wide", "compiled", 75), ("spectrum", "spectrum", 40),
    ("sweep", "eager", 30), ("sweep", "compiled", 75), ("wide", "jax", 60), ("sweep", "jax", 60),
]  # fmt: skip


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default=".", help="where the rows are written")
    parser.add_argument("--seconds", type=float, default=480, help="for all rows together")
    parser.add_argument("--tiny", action="store_true", help="small sizes, on a software driver too")
    parser.add_argument("--only", default="", help="rows by name, with commas between them")
    return parser.parse_args()


class Report:
    """The rows that were said so far, on the disk as soon as they are said."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.rows = []
        self.lines = open(os.path.join(folder, "rows.jsonl"), "w")
        self.log = open(os.path.join(folder, "log.txt"), "w")
        self.table = os.path.join(folder, "rows.md")

    def say(self, **row):
        row = {"at": round(time.monotonic() - started, 1), **row}
        self.rows.append(row)
        self.lines.write(json.dumps(row) + "\n")
        self.lines.flush()
        os.fsync(self.lines.fileno())
        # Whole or not at all: the command may be ended at any moment.
        with open(self.table + ".new", "w") as file:
            file.write(to_markdown(self.rows))
        os.replace(self.table + ".new", self.table)
        print(f"{row['at']:6.1f} s  {row['row']}: {said(row)}", flush=True)


def said(row):
    parts = [row.get("what", "")]
    if "seconds" in row:
        parts.append(f"{row['seconds']} s")
    if "stepsPerSecond" in row:
        parts.append(f"{row['stepsPerSecond']:,.0f} steps a second")
    if "missing" in row:
        parts.append(f"not measured: {row['missing']}")
    if "failed" in row:
        parts.append(f"FAILED: {row['failed']}")
    parts.extend(str(row[key]) for key in ("note",) if key in row)
    return "; ".join(part for part in parts if part)


def to_markdown(rows):
    lines = ["| row | what | seconds | steps a second | floor | goal |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        parts = [str(row[key]) for key in ("what", "note") if row.get(key)]
        parts += [f"{word}: {row[key]}" for key, word in (("missing", "not measured"), ("failed", "FAILED")) if key in row]
        what = "; ".join(parts)
        rate = f"{row['stepsPerSecond']:,.0f}" if "stepsPerSecond" in row else ""
        met = {True: ": met", False: ": missed"}.get(row.get("met"), "")
        cells = [row["row"], what, row.get("seconds", ""), rate, row.get("floorSeconds", ""), row.get("goal", "") + met]
        lines.append("| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def run(report, row, command, env, limit):
    """Lines of JSON that a process writes, said as they come, until it ends or its time is up; how many there were."""
    left = min(limit, all_seconds - (time.monotonic() - started))
    if left < 5:
        report.say(row=row, missing="no time was left")
        return []
    heard = []
    report.log.write(f"\n== {row}: {' '.join(command)}\n")
    report.log.flush()
    try:
        process = subprocess.Popen(
            [part.replace("{seconds}", str(round(left))) for part in command],
            **{"stdout": subprocess.PIPE, "stderr": report.log, "text": True, "env": env, "start_new_session": True},
        )
    except OSError as error:
        report.say(row=row, failed=str(error))
        return []
    cut = []

    def end():
        cut.append(True)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    timer = threading.Timer(left, end)
    timer.start()
    try:
        for text in process.stdout:
            try:
                line = json.loads(text)
            except ValueError:
                report.log.write(text)
                continue
            heard.append(line)
            report.say(**{"row": row, **line})
        status = process.wait()
    finally:
        timer.cancel()
    if cut:
        report.say(row=row, failed=f"cut off after {left:.0f} s")
    elif status != 0:
        report.say(row=row, missing=f"exit code {status}: {last_line(report)}")
    return heard


def last_line(report):
    report.log.flush()
    with open(report.log.name) as file:
        lines = [line.strip() for line in file.read().split("\n") if line.strip()]
    return lines[-1] if lines else ""


def unpack(folder):
    """The program in a folder that can be written to; the Node that runs it."""
    if not os.path.exists(os.path.join(pack, "node.gz")):
        return pack, shutil.which("node")
    program = os.path.join(folder, "program")
    shutil.copytree(pack, program, ignore=shutil.ignore_patterns("*.gz"))
    for name, place in (("node.gz", "node"), ("dawn.node.gz", "node_modules/webgpu/dist/linux-x64/dawn.node")):
        to = os.path.join(program, place)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        with gzip.open(os.path.join(pack, name)) as packed, open(to, "wb") as file:
            shutil.copyfileobj(packed, file)
        os.chmod(to, 0o755)
    return program, os.path.join(program, "node")


def loads(library):
    """Whether the system has it, asked in another process: some libraries do not let go."""
    code = f"import ctypes; ctypes.CDLL({library!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def lend_libraries(program, folder):
    """The carried libraries that this machine lacks, in a folder of their own."""
    lent = os.path.join(folder, "libraries")
    os.makedirs(lent)
    names = sorted(os.path.basename(path) for path in glob.glob(os.path.join(program, "libraries", "*.so*")))
    lacking = [name for name in names if not loads(name)]
    for name in lacking:
        shutil.copy(os.path.join(program, "libraries", name), os.path.join(lent, name))
    return lent, lacking


def drivers(folder):
    """Ways to a driver: as the machine is set up, then each manifest that lies about, then one of our own for NVIDIA's libraries."""
    yield "as the machine is set up", {}
    places = ["/usr/local/nvidia/share/vulkan", "/usr/share/vulkan", "/usr/local/share/vulkan", "/etc/vulkan", "/usr/share/nvidia"]
    found = sorted(path for place in places for path in glob.glob(place + "/**/*icd*.json", recursive=True))
    for path in found:
        yield path, {"VK_DRIVER_FILES": path, "VK_ICD_FILENAMES": path}
    for name in ("libGLX_nvidia.so.0", "libEGL_nvidia.so.0"):
        if not loads(name):
            continue
        path = os.path.join(folder, name + ".json")
        with open(path, "w") as file:
            json.dump({"file_format_version": "1.0.0", "ICD": {"library_path": name, "api_version": "1.3.0"}}, file)
        yield f"{name} itself", {"VK_DRIVER_FILES": path, "VK_ICD_FILENAMES": path}


def describe_machine(report, lacking):
    try:
        query = ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"]
        cards = subprocess.run(query, capture_output=True, text=True, timeout=30).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        cards = ""
    lent = f"libraries lent: {', '.join(lacking)}" if lacking else "no library had to be lent"
    note = f"Python {sys.version.split()[0]}, {os.cpu_count()} processors; {lent}"
    report.say(row="machine", what=cards or "nvidia-smi shows no card", note=note)


def measure_device(report, node, program, base, folder, wanted):
    script = os.path.join(program, "test", "bench", "device", "row.mjs")
    tiny = ["--tiny"] if options.tiny else []
    listed = subprocess.run([node, script, *tiny], capture_output=True, text=True, env=base)
    if listed.returncode != 0:
        report.say(row="webgpu", failed=f"the program does not start: {listed.stderr.strip()[-300:]}")
        return
    rows = [json.loads(line) for line in listed.stdout.split("\n") if line]
    env, missing = base, None
    for row in rows:
        name = row["row"]
        if name == "limits":
            for way, settings in drivers(folder):
                env = {**base, **settings}
                heard = run(report, name, [node, script, name, *tiny, "--seconds", "{seconds}"], env, deadlines[name])
                said_missing = [line["missing"] for line in heard if "missing" in line]
                if heard and not said_missing:
                    missing = None
                    break
                missing = f"{said_missing[0] if said_missing else 'it was cut off'} ({way})"
        elif row["needsGpu"] and missing is not None:
            if name in wanted or not options.only:
                report.say(row=name, missing=missing)
        elif name in wanted or not options.only:
            command = [node, script, name, *tiny, "--seconds", "{seconds}"]
            run(report, name, command, env if row["needsGpu"] else base, deadlines.get(name, deadline))


def measure_peers(report, program, wanted):
    script = os.path.join(program, "test", "bench", "peers", "gpu.py")
    env = {**os.environ, **({"COLOPHON_BENCH_CPU": "1"} if options.tiny else {})}
    for goal, peer, limit in peers:
        row = f"{goal}-{peer}" if goal != peer else "torch-spectrum"
        if options.only and row not in wanted:
            continue
        hidden, batch, runs = (tiny_goals if options.tiny else goals)[goal]
        command = [sys.executable, script, peer, hidden, str(batch), str(runs), "0.2" if options.tiny else "5"]
        run(report, row, command, env, limit)


def main():
    report = Report(options.out)
    wanted = options.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        program, node = unpack(folder)
        lent, lacking = lend_libraries(program, folder)
        describe_machine(report, lacking)
        path = os.pathsep.join(part for part in (os.environ.get("LD_LIBRARY_PATH", ""), lent) if part)
        if node is None:
            report.say(row="webgpu", missing="there is no Node here, and none was carried")
        else:
            measure_device(report, node, program, {**os.environ, "LD_LIBRARY_PATH": path}, folder, wanted)
        measure_peers(report, program, wanted)
    wrong = [row for row in report.rows if "failed" in row or any(row.get(is_right) is False for is_right in checks)]
    report.say(row="end", what=f"{len(report.rows)} rows, {len(wrong)} of them wrong, failed or cut off")


options = arguments()
all_seconds = options.seconds
main()
