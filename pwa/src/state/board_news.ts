/** Whether the board has something that was not looked at yet: a hint beside its sign, and no more. */
import { signal } from '@preact/signals'
import { entity_range, type Row } from '../db/account_db.ts'
import type { Stamp } from '../sync/stamps.ts'
import { type Account, current_account } from './account.ts'
import { follow } from './records.ts'
import type { Watch } from './types.ts'

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

export function watch_news(): Watch<boolean> {
  return follow((account) => {
    const seen = looks.value >= 0 ? last_look(account) : ''
    return account.db.read(['rows'], async (tx) => {
      const { side } = account.model.meta
      const read = (entity: string) => tx.objectStore('rows').getAll(entity_range(side, entity))
      const rows = (await Promise.all([...BOARD, 'need'].map(read))).flat()
      return rows.some(
        (row) => stamp_of(row) > seen && (row.entity !== 'need' || row.row.member_id === account.user.id),
      )
    })
  })
}
