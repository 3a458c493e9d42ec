/** Takes one person's book off this phone for good: the server says that the person was erased. */
import { kept_name } from '../db/kept_db.ts'
import { book_name, forget_opened } from './account.ts'
import { phone, session_channel } from './phone.ts'
import { portrait_of } from './portrait.ts'
import { open_current } from './session.ts'

export async function forget_book(user_id: string, replica: string | null): Promise<void> {
  await phone.write(['sessions', 'settings', 'pins'], async (tx) => {
    await tx.objectStore('sessions').delete(user_id)
    await tx.objectStore('pins').delete(user_id)
    const settings = tx.objectStore('settings')
    await settings.delete(portrait_of(user_id))
    if ((await settings.get('current')) === user_id) await settings.delete('current')
  })
  forget_opened()
  await open_current()
  session_channel.postMessage('session')
  // Who still has one open closes it when asked to, then it goes.
  const of_replica = replica === null ? [] : [book_name(replica), `chophien-photos-${replica}`]
  for (const name of [...of_replica, kept_name(user_id)]) indexedDB.deleteDatabase(name)
}
