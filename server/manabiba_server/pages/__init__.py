"""The server-rendered pages."""

from typing import Any

from ..guide import load_guide
from . import books, books_upload, matching, papers, peers, room_peers, shared_books
from .base import NotFoundHandler, PageHandler, person_id_of
from .context import AppContext
from .glossary import GlossaryPage
from .guide import EssencePage, GuidePage, HistoryPage
from .home import HomePage
from .join import JoinPage, NewLink, PersonalLink, SignOut, StartPage
from .rate_limit import RateLimit
from .result import ResultPage
from .room import RoomLink, RoomPage

__all__ = [
    "AppContext",
    "NotFoundHandler",
    "PageHandler",
    "handlers",
    "person_id_of",
    "rate_limits",
]

RUN = r"([a-z0-9-]{2,41})"
NUMBER = r"([0-9]{1,2})"
BOOKS = r"(b-[a-z0-9]{12})"
PLAN = r"([0-9]{6})"
COMMENT = r"([0-9]{1,9})"


def handlers(context: AppContext) -> list[Any]:
    """The addresses of these pages."""
    given = {"context": context}
    guided = {**given, "guide": load_guide(context.settings.guide)}
    return [
        (r"/", StartPage, given),
        (r"/join/([A-Za-z0-9]{1,20})", JoinPage, given),
        (r"/me/([A-Za-z0-9_-]{1,80})", PersonalLink, given),
        (r"/link", NewLink, given),
        (r"/sign-out", SignOut, given),
        (r"/home", HomePage, guided),
        (r"/guide", GuidePage, guided),
        (r"/guide/history", HistoryPage, guided),
        (r"/guide/essence", EssencePage, guided),
        (rf"/runs/{RUN}/{NUMBER}/result", ResultPage, given),
        (r"/books", books.BooksPage, given),
        (r"/books/case", books.BooksFromCase, given),
        (r"/books/upload", books_upload.BooksUpload, given),
        (r"/books/template/(xlsx|journal|opening)", books.BooksTemplate, given),
        (rf"/books/{BOOKS}", books.OneBooks, given),
        (rf"/books/{BOOKS}/accounts", books.BooksAccounts, given),
        (rf"/books/{BOOKS}/settings", books.BooksSettings, given),
        (rf"/books/{BOOKS}/notes", books.BooksNotes, given),
        (rf"/books/{BOOKS}/print", books.BooksPrint, given),
        (rf"/books/{BOOKS}/download/(xlsx|journal|opening)", books.BooksDownload, given),
        (rf"/books/{BOOKS}/replace", books_upload.BooksUpload, given),
        (rf"/books/{BOOKS}/delete", books.BooksDelete, given),
        (rf"/books/{BOOKS}/share/{RUN}", books.BooksShare, given),
        (rf"/room/{RUN}/books", shared_books.SharedBooksList, given),
        (rf"/room/{RUN}/books/{BOOKS}", shared_books.SharedBooks, given),
        (rf"/runs/{RUN}/glossary", GlossaryPage, given),
        (rf"/runs/{RUN}/paper", papers.PaperPage, given),
        (rf"/runs/{RUN}/paper\.docx", papers.PaperFile, given),
        (rf"/room/{RUN}/papers", papers.PapersList, given),
        (rf"/room/{RUN}/papers/(p-[a-z0-9]+)", papers.SeenPaper, given),
        (rf"/room/{RUN}/papers/(p-[a-z0-9]+)\.docx", papers.SeenPaperFile, given),
        (rf"/runs/{RUN}/peers", peers.PeersPage, given),
        (rf"/runs/{RUN}/peers/join", peers.PeersJoin, given),
        (rf"/runs/{RUN}/peers/leave", peers.PeersLeave, given),
        (rf"/runs/{RUN}/peers/{PLAN}", peers.PeerPlan, given),
        (rf"/runs/{RUN}/peers/received/{COMMENT}/(hide|show|report)", peers.PeerReceived, given),
        (rf"/room/{RUN}/peers", room_peers.RoomPeers, given),
        (rf"/room/{RUN}/peers/{COMMENT}", room_peers.RoomPeerComment, given),
        (rf"/room/{RUN}/matching", matching.BoardPage, given),
        (rf"/room/{RUN}/matching/(upload|example|solve|move|undo)", matching.BoardChange, given),
        (rf"/room/{RUN}/matching/(teams|template)\.xlsx", matching.BoardDownload, given),
        (rf"/room/{RUN}", RoomPage, given),
        (rf"/room/{RUN}/link/(p-[a-z0-9]+)", RoomLink, given),
    ]


def rate_limits() -> dict[str, RateLimit]:
    """How often one address may join or try a personal link: a whole class behind one
    router joins at once, a guesser gets nowhere. And how often one person may send a file
    to be read: as often as somebody puts it right by hand, not as fast as a program can.
    And how often one person may change something in 読み合い."""
    return {
        "join": RateLimit(burst=200, seconds_each=1.0),
        "link": RateLimit(burst=60, seconds_each=2.0),
        "upload": RateLimit(burst=10, seconds_each=6.0),
        "peers": RateLimit(burst=30, seconds_each=4.0),
    }
