"""The guide (案内): from a worry to lessons, consultations and places, as dated data files say."""

from .content import Guide, MemoField, load_guide, old_records, unknown_lessons
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
    "figure",
    "follow",
    "leads",
    "load_guide",
    "old_records",
    "paths",
    "suggestions",
    "unknown_lessons",
]
