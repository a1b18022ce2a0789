"""Which files are not done yet, by what the manifest knows and what there is."""

from __future__ import annotations

from vnclean.batch.inputs import File, Identity
from vnclean.batch.manifest import Manifest, Record
from vnclean.batch.placing import content_of, identity_of
from vnclean.batch.plan import Plan


class Pending:
    """Compares a plan with a manifest.

    What has the size and times that it had is taken to be the same; otherwise its content decides,
    and the manifest learns how it looks now, unless it is ``looking`` only.
    """

    def __init__(self, plan: Plan, manifest: Manifest, *, looking: bool = False) -> None:
        self._plan = plan
        self._manifest = manifest
        self._looking = looking
        self.outdated = 0  #: files that are known, but were made with other settings

    def files(self) -> list[File]:
        """The files that are to be done, the largest first: all that are not known to be done."""
        files = [file for file in self._plan.inputs.files if not self._is_done(file)]
        return sorted(files, key=lambda file: (-file.size, file.target))

    def _is_done(self, file: File) -> bool:
        key = self._plan.key(file)
        known = self._manifest.record(key, self._plan.settings(file.path).digest)
        if not known:
            self.outdated += key in self._manifest
            return False
        record, output = known
        if self._plan.output is None:
            return self._is_output(file.path, key, record, output, file.identity)
        if tuple(record["input"]) != file.identity:
            if file.size != record["input"][0] or content_of(file.path) != record["digest"]:
                return False
            record, output = record | {"input": file.identity}, None
        place = self._plan.place(file.target)
        now = identity_of(place)
        return now is not None and self._is_output(place, key, record, output, now)

    def _is_output(
        self, place: str, key: str, record: Record, known: Identity | None, now: Identity
    ) -> bool:
        """Whether what is in its place is what was made; notes how it looks now."""
        if known == now:
            return True
        if now[0] != record["size"] or content_of(place) != record["output_digest"]:
            return False
        if not self._looking:
            self._manifest.begin(key, record)
            self._manifest.end(key, now)
        return True
