"""Exercise kinds and explorables: what a lesson asks, shows, and how an answer is judged."""

from .allocation_explorer import AllocationExplorer, SharedCost
from .case import Case
from .case_story import Ending, Option, Scene
from .cash_versus_income import CashVersusIncome
from .checks import Check
from .choice import Choice
from .classify import Classify
from .crowdfunding_explorer import CrowdfundingExplorer
from .data_table import DataColumn, DataRow
from .data_task import DataTask
from .dates import DateField, Dates
from .depreciation_explorer import DepreciationExplorer
from .document import Document
from .document_form import DocumentColumn, DocumentField
from .document_paper import Heading, Paragraph, Rows, Signature
from .exercise import Exercise, ExerciseError, Solution, exercises
from .explorable import Explorable, ExplorableError, explorables
from .find_errors import FindErrors, ShownLine, entry_cells
from .forms_comparison import FormsComparison
from .free_text import Criterion, FreeText
from .journal_entry import JournalEntry, debit_credit, entry_of
from .journal_explorer import JournalExplorer
from .journal_mistakes import Mistake
from .journal_rows import Transaction
from .judgement import Judgement, Part
from .leave_calendar import LeaveCalendar
from .matrix import Matrix
from .matrix_key import Rule
from .number import Field, Number, Pick
from .order import Order
from .payslip_explorer import PayslipExplorer
from .plan import Plan
from .plan_checks import counts_outputs, leads_on, logic_model_checks, tells_changes
from .plan_table import LOGIC_MODEL, PlanColumn
from .rank import Rank
from .rank_key import RankItem, Scale
from .rewrite import Rewrite
from .rewrite_key import Fact
from .timeline import Timeline
from .timeline_key import TimelineStep
from .timesheet import Timesheet
from .work_day import WorkDay
from .worksheet import Worksheet
from .worksheet_table import Column, Row
from .year_calendar import YearCalendar

__all__ = [
    "LOGIC_MODEL",
    "AllocationExplorer",
    "Case",
    "CashVersusIncome",
    "Check",
    "Choice",
    "Classify",
    "Column",
    "Criterion",
    "CrowdfundingExplorer",
    "DataColumn",
    "DataRow",
    "DataTask",
    "DateField",
    "Dates",
    "DepreciationExplorer",
    "Document",
    "DocumentColumn",
    "DocumentField",
    "Ending",
    "Exercise",
    "ExerciseError",
    "Explorable",
    "ExplorableError",
    "Fact",
    "Field",
    "FindErrors",
    "FormsComparison",
    "FreeText",
    "Heading",
    "JournalEntry",
    "JournalExplorer",
    "Judgement",
    "LeaveCalendar",
    "Matrix",
    "Mistake",
    "Number",
    "Option",
    "Order",
    "Paragraph",
    "Part",
    "PayslipExplorer",
    "Pick",
    "Plan",
    "PlanColumn",
    "Rank",
    "RankItem",
    "Rewrite",
    "Row",
    "Rows",
    "Rule",
    "Scale",
    "Scene",
    "SharedCost",
    "ShownLine",
    "Signature",
    "Solution",
    "Timeline",
    "TimelineStep",
    "Timesheet",
    "Transaction",
    "WorkDay",
    "Worksheet",
    "YearCalendar",
    "counts_outputs",
    "debit_credit",
    "entry_cells",
    "entry_of",
    "exercises",
    "explorables",
    "leads_on",
    "logic_model_checks",
    "tells_changes",
]
