"""``vnclean clean`` of whole trees: what is asked for, and what is said about it."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final

from vnclean.batch.ignoring import Ignoring
from vnclean.batch.inputs import Inputs, gather, is_within, listed
from vnclean.batch.manifest import SETTINGS, Manifest, model_digest
from vnclean.batch.plan import Plan, check_apart, check_free, state_of, without_doubles
from vnclean.batch.progress import Progress
from vnclean.batch.totals import Totals, write_report
from vnclean.cleaner import Cleaner
from vnclean.cli.clean_options import CleanOptions, check_trees
from vnclean.cli.output import complain
from vnclean.cli.streams import STDIN, display_name
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import about, translated
from vnclean.settings.resolver import Resolver

#: So many failures of parts of files are named; there may be one in every line.
_MOST_NAMED: Final = 100


@dataclass(frozen=True)
class Order:
    """What the command line asks for; see ``vnclean clean --help``."""

    paths: Sequence[str]
    arguments: Sequence[str]  #: as they were given, to say how to go on
    settings: Resolver
    model: Path | None
    jobs: int
    options: CleanOptions


def run_batch(order: Order) -> int:
    """Does everything; returns the exit code."""
    options = order.options
    names = _listed_names(options.files_from) if options.files_from is not None else []
    check_trees(order.paths, names, options)
    output = Path(options.output) if options.output is not None else None
    if output:
        check_apart([*order.paths, *names], output)
    state = state_of([*order.paths, *names], output, options.state)
    manifest = Manifest(state, model_digest(order.model))
    used = Manifest.exists(state)
    if used and not (options.resume or options.force):
        raise UsageError(
            translated(
                "{state}: holds an earlier run; --resume goes on with it, --force begins anew",
                state=state,
            )
        )
    with ExitStack() as stack:
        if used and not options.dry_run:  # before a look at the files that another run may change
            manifest.open()
            stack.enter_context(manifest)
        plan = _planned(order, names, output, state)
        if not (used and options.resume):
            check_free(plan)
        if options.dry_run:
            return _tell(order, plan, manifest)
        if not used:
            manifest.open()
            stack.enter_context(manifest)
        plan.leave_out_backups(manifest.backups)
        manifest.begin_run(anew=not options.resume)
        code = _Run(order, plan, manifest).run()
    if not (code or used or output or options.state or plan.inputs.folders):
        rmtree(state)  # of single files repaired in place there is nothing to remember
    return code


def _planned(order: Order, names: Sequence[str], output: Path | None, state: Path) -> Plan:
    """What there is to do; raises UsageError if that makes no sense."""
    options = order.options
    ignoring = Ignoring.of(options.exclude, order.settings.exclusions(order.paths))
    inputs = gather(order.paths, names, ignoring, in_place=options.in_place, backup=options.backup)
    inputs.files = without_doubles(inputs.files)
    plan = Plan(inputs, order.settings.of, output, state, options.backup, options.force)
    for found in inputs.files:
        plan.settings(found.path)  # wrong ones are named before anything is done
    for option, file in ("--report", options.report), ("--summary-json", options.summary_json):
        _check_apart_from_inputs(option, file, plan)
    return plan


def _listed_names(path: str) -> list[str]:
    with naming(display_name(path), InputError):
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    return list(listed(data))


def _check_apart_from_inputs(option: str, file: str | None, plan: Plan) -> None:
    """Raises UsageError if a report would be an input of the next run, or an output of this one."""
    if file is None:
        return
    place = os.path.realpath(file)
    for folder in plan.inputs.folders:
        if is_within(place, os.path.realpath(folder.path)):
            raise UsageError(
                translated(
                    "{option} {file}: lies in the input {path}; write it elsewhere",
                    option=option,
                    file=file,
                    path=folder.path,
                )
            )
    if any(os.path.realpath(plan.place(f.target)) == place for f in plan.inputs.files):
        raise UsageError(
            translated(
                "{option} {file}: is one of the outputs; choose another name",
                option=option,
                file=file,
            )
        )


class _Run:
    """One run, and what is said on the way."""

    def __init__(self, order: Order, plan: Plan, manifest: Manifest) -> None:
        self._order, self._plan, self._manifest = order, plan, manifest

    def run(self) -> int:
        """Does what is not done yet; returns the exit code."""
        from vnclean.batch.engine import Engine, tidy
        from vnclean.batch.pending import Pending

        inputs, order, options = self._plan.inputs, self._order, self._order.options
        for named in inputs.failed:
            complain(about(named.path, named.reason))
        tidy(self._plan)
        compared = Pending(self._plan, self._manifest)
        pending = compared.files()
        if options.resume and not options.quiet:
            self._tell_outdated(compared.outdated)
        size = sum(file.size for file in pending)
        shown = bool(options.progress) and not options.quiet
        with Progress(len(pending), size, shown=shown) as progress:
            engine = Engine(self._plan, self._manifest, progress)
            try:
                if pending:
                    engine.run(pending, Cleaner(model=order.model), order.jobs)
                engine.finish()
            except (KeyboardInterrupt, SystemExit):
                progress.stop()
                complain(
                    translated("interrupted: {state}", state=self._so_far(len(pending), progress))
                )
                raise
            except OutputError as error:
                progress.stop()
                raise OutputError(
                    translated(
                        "{reason}. {state}",
                        reason=error,
                        state=self._so_far(len(pending), progress),
                    )
                ) from error
        return self._end(engine.failed)

    def _tell_outdated(self, files: int) -> None:
        """Says how many files are done anew, and why."""
        what = translated(self._manifest.outdated or SETTINGS)
        if files and files == len(self._plan.inputs.files):
            complain(translated("{what} changed since the last run: all is done anew", what=what))
        elif files:
            complain(
                translated(
                    "{what} changed since the last run: done anew are {files:,} of {all:,} files",
                    what=what,
                    files=files,
                    all=len(self._plan.inputs.files),
                )
            )

    def _so_far(self, pending: int, progress: Progress) -> str:
        """How far the run came, and how to go on."""
        files = len(self._plan.inputs.files)
        done = files - pending + progress.done
        return translated(
            "{done:,} of {files:,} files are done; go on with: {command}",
            done=done,
            files=files,
            command=self._command(),
        )

    def _command(self) -> str:
        given = [word for word in self._order.arguments if word not in ("--resume", "--force")]
        return shlex.join(["vnclean", "clean", "--resume", *given])

    def _end(self, failed: dict[str, str]) -> int:
        """Writes what is to be told."""
        options, plan = self._order.options, self._plan
        totals = Totals(plan, self._manifest, failed)
        if options.report is not None:
            write_report(options.report, plan, self._manifest)
        if options.summary_json is not None:
            totals.write_json(options.summary_json, plan)
        self._name_failures(totals, failed)
        if options.verbose:
            for named in (*totals.skipped, *totals.copied):
                complain(
                    translated("{path}: skipped: {reason}", path=named.path, reason=named.reason)
                )
        if not options.quiet and sys.stderr is not None:
            totals.print(sys.stderr)
        return InputError.exit_code if totals.failed else 0

    def _name_failures(self, totals: Totals, failed: dict[str, str]) -> None:
        """Those that were not named when they came: of parts of files, and of earlier runs."""
        said = {*failed.items(), *self._plan.inputs.failed}
        unsaid = [named for named in totals.failed if tuple(named) not in said]
        for named in unsaid[:_MOST_NAMED]:
            complain(about(named.path, named.reason))
        if len(unsaid) > _MOST_NAMED:
            complain(
                translated(
                    "{count:,} more like it; --summary-json names them all",
                    count=len(unsaid) - _MOST_NAMED,
                )
            )


def _tell(order: Order, plan: Plan, manifest: Manifest) -> int:
    """Says what would be done."""
    from vnclean.batch.pending import Pending

    inputs = plan.inputs
    if order.options.resume and Manifest.exists(plan.state):
        manifest.look()
        plan.leave_out_backups(manifest.backups)
    pending = Pending(plan, manifest, looking=True).files()
    kinds: Counter[str] = Counter()
    for file in pending:
        kind = plan.settings(file.path).reading.kind(file.path)
        kinds[f"{kind.format}, {kind.packing}" if kind.packing else kind.format] += 1
    size = sum(file.size for file in pending) / 1e6
    print(translated("to be done: {count:,} files, {size:,.1f} MB", count=len(pending), size=size))
    for name, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {name}: {count:,}")
    if len(pending) < len(inputs.files):
        print(translated("done already: {count:,} files", count=len(inputs.files) - len(pending)))
    _tell_skipped(inputs, verbose=bool(order.options.verbose))
    for named in inputs.failed:
        complain(about(named.path, named.reason))
    return InputError.exit_code if inputs.failed else 0


def _tell_skipped(inputs: Inputs, *, verbose: bool) -> None:
    reasons = Counter(named.reason for named in inputs.skipped)
    for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        print(translated("skipped: {count:,} {reason}", count=count, reason=reason))
    if verbose:
        for named in inputs.skipped:
            print(f"  {about(named.path, named.reason)}")
