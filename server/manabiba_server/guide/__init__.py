"""The guide (案内): from a worry to lessons, consultations and places, as dated data files say."""

from .content import (
    Guide,
    MemoField,
    doubtful_dates,
    load_guide,
    unknown_courses,
    unknown_lessons,
)
from .conversation import Answer, Conversation, Question, Step, follow, leads, paths
from .destinations import ASKED, Contact, Destination, Kind
from .essence import Essential
from .history import HistoryEntry, Side, chosen, figure
from .next_steps import MOST, FollowUp, LessonProgress, Suggestion, done, suggestions
from .records import GuideError, Reference, Status

__all__ = [
    "ASKED",
    "MOST",
    "Answer",
    "Contact",
    "Conversation",
    "Destination",
    "Essential",
    "FollowUp",
    "Guide",
    "GuideError",
    "HistoryEntry",
    "Kind",
    "LessonProgress",
    "MemoField",
    "Question",
    "Reference",
    "Side",
    "Status",
    "Step",
    "Suggestion",
    "chosen",
    "done",
    "doubtful_dates",
    "figure",
    "follow",
    "leads",
    "load_guide",
    "paths",
    "suggestions",
    "unknown_courses",
    "unknown_lessons",
]
