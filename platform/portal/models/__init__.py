"""Every table of the database, one file each; importing this package makes the metadata whole."""

from portal.models.api_token import ApiToken
from portal.models.attempt import Attempt
from portal.models.base import Base, utc_now
from portal.models.certificate import Certificate
from portal.models.console import Console, ConsoleState
from portal.models.console_request import ConsoleRequest
from portal.models.draft import Draft
from portal.models.draft_version import Cause, DraftVersion
from portal.models.editor_options import EditorOptions
from portal.models.evidence import Evidence
from portal.models.identity import Identity
from portal.models.mail import Mail
from portal.models.mailed_link import MailedLink, Purpose
from portal.models.mock import Mock
from portal.models.note import Note
from portal.models.person import Person, Role
from portal.models.quiz_try import QuizTry
from portal.models.session import BrowserSession
from portal.models.shown_hint import ShownHint
from portal.models.sign_in_link import SignInLink
from portal.models.sitting import Sitting
from portal.models.sitting_part import SittingPart
from portal.models.sitting_question import SittingQuestion
from portal.models.study_plan import StudyPlan
from portal.models.submission import Kind, State, Submission
from portal.models.surrender import Surrender

__all__ = [
    "ApiToken",
    "Attempt",
    "Base",
    "BrowserSession",
    "Cause",
    "Certificate",
    "Console",
    "ConsoleRequest",
    "ConsoleState",
    "Draft",
    "DraftVersion",
    "EditorOptions",
    "Evidence",
    "Identity",
    "Kind",
    "Mail",
    "MailedLink",
    "Mock",
    "Note",
    "Person",
    "Purpose",
    "QuizTry",
    "Role",
    "ShownHint",
    "SignInLink",
    "Sitting",
    "SittingPart",
    "SittingQuestion",
    "State",
    "StudyPlan",
    "Submission",
    "Surrender",
    "utc_now",
]
