"""The bridge to nbgrader: release, collect, autograde, scores, feedback."""

from .feedback import generate_feedback
from .grade import GradeReport, GradeRow, grade
from .run_directory import ReleaseError, RunDirectory
from .scores import ExerciseScore, scores
from .submission import Submission, SubmissionSource, exercise_of

__all__ = [
    "ExerciseScore",
    "GradeReport",
    "GradeRow",
    "ReleaseError",
    "RunDirectory",
    "Submission",
    "SubmissionSource",
    "exercise_of",
    "generate_feedback",
    "grade",
    "scores",
]
