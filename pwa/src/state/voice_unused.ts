/** Voices that nobody on this phone listens to any more. */
import { is_signed_out } from '../db/phone_db.ts'
import { forget_all_but } from '../voice/voice_store.ts'
import { phone } from './phone.ts'
import { names } from './voice_choice.ts'

/** Forgets every voice that none of those who use this phone has chosen. */
export async function forget_unused(): Promise<void> {
  const chosen = await phone.read(['sessions', 'settings'], async (tx) => {
    const sessions = await tx.objectStore('sessions').getAll()
    const here = sessions.filter((session) => !is_signed_out(session))
    return Promise.all(here.map(({ user }) => tx.objectStore('settings').get(names(user.id)[0])))
  })
  await forget_all_but(new Set(chosen.filter((id) => typeof id === 'string')))
}
