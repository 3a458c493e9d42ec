/** Sales: facts written once. A correction is a void and a new sale that names the old one. */

import { day_of, is_day } from '../db/day.ts'
import type { Draft } from '../db/outbox.ts'
import type { SeenRecord } from '../sync/overlay.ts'
import { type Account, current_account, signed_in_account } from './account.ts'
import { frame_drawn } from './drawn.ts'
import { RecordError } from './errors.ts'
import { seen_account } from './first_sight.ts'
import { new_id } from './id.ts'
import * as live from './live.ts'
import type { DayTotal, SaleDraft, SaleRecorded } from './types.ts'

export async function record_sale(draft: SaleDraft): Promise<SaleRecorded> {
  const account = await seen_account()
  const created = sale_draft(account, draft)
  const kept = await account.keep([created])
  try {
    const sale = await recorded(account, created)
    await frame_drawn() // A cheap phone draws the tick alone, and then the tiles and the counts.
    return sale
  } finally {
    account.show_kept(kept)
  }
}

/** Voids the old sale and records the new one that names it, in one transaction. */
export async function correct_sale(id: string, reason: string, draft: SaleDraft): Promise<SaleRecorded> {
  const account = signed_in_account()
  const created = sale_draft(account, draft, id)
  await account.record([void_draft(id, reason), created])
  return recorded(account, created)
}

/** Voids with the reason `undo`. */
export async function undo_sale(id: string): Promise<void> {
  await void_sale(id, 'undo')
}

export async function void_sale(id: string, reason: string): Promise<void> {
  await signed_in_account().record([void_draft(id, reason)])
  const last = live.last_sale.value
  if (last?.id === id) live.last_sale.value = { ...last, day: live.today.value, undone: true }
}

export async function edit_sale(
  id: string,
  changes: { note?: string; buyer_name?: string; due_on?: string },
): Promise<void> {
  await signed_in_account().record([{ entity: 'sale', id, changes, check: is_here }])
}

/** These credit sales have been paid, all or none. Nobody takes that back: `settled` is written once. */
export async function settle_sales(ids: readonly string[]): Promise<void> {
  const paid = ids.map((id): Draft => ({ entity: 'sale', id, changes: { settled: true }, check: is_here }))
  await signed_in_account().record(paid)
}

/** An edit of a record that is not on this phone would show nothing. */
export function is_here(seen: SeenRecord): void {
  if (!seen.complete) throw new RecordError('not_found')
}

function void_draft(id: string, reason: string): Draft {
  const check = (seen: SeenRecord): void => {
    is_here(seen)
    if (seen.row.voided === true) throw new RecordError('invalid')
  }
  return { entity: 'sale', id, changes: { voided: true, void_reason: reason }, check }
}

function sale_draft({ user, outbox }: Account, draft: SaleDraft, replaces_id?: string): Draft {
  const now_ms = outbox.wall.now()
  const is_manager = user.role === 'manager'
  const of_listing = live.listings.value.find(({ id }) => id === draft.listing_id)?.member_id ?? null
  const { buyer_name, note, due_on, listing_id, member_id, ...facts } = draft
  const changes = {
    ...facts,
    sold_at: draft.sold_at ?? new Date(now_ms).toISOString(),
    member_id: is_manager ? (member_id === undefined ? of_listing : member_id) : user.id,
    money_with: draft.money_with ?? (is_manager ? 'coop' : 'member'),
    listing_id: listing_id ?? undefined,
    buyer_name: buyer_name?.trim() || undefined,
    note: note?.trim() || undefined,
    // A day half typed is no day, and no reason to keep a sale from being saved.
    due_on: due_on && is_day(due_on) ? due_on : undefined,
    replaces_id,
  }
  const { quantity_milli, unit_price_vnd, total_vnd } = draft
  const within = (value: number, min: number, max: number) =>
    Number.isInteger(value) && value >= min && value <= max
  const fits =
    within(quantity_milli, 1, 1e12) && within(unit_price_vnd, 0, 1e12) && within(total_vnd, 0, 1e15)
  if (!fits) throw new RecordError('invalid')
  return { entity: 'sale', id: new_id(now_ms), changes, is_new: true }
}

/** What the tick shows. */
async function recorded(account: Account, { id, changes }: Draft): Promise<SaleRecorded> {
  const day = day_of(String(changes.sold_at))
  const sale = { id, total_vnd: Number(changes.total_vnd), day: await total_of(account, day) }
  if (current_account() === account) live.last_sale.value = { ...sale, undone: false }
  return sale
}

async function total_of({ model, db, today }: Account, day: string): Promise<DayTotal> {
  if (day === today) return { day, ...model.day_total(day) }
  const kept = await db
    .read(['day_totals'], (tx) => tx.objectStore('day_totals').get([model.meta.side, day]))
    .catch(() => undefined) // The sale is kept all the same.
  return { day, ...model.day_total(day, kept) }
}
