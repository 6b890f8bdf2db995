"""The import report of a questionnaire, while its file is read and compared with what was here."""

from dataclasses import dataclass, field

from workshop.platform.intake import ImportReport, Outcome, Remark

COMPARED = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


@dataclass
class QuestionnaireReport:
    """The report of one file as it grows. `taken` maps each row that went into a question to that question's code;
    `outcomes` says what became of the question where there was one before."""

    format: str
    rows: int = 0
    structural: int = 0
    taken: dict[int, str] = field(default_factory=dict)
    unsupported: list[Remark] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    questions: int = 0
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    said: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    @property
    def warnings(self) -> list[Remark]:
        """What of the rows taken was not taken with them."""
        return [
            Remark(reason, tuple(rows), sheet, column, text)
            for (reason, sheet, column, text), rows in self.said.items()
        ]

    def refuse(self, row: int, reason: str, *, sheet: str = "", text: str = "") -> None:
        """A row that is not taken."""
        self.unsupported.append(Remark(reason, (row,), sheet, text=text))

    def warn(self, reason: str, *rows: int, sheet: str = "", column: str = "", text: str = "") -> None:
        """Something of a row that is not taken, though the row is. The same about several rows is said once."""
        self.said.setdefault((str(reason), sheet, column, text[:300]), []).extend(rows)

    def done(self, *, compared_with: str = "") -> ImportReport:
        """The report, once every row has been read. A row counts as its question does."""
        outcomes = [self.outcomes.get(code, Outcome.CREATED) for code in self.taken.values()]
        return ImportReport(
            rows=self.rows,
            counts={outcome: outcomes.count(outcome) for outcome in COMPARED}
            | {Outcome.STRUCTURAL: self.structural, Outcome.REJECTED: len(self.unsupported)},
            rejected=self.unsupported,
            warnings=self.warnings,
            kind=self.format,
            compared_with=compared_with,
        )

    def as_json(self) -> dict[str, object]:
        """For scripts, which know the rows left out as `unsupported`."""
        done = self.done().as_json()
        del done["rejected"]
        return done | {
            "format": self.format,
            "unsupported": [remark.as_json() for remark in self.unsupported],
            "warnings": [remark.as_json() for remark in self.warnings],
            "languages": self.languages,
            "questions": self.questions,
            "removed": self.removed,
        }
