/** Answers of the server that a manager reads without a network: the last one to each question, for each account. */
import { open_kept_db } from '../db/kept_db.ts'
import * as live from './live.ts'
import { StaffError } from './staff.ts'

const kept = open_kept_db()
const UNREACHED = new Set(['no_network', 'no_answer', 'timeout', 'unavailable'])
/** Older ones make room. */
const MOST = 60

/** `kept_at_ms`: when this answer was fetched, if the server cannot be reached now; null: it is of now. */
export interface Kept<T> {
  answer: T
  kept_at_ms: number | null
}

/** The server's answer, else the last one that was kept. Raises StaffError when there is neither. */
export async function fetch_or_kept<T>(asked: string, fetch: () => Promise<T>): Promise<Kept<T>> {
  const { id: user_id, role } = live.session.value?.user ?? {}
  try {
    const answer = await fetch()
    if (user_id && role === 'manager') await keep(user_id, asked, answer).catch(() => {})
    return { answer, kept_at_ms: null }
  } catch (error) {
    const is_unreached = error instanceof StaffError && UNREACHED.has(error.code)
    if (!is_unreached || !user_id) throw error
    const found = await kept
      .read(['answers'], (tx) => tx.objectStore('answers').get([user_id, asked]))
      .catch(() => undefined)
    if (!found) throw error
    return { answer: found.answer as T, kept_at_ms: found.kept_at_ms }
  }
}

async function keep(user_id: string, asked: string, answer: unknown): Promise<void> {
  await kept.write(['answers'], async (tx) => {
    const answers = tx.objectStore('answers')
    await answers.put({ user_id, asked, answer, kept_at_ms: Date.now() })
    const all = await answers.index('user_id').getAll(user_id)
    const oldest = all.sort((a, b) => b.kept_at_ms - a.kept_at_ms).slice(MOST)
    for (const { asked } of oldest) await answers.delete([user_id, asked])
  })
}

/** Whoever is taken off this phone leaves nothing of this behind. */
export async function forget_kept(user_id: string): Promise<void> {
  await kept.write(['answers'], (tx) =>
    tx.objectStore('answers').delete(IDBKeyRange.bound([user_id, ''], [user_id, '\uffff'])),
  )
}
