/** Sending at once, and the way out without a network: a file. */
import { phase_range } from '../db/account_db.ts'
import { signed_in_account } from './account.ts'

/** At once, whatever the back-off says. Resolves when this attempt has ended. */
export async function sync_now(): Promise<void> {
  const account = signed_in_account()
  await account.loop.now()
  if (account.lacks_sending && (await is_served())) location.reload()
}

/** Whether this page would load again: not from behind a portal. */
const is_served = (): Promise<boolean> =>
  fetch('/api/v1/health')
    .then(
      async (answer) => answer.ok && (await answer.json()).status === 'ok',
      () => false,
    )
    .catch(() => false)

/** Everything unsent, held and refused, and what did not come back after a reset, as a download. */
export async function save_to_file(): Promise<number> {
  const { db, replica, user, outbox } = signed_in_account()
  const { mutations, aside } = await db.read(['outbox', 'aside'], async (tx) => {
    const by_phase = tx.objectStore('outbox').index('phase')
    const phases = ['unsent', 'held', 'rejected'] as const
    const entries = (await Promise.all(phases.map((phase) => by_phase.getAll(phase_range(phase))))).flat()
    entries.sort((a, b) => a.order - b.order)
    return {
      mutations: entries.map(({ mutation }) => mutation),
      aside: await tx.objectStore('aside').getAll(),
    }
  })
  const saved_at = new Date(outbox.wall.now()).toISOString()
  const content = {
    format: 'chophien-outbox',
    version: 1,
    replica,
    account: user.id,
    saved_at,
    mutations,
    aside,
  }
  download(
    new Blob([JSON.stringify(content)], { type: 'application/json' }),
    `cho-phien-${saved_at.slice(0, 10)}.json`,
  )
  return mutations.length
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
