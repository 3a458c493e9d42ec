import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { DaySumsRow, DayTotalRow } from '../../src/db/account_db.ts'
import { day_of } from '../../src/db/day.ts'
import type { Change } from '../../src/sync/answer.ts'
import { answer, fresh_account, sale_change, sale_fields } from '../support/account.ts'

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The same by member and by who has the money. */
function by_member(changes: Iterable<Change>): Omit<DaySumsRow, 'side'>[] {
  const sums = new Map<string, Omit<DaySumsRow, 'side'>>()
  for (const { row, derived } of changes) {
    const [day, member_id] = [day_of(String(row.sold_at)), String(row.member_id)]
    const nothing = { with_member_vnd: 0, with_coop_vnd: 0, on_credit_vnd: 0 }
    const sum = sums.get(member_id + day) ?? { day, member_id, sales: 0, ...nothing }
    sum.sales += 1
    const is_owed = row.payment === 'credit' && row.settled !== true
    const part = is_owed ? 'on_credit_vnd' : row.money_with === 'coop' ? 'with_coop_vnd' : 'with_member_vnd'
    if (derived.counts === true) sum[part] += Number(row.total_vnd)
    sums.set(member_id + day, sum)
  }
  return [...sums.values()].sort((a, b) => (a.member_id + a.day < b.member_id + b.day ? -1 : 1))
}

/** What the kept totals must be: added up anew over all rows of the side that is shown. */
function added_up(changes: Iterable<Change>): Omit<DayTotalRow, 'side'>[] {
  const days = new Map<string, Omit<DayTotalRow, 'side'>>()
  for (const { row, derived } of changes) {
    const day = day_of(String(row.sold_at))
    const total = days.get(day) ?? { day, count: 0, total_vnd: 0, sales: 0 }
    total.sales += 1
    if (derived.counts === true) {
      total.count += 1
      total.total_vnd += Number(row.total_vnd)
    }
    days.set(day, total)
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

test.each([1, 2, 3, 4, 5, 6])(
  'totals that are kept are those that adding up gives, whatever came: season %i',
  async (seed) => {
    const random = seeded(seed)
    const pick = (below: number) => Math.floor(random() * below)
    const { db, store, meta } = fresh_account()
    let shown = new Map<string, Change>()
    let arriving: Map<string, Change> | null = null
    let cursor: string | null = null
    for (let page = 0; page < 40; page++) {
      const resets = random() < 0.1
      if (resets) arriving = new Map()
      const rows: Map<string, Change> = arriving ?? shown
      const changes = new Map<string, Change>()
      for (let n = pick(8); n > 0; n--) {
        const id = `0199aa5b-e8f0-7abc-8def-${String(pick(25)).padStart(12, '0')}`
        // Near midnight of the co-operatives, which is 17:00 UTC, and corrected from one day to another.
        const sold_at = new Date(Date.parse('2026-11-20T16:00:00Z') + pick(72) * 3_600_000).toISOString()
        const at = `019aa423c900-${String(page).padStart(4, '0')}-00000009`
        const fields = {
          ...sale_fields(sold_at, pick(9) * 1_000),
          member_id: `0199aa5b-0000-7000-8000-00000000000${pick(2)}`,
          payment: random() < 0.3 ? 'credit' : 'cash',
          money_with: random() < 0.5 ? 'coop' : 'member',
          ...(random() < 0.2 ? { settled: true } : {}),
        }
        changes.set(id, sale_change(id, at, fields, random() < 0.8))
      }
      for (const [id, change] of changes) rows.set(id, change)
      const is_last = random() < 0.6
      if (is_last) [shown, arriving] = [rows, null]
      const next = `page-${page}`
      const all = is_last ? [...shown.values()] : null
      await store.apply(cursor, answer([...changes.values()], all, { cursor: next, reset: resets }))
      cursor = next

      const { side, differs } = await meta()
      expect(differs).toBe(false)
      const kept = await db.read(['day_totals'], (tx) => tx.objectStore('day_totals').getAll())
      const of_side = kept.filter((total) => total.side === side).map(({ side: _, ...total }) => total)
      expect(of_side).toEqual(added_up(shown.values()))
      const sums = await db.read(['day_sums'], (tx) => tx.objectStore('day_sums').getAll())
      const by_side = sums.filter((sum) => sum.side === side).map(({ side: _, ...sum }) => sum)
      expect(by_side).toEqual(by_member(shown.values()))
    }
  },
)
