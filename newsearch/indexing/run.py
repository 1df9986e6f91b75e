"""Files to an index, again and again: only what has changed is read, added, replaced.

In: paths, and an index or a `Trial` of one. Out: a report, the changed index, its register of
files and its log. A long run commits now and then; stopped at any moment, it has what was
committed, and the next run goes on from there.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np

from newsearch.articles.files import files_of
from newsearch.errors import IndexMissing, InputError
from newsearch.index import NewsIndex
from newsearch.indexing.reading import Reading
from newsearch.indexing.register import Held, Known, hashes, joined, load
from newsearch.indexing.reports import FileReport, How, IndexReport, Listener
from newsearch.indexing.run_log import RunLog
from newsearch.indexing.stopping import Stop
from newsearch.indexing.trial import Store, Trial
from newsearch.opening import open as open_index
from newsearch.records import AddReport


class _Quiet:
    """Tells of problems only, as warnings."""

    def problem(self, problem: InputError) -> None:
        warnings.warn(str(problem), stacklevel=2)

    def read(self, articles: int, size: int) -> None:
        pass

    def writing(self) -> None:
        pass

    def file(self, report: FileReport) -> None:
        pass

    def committed(self, so_far: AddReport) -> None:
        pass

    def note(self, sentence: str) -> None:
        warnings.warn(sentence, stacklevel=2)


def index_files(
    news: NewsIndex,
    paths: Iterable[str],
    how: How | None = None,
    listener: Listener | None = None,
    stop: Stop | None = None,
) -> IndexReport:
    """Bring an index up to date with the files at some paths.

    Files of which size and time are those of the last run are passed over. What was read is
    committed now and then, so that a run that is stopped need not begin anew.

    Args:
        news: The index.
        paths: Files, folders, or "-" for JSON lines on standard input.
        how: How it is done; the defaults if None.
        listener: Told how it goes; if None, problems are warnings.
        stop: Asked to end the run early: what was read is committed, nothing is pruned.

    Returns:
        What was done.

    Raises:
        InputError: There is nothing at a path.
        EngineError: The disk is full, another process is writing, or one of the jobs has died;
            what was committed before stays.

    >>> import newsearch, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("The ferry runs again.")
    >>> with newsearch.create(folder / "index") as news:
    ...     index_files(news, [str(folder)]).articles.added
    ...     index_files(news, [str(folder)]).articles.unchanged
    1
    1
    """
    how, listener = how or How(), listener or _Quiet()
    log = RunLog(news.path)
    try:
        return _Run(news, list(paths), how, listener, stop or Stop(), log).go()
    finally:
        log.close()


def try_files(
    folder: Path,
    paths: Iterable[str],
    how: How,
    listener: Listener | None = None,
    stop: Stop | None = None,
) -> IndexReport:
    """Tell what `index_files` would do to the index in a folder; nothing is changed.

    Args:
        folder: There need be no index in it yet.
        paths, how, listener, stop: As for `index_files`.

    Returns:
        What would be done; words are not counted.
    """
    listener, stop = listener or _Quiet(), stop or Stop()
    try:
        news = open_index(folder)
    except IndexMissing:
        return _Run(Trial(folder, None), list(paths), how, listener, stop, None).go()
    with news:
        return _Run(Trial(folder, news), list(paths), how, listener, stop, None).go()


class _Run:
    """One run; without a log, it leaves nothing behind."""

    def __init__(
        self,
        store: Store,
        paths: list[str],
        how: How,
        listener: Listener,
        stop: Stop,
        log: RunLog | None,
    ) -> None:
        self._store = store
        self._paths = paths
        self._how = how
        self._listener = listener
        self._stop = stop
        self._log = log
        self._before = self._held = Held(store.fingerprints())
        self._register = load(store.path, self._held)
        self._done = AddReport()
        self._files = self._passed = 0

    def go(self) -> IndexReport:
        if self._register.damage:
            self._listener.note(self._register.damage)
        self._say("run", paths=self._paths)
        how, stop = self._how, self._stop
        reading = Reading(
            self._paths, self._register, self._store.path, self, stop, how.reread, how.fields
        )
        pruned = []
        try:
            while not reading.over:
                portion = reading.portion(how.commit_every)
                self._add(self._store.add(portion, jobs=how.jobs, learn=True))
                self._settle(reading)
                if not stop.asked:  # the next run learns; whoever stops this one does not wait
                    self._add(AddReport(set_aside=self._store.learn_boilerplate().pieces))
            if how.prune and not stop.asked:
                pruned = self._prune(reading)
            changed = self._done.passages or pruned
            copied = self._store.copied() if changed and not stop.asked else 0
        except BaseException as error:
            self._say("stopped", why=f"{type(error).__name__}: {error}", **asdict(self._done))
            raise
        counts = {"pruned": len(pruned), "copied": copied, **asdict(self._done)}
        self._say("stopped" if stop.asked else "done", **counts)
        return IndexReport(self._done, tuple(pruned), self._files, self._passed, stop.asked, copied)

    # What reading tells goes to the log, and on.

    def problem(self, problem: InputError) -> None:
        self._say("left out", path=problem.path, line=problem.line, why=problem.reason)
        self._listener.problem(problem)

    def read(self, articles: int, size: int) -> None:
        self._listener.read(articles, size)

    def writing(self) -> None:
        self._listener.writing()

    def _say(self, what: str, **facts: object) -> None:
        if self._log:
            self._log.write(what, **facts)

    def _tell(self, report: FileReport) -> None:
        facts = {name: count for name, count in asdict(report).items() if count}
        if facts.keys() - {"path", "unchanged", "passed_over"}:
            self._say("file", **facts)
        self._listener.file(report)

    def _add(self, report: AddReport) -> None:
        sums = {each.name: getattr(self._done, each.name) for each in fields(AddReport)}
        self._done = AddReport(**{n: many + getattr(report, n) for n, many in sums.items()})
        self._listener.committed(self._done)

    def _settle(self, reading: Reading) -> None:
        """Take note of files that are done with; what came of them is committed."""
        for path, known in reading.passed:
            there, empty = len(known.ids), known.empty
            self._add(AddReport(unchanged=there, empty=empty))
            self._tell(FileReport(path, 0, 0, there, empty, known.unreadable, passed_over=True))
        if reading.finished:
            self._held = Held(self._store.fingerprints())
            for report, known in self._outcomes(reading.finished):
                if report.path != "-":
                    self._register.put(report.path, known)
                self._tell(report)
            self._save()
        self._files += len(reading.finished)
        self._passed += len(reading.passed)
        reading.finished, reading.passed = [], []

    def _save(self) -> None:
        if self._log:
            self._register.save(self._store.path, self._held)

    def _outcomes(self, files: list[tuple[str, Known]]) -> Iterator[tuple[FileReport, Known]]:
        """Yield what has come of each file, and what is known of it without empty articles."""
        ids = joined(known.ids for _, known in files)
        before, after = self._before.versions(ids), self._held.versions(ids)
        kinds = np.select([after < 0, before < 0, before != after], [3, 0, 1], 2)
        start = 0
        for path, known in files:
            kind = kinds[start : start + len(known.ids)]
            start += len(known.ids)
            added, changed, unchanged, empty = np.bincount(kind, minlength=4).tolist()
            empty += known.empty
            report = FileReport(path, added, changed, unchanged, empty, known.unreadable)
            yield report, replace(known, ids=known.ids[kind != 3], empty=empty)

    def _prune(self, reading: Reading) -> list[str]:
        """Delete the articles that no file brings any more, and return their ids."""
        for path in reading.empty:
            if path != "-":
                self._listener.note(f"{path}: no file to read; nothing that came from it is pruned")
        roots = [os.path.abspath(path) for path in self._paths if path not in ("-", *reading.empty)]
        for path in [path for path in self._register if _is_under(path, roots)]:
            if not reading.was_met(path) and not reading.is_troubled(path):
                self._register.drop(path)
        names = [name for name, _ in self._store.fingerprints()]
        brought = np.isin(hashes(names), self._register.claimed())
        gone = []
        for name, is_brought in zip(names, brought.tolist(), strict=True):
            article = None if is_brought else self._store.article(name)
            if article and _is_under(article.path, roots) and not reading.is_troubled(article.path):
                gone.append(name)
                self._say("pruned", id=name, path=article.path)
        if gone:
            self._store.delete(gone)
            self._held = Held(self._store.fingerprints())
        self._save()
        return gone


def _is_under(path: str, roots: Iterable[str]) -> bool:
    """Tell whether a path is one of some files, or in one of some folders or archives."""
    return any(
        file == root or file.startswith(os.path.join(root, ""))
        for root in roots
        for file in files_of(path)
    )
