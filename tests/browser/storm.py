"""Seeded trouble for real phones: what people do and what goes wrong, in an order of chance, and what must hold."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.portal import Network, Way
from tests.browser.server import Server

GOODS = ("Gà đồi", "Gà đồi", "Lợn đen")
"""What each phone sells."""
MANAGERS, SELLS_FOR = 0, "Giàng A Páo · Má Lủng"
"""The first phone is the manager's, who records for a member; the others are members' own."""
JUMPS = (timedelta(minutes=7), timedelta(hours=-5), timedelta(days=40), timedelta(days=-3), timedelta(days=800))


@dataclass
class Ticked:
    """What a person was told to be saved of one sale. Each has an amount that no other one has."""

    phone: int
    is_voided: bool = False
    notes: list[str] = field(default_factory=list)


class Storm:
    def __init__(self, seed: int, phones: list[Phone], network: Network, server: Server) -> None:
        self._chance = random.Random(seed)
        self._phones = phones
        self._network = network
        self._server = server
        self._next_amount = 1001
        self.ticked: dict[int, Ticked] = {}
        self.perhaps: set[int] = set()
        """Sales whose phone was killed before their tick."""
        self.log: list[str] = []
        """What happened, in order."""

    def step(self) -> None:
        happens: dict[Callable[[int], None], int] = {
            self._sell: 30,
            self._sell_and_undo: 6,
            self._void: 6,
            self._note: 8,
            self._send: 8,
            self._change_way: 14,
            self._reload: 5,
            self._stop_worker: 5,
            self._kill: 8,
            self._kill_while_saving: 4,
            self._jump: 4,
            self._kill_server: 4,
        }
        (happening,) = self._chance.choices(list(happens), list(happens.values()))
        number = self._chance.randrange(len(self._phones))
        self.log.append(f"phone {number}: {happening.__name__.strip('_')}")
        happening(number)

    # What people do.

    def _sell(self, number: int) -> int:
        phone = self._at_sell_screen(number)
        amount = self._type_new(number)
        phone.save_button().tap()
        phone.page.wait_for_selector(".toast")
        self.ticked[amount] = Ticked(number)
        return amount

    def _sell_and_undo(self, number: int) -> None:
        amount = self._sell(number)
        page = self._phones[number].page
        page.get_by_role("button", name="Hoàn tác").tap()
        expect(page.get_by_text(re.compile("^Đã hủy phiếu"))).to_be_visible()
        self.ticked[amount].is_voided = True

    def _void(self, number: int) -> None:
        if (amount := self._open_some(number)) is None:
            return
        page = self._phones[number].page
        page.get_by_role("button", name="Hủy phiếu").tap()
        page.get_by_role("dialog").get_by_role("button", name="Ghi sai số").tap()
        expect(page.get_by_role("dialog")).to_have_count(0)
        self.ticked[amount].is_voided = True

    def _note(self, number: int) -> None:
        if (amount := self._open_some(number)) is None:
            return
        page = self._phones[number].page
        note = f"lời {len(self.log)}"
        page.get_by_role("button", name="Ghi chú").tap()
        page.get_by_role("dialog").get_by_label("Ghi chú").fill(note)
        page.get_by_role("dialog").get_by_role("button", name="Lưu").tap()
        expect(page.get_by_role("dialog")).to_have_count(0)
        self.ticked[amount].notes.append(note)

    def _send(self, number: int) -> None:
        phone = self._phones[number]
        phone.open("send")
        if self._network.way is not Way.ANSWER_WAITS:
            phone.send()

    # What goes wrong.

    def _change_way(self, _number: int) -> None:
        way = self._chance.choice((Way.OPEN, Way.OPEN, Way.CUT, Way.ANSWER_LOST, Way.ANSWER_WAITS, Way.PORTAL))
        self.log[-1] = f"way: {way.value}"
        self._network.take(way)

    def _reload(self, number: int) -> None:
        self._phones[number].page.reload()

    def _stop_worker(self, number: int) -> None:
        self._phones[number].stop_worker()

    def _kill(self, number: int) -> None:
        self._phones[number].kill()
        self._phones[number].launch()

    def _kill_while_saving(self, number: int) -> None:
        phone = self._at_sell_screen(number)
        self.perhaps.add(self._type_new(number))
        phone.save_button().evaluate("(button) => void setTimeout(() => button.click(), 10)")
        phone.page.wait_for_timeout(self._chance.uniform(0, 25))
        self._kill(number)

    def _jump(self, number: int) -> None:
        phone = self._phones[number]
        phone.kill()
        phone.launch(clock=datetime.now(UTC) + self._chance.choice(JUMPS))

    def _kill_server(self, _number: int) -> None:
        self._server.stop()
        self._server.start()

    # Quiet.

    def calm(self) -> None:
        """The way is open, every phone's clock is right, and each has sent and received until nothing is left."""
        self._network.take(Way.OPEN)
        for phone in self._phones:
            phone.kill()
            phone.launch()
        for _ in range(2):  # The second time for what the others have sent meanwhile.
            for phone in self._phones:
                phone.send()
                phone.expect_checked()

    def disagreements(self) -> list[str]:
        """What was lost, doubled or made up: between what was ticked, the co-operative and the phones."""
        sent = self._server.new_sales()
        by_amount = {sale["quantity_milli"] // 1000: sale for sale in sent}
        wrong = [
            *(["something came twice"] if len(by_amount) != len(sent) else []),
            *(f"{amount} was ticked and did not come" for amount in self.ticked.keys() - by_amount.keys()),
            *(f"nobody recorded {amount}" for amount in by_amount.keys() - self.ticked.keys() - self.perhaps),
        ]
        for amount, ticked in self.ticked.items():
            sale = by_amount.get(amount, {})
            if (sale.get("voided") is True) != ticked.is_voided or sale.get("counts") == ticked.is_voided:
                wrong.append(f"{amount} counts, or was voided, otherwise than on the phone")
            if ticked.notes and sale.get("note") not in ticked.notes:
                wrong.append(f"{amount} has a note that nobody wrote")
        for number, phone in enumerate(self._phones):
            on_phone = sorted(amount for amount in self._read(phone) if amount > 1000)
            own = {amount for amount, ticked in self.ticked.items() if number == MANAGERS or ticked.phone == number}
            wrong += [f"phone {number} lacks {amount}" for amount in own - set(on_phone)]
            if len(set(on_phone)) != len(on_phone):
                wrong.append(f"phone {number} shows something twice")
        return wrong

    def _read(self, phone: Phone) -> list[int]:
        """Amounts in the whole book of a phone, which is read to its end."""
        phone.tab("Sổ")
        page = phone.page
        expect(page.locator(".day a.row").first).to_be_visible()
        while page.locator(".more").count():
            # It goes by itself when the last rows have come.
            page.evaluate("document.querySelector('.more')?.scrollIntoView()")
            page.wait_for_timeout(50)
        texts = page.locator(".day a.row").all_inner_texts()
        return [int(found[1].replace(".", "")) for text in texts if (found := re.search(r"([\d.]+) (?:con|kg) ", text))]

    def _at_sell_screen(self, number: int) -> Phone:
        phone = self._phones[number]
        phone.open("sell")
        if number == MANAGERS:
            phone.page.get_by_label("Ghi hộ cho").select_option(label=SELLS_FOR)
        expect(phone.tile(GOODS[number])).to_be_visible()
        return phone

    def _type_new(self, number: int) -> int:
        amount = self._next_amount
        self._next_amount += 1
        self._phones[number].type_sale(GOODS[number], amount)
        return amount

    def _open_some(self, number: int) -> int | None:
        """Opens a sale that was ticked on this phone and still stands; None: there is none."""
        own = [amount for amount, each in self.ticked.items() if each.phone == number and not each.is_voided]
        if not own:
            return None
        amount = self._chance.choice(own)
        phone = self._phones[number]
        phone.open("book")
        shown = f"{amount:,}".replace(",", ".")
        row = (
            phone.page.locator(".day a.row")
            .filter(has_text=re.compile(rf"(?<![\d.]){re.escape(shown)} (con|kg)\b"))
            .first
        )
        row.scroll_into_view_if_needed()
        row.tap()
        return amount
