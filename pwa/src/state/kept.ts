/** Answers of the server that a manager reads without a network: the last one to each question, for each account. */
import { type KeptDb, open_kept_db } from '../db/kept_db.ts'
import * as live from './live.ts'
import { StaffError } from './staff.ts'

const UNREACHED = new Set(['no_network', 'no_answer', 'timeout', 'unavailable'])
/** Older ones make room. */
const MOST = 60

/** `kept_at_ms`: when this answer was fetched, if the server cannot be reached now; null: it is of now. */
export interface Kept<T> {
  answer: T
  kept_at_ms: number | null
}

let open: { user_id: string; db: KeptDb } | null = null

/** The own database; the province keeps none. */
function database(): KeptDb | null {
  const { id, role } = live.session.value?.user ?? {}
  if (!id || role !== 'manager') return null
  if (open?.user_id !== id) open = { user_id: id, db: open_kept_db(id) }
  return open.db
}

/** The server's answer, else the last one that was kept. Raises StaffError when there is neither. */
export async function fetch_or_kept<T>(asked: string, fetch: () => Promise<T>): Promise<Kept<T>> {
  const db = database()
  try {
    const answer = await fetch()
    // A full disk keeps nobody from reading what has come.
    if (db) await keep(db, asked, answer).catch(() => {})
    return { answer, kept_at_ms: null }
  } catch (error) {
    if (!db || !(error instanceof StaffError) || !UNREACHED.has(error.code)) throw error
    const found = await db
      .read(['answers'], (tx) => tx.objectStore('answers').get(asked))
      .catch(() => undefined)
    if (!found) throw error
    return { answer: found.answer as T, kept_at_ms: found.kept_at_ms }
  }
}

const keep = (db: KeptDb, asked: string, answer: unknown): Promise<void> =>
  db.write(['answers'], async (tx) => {
    const answers = tx.objectStore('answers')
    await answers.put({ asked, answer, kept_at_ms: Date.now() })
    const all = await answers.getAll()
    const oldest = all.sort((a, b) => b.kept_at_ms - a.kept_at_ms).slice(MOST)
    for (const { asked } of oldest) await answers.delete(asked)
  })
