/** Whether the board has something that was not looked at yet: a hint beside its sign, and no more. */
import { effect, signal } from '@preact/signals'
import { entity_range, type Row } from '../db/account_db.ts'
import type { Stamp } from '../sync/stamps.ts'
import { type Account, current_account } from './account.ts'
import * as live from './live.ts'

/** What all members see of the board; of the own needs it is the answers. */
export const BOARD = ['market', 'notice', 'price'] as const

/** Rises when the board was looked at. */
const looks = signal(0)
const name_of = ({ replica }: Account): string => `board-seen-${replica}`

/** The newest of what stood there at the last look; '' before the first. */
export function last_look(account: Account): Stamp {
  try {
    return localStorage.getItem(name_of(account)) ?? ''
  } catch {
    return ''
  }
}

/** Where it cannot be kept everything stays new. */
export function look_at_board(newest: Stamp): void {
  const account = current_account()
  if (!account || newest <= last_look(account)) return
  try {
    localStorage.setItem(name_of(account), newest)
  } catch {}
  looks.value++
}

/** When the server's row was last written; of a need, when it was answered, '' before. */
export function stamp_of({ entity, at, stamps, row }: Row): Stamp {
  if (entity === 'need') return row.answer ? (stamps.answer ?? at) : ''
  return Object.values(stamps).reduce((newest, stamp) => (stamp > newest ? stamp : newest), at)
}

/** Read when the server's rows changed, another account opened or the board was looked at: selling does not wait for it. */
export const news = signal(false)
let newest = 0
effect(() => {
  void live.rows_version.value
  void live.session.value
  void looks.value
  const asked = ++newest
  const account = current_account()
  void (account ? has_news(account) : Promise.resolve(false))
    .then((found) => {
      if (asked === newest) news.value = found
    })
    .catch(() => {})
})

async function has_news(account: Account): Promise<boolean> {
  const seen = last_look(account)
  return account.db.read(['rows'], async (tx) => {
    const read = (entity: string) =>
      tx.objectStore('rows').getAll(entity_range(account.model.meta.side, entity))
    const rows = (await Promise.all([...BOARD, 'need'].map(read))).flat()
    return rows.some(
      (row) => stamp_of(row) > seen && (row.entity !== 'need' || row.row.member_id === account.user.id),
    )
  })
}
