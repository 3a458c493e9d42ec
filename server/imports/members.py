"""Finding a co-operative's members by their names as somebody typed them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.imports.headings import plain


@dataclass
class Members:
    """`by_name`: folded name to (id, folded village) of those who are members now."""

    by_name: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, session: Session, coop_id: str) -> Members:
        member = DEFINITIONS["member"].table
        query = select(member.c.id, member.c.name, member.c.called, member.c.village).where(
            member.c.coop_id == coop_id, member.c.complete.is_(True), member.c.active.is_not(False)
        )
        found = cls()
        for id, name, called, village in session.execute(query):
            for said in {plain(name), plain(called)} - {""}:
                found.by_name[said].append((id, plain(village)))
        return found

    def named(self, text: str) -> list[str]:
        """Whom a cell may mean; `Giàng A Páo (Tả Lùng)` and `Giàng A Páo - Tả Lùng` name the village, too."""
        said = plain(text)
        found = self.by_name.get(said, [])
        if not found:
            found = [
                (id, village)
                for name, people in self.by_name.items()
                if said.startswith(name + " ")
                for id, village in people
                if village and said.removeprefix(name).strip() == village
            ]
        return sorted({id for id, _ in found})

    def same(self, name: str, village: str) -> str | None:
        """The member of this name who lives there, or of whom either does not say where."""
        for id, where in self.by_name.get(plain(name), []):
            if where == plain(village) or not where or not village:
                return id
        return None
