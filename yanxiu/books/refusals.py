"""What this app declines, and what the person can do instead."""

from yanxiu.books.models import CommonRound, ReadingRecord
from yanxiu.kernel.refusals import Refusal


class RecordWrittenMeanwhile(Refusal):
    """Another device saved the record after this form was opened."""

    code = "reading-record-written-meanwhile"

    def __init__(self, record: ReadingRecord) -> None:
        """Keep what is there now, so that a page can show both."""
        self.record = record
        super().__init__(
            "这条读书记录在您打开以后从另一处保存过，没有覆盖，两份都在下面。"
            "请把要留的放进一份里，再保存一次。"
        )


class RoundWrittenMeanwhile(Refusal):
    """Somebody saved the story of a round after this form was opened."""

    code = "reading-round-written-meanwhile"

    def __init__(self, reading_round: CommonRound) -> None:
        """Keep what is there now, so that a page can show both."""
        self.reading_round = reading_round
        super().__init__(
            "这次共读的记述在您打开以后有人保存过，没有覆盖，两份都在下面。"
            "请把要留的放进一份里，再保存一次。"
        )


class NoBookTitle(Refusal):
    """A book without a title."""

    code = "book-untitled"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__("还没有书名，没有记下。请写书名，带不带书名号都可以。")


class BookInHand(Refusal):
    """A record is given the title of a book that its reader has another record of."""

    code = "book-in-hand"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"您已经有{name}的读书记录，没有改书名。请打开原来那一条接着记。")


class NothingCopied(Refusal):
    """An excerpt without a word."""

    code = "excerpt-empty"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__("摘录还是空的，没有保存。请抄一句，或只写一句想法。")


class NothingSaid(Refusal):
    """A share without a word."""

    code = "reading-share-empty"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__("分享还是空的，没有保存。说一两句就行，不限字数。")


class OnListAlready(Refusal):
    """A book comes onto a list a second time."""

    code = "book-on-list"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"{name}已经在这份书单上，没有重复添加。请在原来一行上改。")


class RoundOver(Refusal):
    """A deed in a round that has ended."""

    code = "reading-round-over"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("这次共读已经结束，没有改动。要接着读，请在共读页点“重新打开”。")


class ClubNameTaken(Refusal):
    """Two clubs of one name."""

    code = "reading-club-taken"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"本校已经有“{name}”，没有再建。请加入原来的，或换一个名称。")


class WrongLibraryState(Refusal):
    """A share is chosen, or answered for, a second time."""

    code = "reading-share-library"

    def __init__(self, state: str) -> None:
        """Say how things stand."""
        super().__init__(f"这段分享现在是“{state}”，没有改动。请刷新这一页再看。")


class NotToBeMeant(Refusal):
    """Days or an address that cannot be meant."""

    code = "reading-not-meant"
