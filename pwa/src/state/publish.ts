/** From what is in memory to the signals, all at once. */
import { batch } from '@preact/signals'
import { type OnWait, StorageError, type StorageErrorCode } from '../db/open.ts'
import type { Account } from './account.ts'
import * as live from './live.ts'
import type { Model } from './model.ts'
import { in_order } from './order.ts'
import type { EntityName, ListingView, MemberView, StorageState, SyncErrorCode } from './types.ts'
import { listing_view, member_view, state_of } from './views.ts'

/** `rows_changed`: not only the outbox, so open books read their window anew. */
export function publish({ model, user, today }: Account, rows_changed = false): void {
  batch(() => {
    live.listings.value = listings_of(model, user.id)
    live.members.value = members_of(model)
    live.today.value = { day: today, ...model.day_total(today) }
    live.unsent.value = model.unsent_records
    publish_send(model)
    if (live.readiness.value !== 'signed_out')
      live.readiness.value = model.meta.pulled ? 'ready' : 'first_sync'
    const { drift_ms } = model.meta.wall
    live.clock_warning.value = drift_ms === 0 ? null : { drift_ms }
    live.outbox_version.value++
    if (rows_changed) live.rows_version.value++
  })
}

/** As on a phone that nobody has used yet. */
export function clear_shown(): void {
  batch(() => {
    live.listings.value = []
    live.members.value = []
    live.today.value = { day: '', count: 0, total_vnd: 0 }
    live.last_sale.value = null
    live.unsent.value = 0
    live.send_state.value = live.NEVER_SENT
    live.clock_warning.value = null
    live.outbox_version.value++
    live.photos.value = { waiting: 0, part: null, refused: new Map() }
  })
}

function listings_of(model: Model, own_id: string): ListingView[] {
  const views: ListingView[] = []
  for (const id of model.ids_of('listing')) {
    const entries = model.entries_of('listing', id)
    const seen = model.seen('listing', id)
    const row = model.shown_row(seen, entries)
    if (row.product_name === undefined || row.unit === undefined) continue
    const left_milli = Number(seen.derived.left_milli ?? 0) + (model.by_listing.get(id) ?? 0)
    views.push(listing_view(id, row, left_milli, state_of(seen, entries), own_id))
  }
  return views.sort(
    (a, b) =>
      Number(b.mine) - Number(a.mine) || in_order(a.product_name, b.product_name) || (a.id < b.id ? -1 : 1),
  )
}

function members_of(model: Model): MemberView[] {
  const views: MemberView[] = []
  for (const id of model.ids_of('member')) {
    const seen = model.seen('member', id)
    if (seen.complete) views.push(member_view(id, seen.row, state_of(seen, model.entries_of('member', id))))
  }
  return views.sort((a, b) => in_order(a.name, b.name))
}

function publish_send(model: Model): void {
  const { meta } = model
  const count = (digest: Record<string, [number, number]>, entity: string) => digest[entity]?.[0] ?? 0
  const by_entity = (of: (entity: EntityName) => number) => ({
    sale: of('sale'),
    listing: of('listing'),
    stock_entry: of('stock_entry'),
    member: of('member'),
  })
  const here = by_entity(
    (entity) => count(meta.digests[meta.side], entity) + (model.new_records.get(entity) ?? 0),
  )
  const { there } = meta
  const there_by_entity = there && by_entity((entity) => count(there, entity))
  live.send_state.value = {
    ...live.send_state.value,
    here: here.sale,
    there: there_by_entity?.sale ?? null,
    here_by_entity: here,
    there_by_entity,
    checked_at_ms: meta.checked_at_ms,
    differs: meta.differs,
    last_sync_at_ms: meta.last_sync_at_ms,
    syncs: model.syncs.map((sync) => ({ ...sync, error: sync.error as SyncErrorCode | null })).reverse(),
  }
}

export function storage_problem(problem: StorageState['problem']): void {
  live.storage.value = { ...live.storage.value, problem }
}

/** A wait is over when the database is open; nothing else is, and this page does not grow newer. */
export const storage_waits: OnWait = (wait) => {
  const { problem } = live.storage.value
  if (problem !== 'outdated' && (wait || problem === 'blocked')) storage_problem(wait)
}

const PROBLEMS: Record<StorageErrorCode, StorageState['problem']> = {
  storage_full: 'full',
  storage_outdated: 'outdated',
  storage_failed: 'broken',
}

export const problem_of = (error: unknown): StorageState['problem'] =>
  PROBLEMS[error instanceof StorageError ? error.code : 'storage_failed']
