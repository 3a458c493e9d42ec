/** Who is signed in on this phone, and the start of everything. */
import { batch } from '@preact/signals'
import { Account, set_account } from './account.ts'
import * as live from './live.ts'
import { phone, session_channel, set_origin } from './phone.ts'
import { problem_of, storage_problem } from './publish.ts'
import { look_at_storage } from './storage.ts'
import type { Language } from './types.ts'
import { keep_staff_offline, watch_worker } from './update.ts'

/** Opens what this phone holds and starts the sync loop. Called once, by main. `url`: of the server, for tests. */
export async function start(url = ''): Promise<void> {
  set_origin(url)
  session_channel.onmessage = () => void open_current().catch(report_broken)
  try {
    await open_current()
  } catch (error) {
    report_broken(error)
  }
  void look_at_storage()
  void watch_worker()
}

function report_broken(error: unknown): void {
  storage_problem(problem_of(error))
  live.readiness.value = 'storage_error'
}

/** Opens the database of the current session, if there is one. */
export async function open_current(): Promise<void> {
  const { language, stored } = await phone.read(['settings', 'sessions'], async (tx) => {
    const settings = tx.objectStore('settings')
    const [language, id] = await Promise.all([settings.get('language'), settings.get('current')])
    return { language, stored: id ? await tx.objectStore('sessions').get(id) : undefined }
  })
  if (language === 'en' || language === 'vi') live.language.value = language
  set_account(null)
  if (!stored) {
    batch(() => {
      live.session.value = null
      live.readiness.value = 'signed_out'
    })
    return
  }
  const { user, coop, replica, demo, refresh_token } = stored
  live.session.value = { user, coop, replica, demo, needs_password: refresh_token === null }
  if (user.role !== 'member') void keep_staff_offline()
  if (replica === null) {
    live.readiness.value = 'ready'
    return
  }
  if (live.readiness.value === 'signed_out') live.readiness.value = 'starting'
  const account = await Account.open(user, replica)
  set_account(account)
  void account.loop.now()
}

export async function set_language(language: Language): Promise<void> {
  live.language.value = language
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(language, 'language'))
}
