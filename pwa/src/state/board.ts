/** The board of the co-operative, read from this phone: market days, notices, prices, and needs with their answers. */
import { entity_range } from '../db/account_db.ts'
import type { Draft } from '../db/outbox.ts'
import type { Market, Need, Notice, Price } from '../generated/entities.ts'
import { ms_of, type Stamp } from '../sync/stamps.ts'
import { type Account, signed_in_account } from './account.ts'
import { last_look, stamp_of } from './board_news.ts'
import { new_id } from './id.ts'
import { follow } from './records.ts'
import { is_here } from './sales.ts'
import type { RecordState, Watch } from './types.ts'
import { state_of } from './views.ts'

export type { Need, Notice } from '../generated/entities.ts'

/** A record of the board as it stands, when it was written last, and whether since the board was last looked at. */
export type Told<T> = T & { id: string; state: RecordState; is_new: boolean; changed_at: number | string }

export interface Board {
  markets: Told<Market>[]
  notices: Told<Notice>[]
  prices: Told<Price>[]
  /** Of all members for a manager; else the own ones. */
  needs: Told<Need>[]
  /** The newest stamp of all, to be remembered once it was looked at. */
  newest: Stamp
}

export type BoardEntity = 'market' | 'notice' | 'price'

/** What is new stays so while the board is looked at; at the first look nothing is newer than the rest. */
export function watch_board(): Watch<Board> {
  const seen = last_look(signed_in_account())
  return follow((account) => read_board(account, seen))
}

async function read_board(account: Account, seen: Stamp): Promise<Board> {
  let newest = ''
  async function read<T>(entity: string): Promise<Told<T>[]> {
    const { model, db } = account
    const { side } = model.meta
    const found = await db.read(['rows'], (tx) => tx.objectStore('rows').getAll(entity_range(side, entity)))
    const rows = new Map(found.map((row) => [row.id, row]))
    const told: Told<T>[] = []
    for (const id of new Set([...rows.keys(), ...model.ids_of(entity)])) {
      const row = rows.get(id)
      const stamp = row ? stamp_of(row) : ''
      if (stamp > newest) newest = stamp
      const entries = model.entries_of(entity, id)
      const changed = entries.reduce((last, { mutation: { at } }) => (at > last ? at : last), stamp)
      const record = model.seen(entity, id, row)
      const state = state_of(record, entries)
      if (!record.complete && state !== 'refused') continue
      told.push({
        ...(model.shown_row(record, entries) as T),
        id,
        state,
        is_new: seen !== '' && stamp > seen,
        changed_at: ms_of(changed),
      })
    }
    // Ids begin with the time.
    return told.sort((a, b) => (a.id < b.id ? 1 : -1))
  }
  const [markets, notices, prices, needs] = await Promise.all([
    read<Market>('market'),
    read<Notice>('notice'),
    read<Price>('price'),
    read<Need>('need'),
  ])
  return { markets, notices, prices, needs, newest }
}

/** Sends a need up. Saved on the disk when it resolves; nothing of it waits for a network. */
export async function tell_need(kind: Need['kind'], text: string): Promise<void> {
  const account = signed_in_account()
  const now_ms = account.outbox.wall.now()
  const changes = { kind, text, told_at: new Date(now_ms).toISOString(), member_id: account.user.id }
  await account.record([{ entity: 'need', id: new_id(now_ms), changes, is_new: true }])
}

export async function withdraw_need(id: string): Promise<void> {
  await signed_in_account().record([{ entity: 'need', id, changes: { withdrawn: true }, check: is_here }])
}

/** Managers only. */
export async function answer_need(id: string, answer: string): Promise<void> {
  const account = signed_in_account()
  const answered_at = new Date(account.outbox.wall.now()).toISOString()
  await account.record([{ entity: 'need', id, changes: { answer, answered_at }, check: is_here }])
}

/** Managers only. */
export async function write_board(
  entity: BoardEntity,
  { id, is_new }: { id: string; is_new: boolean },
  changes: Record<string, unknown>,
): Promise<void> {
  const draft: Draft = { entity, id, changes, ...(is_new ? { is_new } : { check: is_here }) }
  await signed_in_account().record([draft])
}
