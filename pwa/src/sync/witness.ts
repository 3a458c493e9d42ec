/**
 * What the server had confirmed, did not send again after a reset, and may have lost in a restore: offered to it, for a
 * person to look at. Once for each reset and each launch, since a server that is put back forgets that it was told, and
 * says so only to phones that have synced since.
 */
import type { AccountSchema } from '../db/account_db.ts'
import type { Database } from '../db/open.ts'
import { random_session } from './stamps.ts'

const THIS_LAUNCH = random_session()

/** So few that the largest records stay within a request. */
const AT_ONCE = 50

/** `post` rejects when the server was not told; then the next sync tries again. */
export async function offer_aside(
  db: Database<AccountSchema>,
  replica: string,
  post: (body: unknown) => Promise<unknown>,
  launch = THIS_LAUNCH,
): Promise<void> {
  for (;;) {
    const aside = await db.read(['aside'], (tx) => tx.objectStore('aside').getAll())
    const some = aside.filter(({ offered }) => offered !== launch).slice(0, AT_ONCE)
    if (some.length === 0) return
    const records = some.map(({ entity, id, at, stamps, row }) => ({ entity, id, at, stamps, row }))
    await post({ replica, records })
    await db.write(['aside'], async (tx) => {
      const store = tx.objectStore('aside')
      for (const { entity, id } of some) {
        const kept = await store.get([entity, id])
        if (kept) await store.put({ ...kept, offered: launch })
      }
    })
  }
}
